// Drawing, reading back and writing: the second half of a batch.
// SPDX-License-Identifier: Apache-2.0
#include "papers.h"

#include "csv_write.h"
#include "output.h"
#include "papers_run.h"

#include <cairo-pdf.h>

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

// ---- PDF

static bool cannot_write(Error *err)
{
    bool full = errno == ENOSPC || errno == EDQUOT;
    return FAIL(err, full ? E_STORE_FULL : E_FILE_WRITE,
                .words =
                    S("帳票ファイルを書き込めません。フォルダーと空き容量を確認してください。"));
}

static cairo_status_t write_piece(void *out, const unsigned char *bytes, unsigned int count)
{
    return fwrite(bytes, 1, count, out) == count ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

bool pdf_begin(int file, double w, double h, PdfFile *pdf, Error *err)
{
    int own = fcntl(file, F_DUPFD_CLOEXEC, 0);
    pdf->out = own < 0 ? NULL : fdopen(own, "w");
    if (!pdf->out && own >= 0) (void)close(own);
    if (!pdf->out) return cannot_write(err);
    pdf->surface = cairo_pdf_surface_create_for_stream(write_piece, pdf->out, w / MM_PER_POINT,
                                                       h / MM_PER_POINT);
    pdf->cairo = cairo_create(pdf->surface);
    return true;
}

bool pdf_end(PdfFile *pdf, Error *err)
{
    errno = 0;
    cairo_status_t status = cairo_status(pdf->cairo);
    cairo_destroy(pdf->cairo);
    cairo_surface_finish(pdf->surface);
    if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(pdf->surface);
    cairo_surface_destroy(pdf->surface);
    bool flushed = fclose(pdf->out) == 0;
    return (status == CAIRO_STATUS_SUCCESS && flushed) || cannot_write(err);
}

// Metadata names the batch and nobody in it (forms.md 8).
static void put_metadata(Papers *papers, cairo_surface_t *pdf)
{
    const PapersBatch *batch = &papers->batch;
    char at[INSTANT_TEXT_SIZE];
    const Sheet first = sheets_of(&papers->drawing, papers->order[0]).at[0];
    CivilDate day = civil_of(batch->mailed_on);
    const struct {
        cairo_pdf_metadata_t item;
        Str text;
    } items[] = {
        {CAIRO_PDF_METADATA_TITLE,
         str_format(papers->arena, "%.*s（%d年%d月）", STR(first.paper), day.year, day.month)},
        {CAIRO_PDF_METADATA_AUTHOR, batch->sender.city},
        {CAIRO_PDF_METADATA_SUBJECT,
         str_format(papers->arena, "%.*s %.*s", STR(batch->batch_no), STR(first.form_version))},
        {CAIRO_PDF_METADATA_KEYWORDS, batch->synthetic ? S("synthetic") : S("")},
        {CAIRO_PDF_METADATA_CREATE_DATE,
         str_format(papers->arena, "%.19sZ", instant_text(batch->printed_at, at))},
    };
    for (int i = 0; i < countof(items); i++)
        if (items[i].text.len)
            cairo_pdf_surface_set_metadata(pdf, items[i].item, str_z(papers->arena, items[i].text));
}

void papers_moved(const Papers *papers, PaperStage stage, int done, int total)
{
    if (papers->batch.moved) papers->batch.moved(papers->batch.context, stage, done, total);
}

static bool draw_person(Papers *papers, cairo_surface_t *pdf, const KeptPerson *person, Error *err)
{
    char label[64];
    (void)snprintf(label, sizeof label, "%.*s-%06d", STR(papers->batch.batch_no), person->sequence);
    Sheets sheets = sheets_of(&papers->drawing, person);
    for (int i = 0; i < sheets.count; i++) {
        cairo_pdf_surface_set_page_label(pdf, label);
        if (!sheet_draw(&papers->drawing, person, &sheets.at[i]))
            return FAIL(err, E_PAPER, .item = S("P107"), .row = person->sequence,
                        .words = S("頁札の二次元コードを作れません。担当者に連絡してください。"));
    }
    papers->report.pages += sheets.count;
    return true;
}

bool papers_draw(Papers *papers, int file, Error *err)
{
    PdfFile pdf;
    if (!pdf_begin(file, PAGE_W, PAGE_H, &pdf, err)) return false;
    put_metadata(papers, pdf.surface);
    papers->drawing.pen.cairo = pdf.cairo;
    papers->report.pages = 0;
    bool drawn = true;
    for (int i = 0; i < papers->count && drawn; i++) {
        drawn = draw_person(papers, pdf.surface, papers->order[i], err);
        papers_moved(papers, PAPER_DRAWING, i + 1, papers->count);
    }
    Error later;
    bool ended = pdf_end(&pdf, drawn ? err : &later);
    papers->drawing.pen.cairo = NULL;
    return drawn && ended;
}

static bool errors_draft(const Papers *papers, const char *path, CsvWriter **csv, Error *err)
{
    if (!csv_create(path, papers->caller, csv, err)) return false;
    if (papers->batch.for_sheet) csv_mark(*csv);
    static const char *const heads[] = {"整理番号", "コード", "項目", "値", "内容", "対応"};
    for (int i = 0; i < countof(heads); i++) csv_put(*csv, str_of(heads[i]));
    csv_end_row(*csv);
    VEC_EACH (PaperFault, fault, papers->report.faults) {
        const Str cells[] = {addressee_text(&fault->who),
                             str_of(paper_fault_text(fault->code)),
                             fault->item,
                             fault->value,
                             fault->words,
                             fault->cure};
        for (int i = 0; i < countof(cells); i++) csv_put(*csv, cells[i]);
        csv_end_row(*csv);
    }
    return true;
}

static bool tell_pages(Papers *papers, Error *err)
{
    const PapersBatch *batch = &papers->batch;
    for (int i = 0; i < papers->count && batch->keep_page; i++) {
        const KeptPerson *person = papers->order[i];
        Sheets sheets = sheets_of(&papers->drawing, person);
        for (int k = 0; k < sheets.count; k++) {
            PaperPage page = {.sequence = person->sequence,
                              .who = person->snapshot.who,
                              .paper = sheets.at[k].paper,
                              .form_version = sheets.at[k].form_version,
                              .page = sheets.at[k].page,
                              .of = sheets.at[k].of};
            memcpy(page.tag, sheet_tag(batch, person->sequence, page.page).text, sizeof page.tag);
            if (!batch->keep_page(batch->context, &page, err)) return false;
        }
    }
    return true;
}

// ---- files

static const struct {
    const char *name, *ending;
} paper_files[PAPER_FILES] = {
    [PAPER_FILE_PAPERS] = {"papers", "pdf"},  [PAPER_FILE_LIST] = {"dispatch", "csv"},
    [PAPER_FILE_SLIPS] = {"dispatch", "pdf"}, [PAPER_FILE_LABELS] = {"labels", "pdf"},
    [PAPER_FILE_ERRORS] = {"errors", "csv"},
};

void papers_files(const Papers *papers, Arena *arena, PaperFile files[PAPER_FILES])
{
    const PapersBatch *batch = &papers->batch;
    for (int i = 0; i < PAPER_FILES; i++) {
        Str path = str_format(arena, "%.*s/%s-%.*s.%s", STR(batch->folder), paper_files[i].name,
                              STR(batch->batch_no), paper_files[i].ending);
        Str draft = path;
        if (batch->draft_mark.len)
            draft = str_format(arena, "%.*s.%.*s.draft", STR(path), STR(batch->draft_mark));
        files[i] = (PaperFile){.path = str_z(arena, path), .draft = str_z(arena, draft)};
    }
}

static bool draw_file(Papers *papers, PaperFile *file,
                      bool (*draw)(Papers *papers, int file, Error *err), Error *err)
{
    Output output;
    const OutputPlace place = {file->draft, OUTPUT_FREE, papers->batch.home, {0}};
    if (!output_begin(&place, papers->arena, &output, err)) return false;
    file->there = draw(papers, output.file, err);
    if (!file->there) output_abandon(&output);
    if (file->there) file->there = output_commit(&output, &file->hash, err);
    return file->there;
}

static bool list_file(Papers *papers, PaperFileKind which,
                      bool (*drafted)(const Papers *papers, const char *path, CsvWriter **csv, Error *err),
                      Error *err)
{
    CsvWriter *csv;
    const PapersBatch *batch = &papers->batch;
    PaperFile *file = &papers->report.files[which];
    if (!drafted(papers, file->draft, &csv, err)) return false;
    if (batch->take_list) return batch->take_list(batch->context, which, csv, err);
    return file->there = csv_commit_hashed(csv, &file->hash, err);
}

static bool draw_and_check(Papers *papers, int file, Error *err)
{
    PapersReport *report = &papers->report;
    double begun = seconds();
    if (!papers_draw(papers, file, err)) return false;
    double drawn = seconds();
    report->draw_seconds = drawn - begun;
    if (!papers_check(papers, file, err)) return false;
    report->check_seconds = seconds() - drawn;
    return true;
}

static bool write_files(Papers *papers, PaperFile files[PAPER_FILES], Error *err)
{
    if (papers->report.faults.count &&
        !list_file(papers, PAPER_FILE_ERRORS, errors_draft, err))
        return false;
    if (!papers->count) return true;
    return draw_file(papers, &files[PAPER_FILE_PAPERS], draw_and_check, err) &&
           list_file(papers, PAPER_FILE_LIST, dispatch_draft, err) && tell_pages(papers, err);
}

// A report whose texts live as long as the caller's arena.
static PapersReport report_for(const Papers *papers, Arena *arena)
{
    PapersReport report = papers->report;
    report.faults = (PaperFaults){0};
    VEC_EACH (PaperFault, fault, papers->report.faults) {
        PaperFault copy = *fault;
        copy.item = str_copy(arena, fault->item);
        copy.value = str_copy(arena, fault->value);
        copy.words = str_copy(arena, fault->words);
        *paper_faults_push(&report.faults, arena) = copy;
    }
    return report;
}

static void drafts_removed(PaperFile files[PAPER_FILES])
{
    for (int i = 0; i < PAPER_FILES; i++)
        if (files[i].there) (void)unlink(files[i].draft);
}

bool papers_release(Papers *papers, PapersReport *report, Error *err)
{
    papers_sort(papers);
    papers->report.drawn = papers->count;
    PaperFile *files = papers->report.files;
    drafts_removed(files);
    papers_files(papers, papers->caller, files);
    bool done = write_files(papers, files, err);
    if (!done) drafts_removed(files);
    if (done) *report = report_for(papers, papers->caller);
    return done;
}

bool papers_post(Papers *papers, Str record, PapersReport *report, Error *err)
{
    PaperFile *files = papers->report.files;
    assert(record.len > 0);
    assert(papers->count > 0);
    papers->record = record;
    bool drawn = draw_file(papers, &files[PAPER_FILE_SLIPS], dispatch_draw, err) &&
                 (!labels_wanted(papers) || draw_file(papers, &files[PAPER_FILE_LABELS], labels_draw, err));
    report->files[PAPER_FILE_SLIPS] = files[PAPER_FILE_SLIPS];
    report->files[PAPER_FILE_LABELS] = files[PAPER_FILE_LABELS];
    return drawn;
}
