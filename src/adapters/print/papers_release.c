// Drawing, reading back and writing: the second half of a batch.
// SPDX-License-Identifier: Apache-2.0
#include "papers.h"

#include "csv_write.h"
#include "papers_run.h"

#include <cairo-pdf.h>
#include <openssl/evp.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static bool cannot_write(const char *path, Error *err)
{
    bool full = errno == ENOSPC || errno == EDQUOT;
    return FAIL(err, full ? E_STORE_FULL : E_FILE_WRITE, .value = str_of(path),
                .words =
                    S("帳票ファイルを書き込めません。フォルダーと空き容量を確認してください。"));
}

// Metadata names the batch and nobody in it (forms.md 8).
static void put_metadata(Papers *papers, cairo_surface_t *pdf)
{
    const PapersBatch *batch = &papers->batch;
    char at[INSTANT_TEXT_SIZE];
    const LettersWords *words = &papers->forms.letters;
    Str title = batch->letter == LETTER_REMINDER ? words->reminder.paper : words->notice.paper;
    CivilDate day = civil_of(batch->mailed_on);
    const struct {
        cairo_pdf_metadata_t item;
        Str text;
    } items[] = {
        {CAIRO_PDF_METADATA_TITLE,
         str_format(papers->arena, "%.*s（%d年%d月）", STR(title), day.year, day.month)},
        {CAIRO_PDF_METADATA_AUTHOR, batch->sender.city},
        {CAIRO_PDF_METADATA_SUBJECT,
         str_format(papers->arena, "%.*s %.*s", STR(batch->batch_no), STR(words->version))},
        {CAIRO_PDF_METADATA_KEYWORDS, batch->synthetic ? S("synthetic") : S("")},
        {CAIRO_PDF_METADATA_CREATE_DATE,
         str_format(papers->arena, "%.19sZ", instant_text(batch->printed_at, at))},
    };
    for (int i = 0; i < countof(items); i++)
        if (items[i].text.len)
            cairo_pdf_surface_set_metadata(pdf, items[i].item, str_z(papers->arena, items[i].text));
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

bool papers_draw(Papers *papers, const char *path, Error *err)
{
    cairo_surface_t *pdf =
        cairo_pdf_surface_create(path, PAGE_W / MM_PER_POINT, PAGE_H / MM_PER_POINT);
    put_metadata(papers, pdf);
    papers->drawing.pen.cairo = cairo_create(pdf);
    papers->report.pages = 0;
    bool drawn = true;
    for (int i = 0; i < papers->count && drawn; i++)
        drawn = draw_person(papers, pdf, papers->order[i], err);

    cairo_status_t status = cairo_status(papers->drawing.pen.cairo);
    cairo_destroy(papers->drawing.pen.cairo);
    papers->drawing.pen.cairo = NULL;
    cairo_surface_finish(pdf);
    if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(pdf);
    cairo_surface_destroy(pdf);
    return drawn && (status == CAIRO_STATUS_SUCCESS || cannot_write(path, err));
}

static bool hash_file(const char *path, unsigned char hash[32], Error *err)
{
    FILE *file = fopen(path, "rb");
    if (!file) return cannot_write(path, err);
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    EVP_DigestInit_ex(digest, EVP_sha256(), NULL);
    unsigned char bytes[1 << 14];
    for (size_t got; (got = fread(bytes, 1, sizeof bytes, file)) > 0;)
        EVP_DigestUpdate(digest, bytes, got);
    bool failed = ferror(file) != 0;
    unsigned int size = 32;
    EVP_DigestFinal_ex(digest, hash, &size);
    EVP_MD_CTX_free(digest);
    (void)fclose(file);
    return !failed || cannot_write(path, err);
}

// On disk before it has its name; readable by its owner only.
static bool take_name(const char *draft, const char *path, Error *err)
{
    int file = open(draft, O_RDONLY | O_CLOEXEC);
    bool kept = file >= 0 && fchmod(file, 0600) == 0 && fsync(file) == 0;
    if (file >= 0) (void)close(file);
    return (kept && rename(draft, path) == 0) || cannot_write(path, err);
}

static bool write_errors(const Papers *papers, const char *path, Error *err)
{
    CsvWriter *csv;
    if (!csv_create(path, papers->arena, &csv, err)) return false;
    static const char *const heads[] = {"整理番号", "コード", "項目", "値", "内容", "対応"};
    for (int i = 0; i < countof(heads); i++) csv_put(csv, str_of(heads[i]));
    csv_end_row(csv);
    VEC_EACH (PaperFault, fault, papers->report.faults) {
        const Str cells[] = {addressee_text(&fault->who),
                             str_of(paper_fault_text(fault->code)),
                             fault->item,
                             fault->value,
                             fault->words,
                             fault->cure};
        for (int i = 0; i < countof(cells); i++) csv_put(csv, cells[i]);
        csv_end_row(csv);
    }
    return csv_commit(csv, err);
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
            memcpy(page.snapshot, person->hash, sizeof page.snapshot);
            if (!batch->keep_page(batch->context, &page, err)) return false;
        }
    }
    return true;
}

typedef struct Files {
    const char *pdf_draft, *pdf, *slips_draft, *slips, *labels_draft, *labels, *list, *errors;
} Files;

static Files name_files(const Papers *papers)
{
    Arena *arena = papers->caller;
    Str folder = papers->batch.folder, no = papers->batch.batch_no;
    Str pdf = str_format(arena, "%.*s/papers-%.*s.pdf", STR(folder), STR(no));
    Str slips = str_format(arena, "%.*s/dispatch-%.*s.pdf", STR(folder), STR(no));
    Str labels = str_format(arena, "%.*s/labels-%.*s.pdf", STR(folder), STR(no));
    return (Files){
        .labels = str_z(arena, labels),
        .labels_draft = str_z(arena, str_format(arena, "%.*s.draft", STR(labels))),
        .pdf = str_z(arena, pdf),
        .pdf_draft = str_z(arena, str_format(arena, "%.*s.draft", STR(pdf))),
        .slips = str_z(arena, slips),
        .slips_draft = str_z(arena, str_format(arena, "%.*s.draft", STR(slips))),
        .list = str_z(arena, str_format(arena, "%.*s/dispatch-%.*s.csv", STR(folder), STR(no))),
        .errors = str_z(arena, str_format(arena, "%.*s/errors-%.*s.csv", STR(folder), STR(no))),
    };
}

static bool draw_and_check(Papers *papers, const Files *files, Error *err)
{
    PapersReport *report = &papers->report;
    double begun = seconds();
    if (!papers_draw(papers, files->pdf_draft, err)) return false;
    double drawn = seconds();
    if (!papers_check(papers, files->pdf_draft, err)) return false;
    report->draw_seconds = drawn - begun;
    report->check_seconds = seconds() - drawn;
    return hash_file(files->pdf_draft, report->pdf_hash, err) &&
           dispatch_draw(papers, files->slips_draft, err) &&
           (!labels_wanted(papers) || labels_draw(papers, files->labels_draft, err)) &&
           tell_pages(papers, err);
}

static bool give_names(Papers *papers, const Files *files, Error *err)
{
    if (!dispatch_write_csv(papers, files->list, err)) return false;
    if (!take_name(files->slips_draft, files->slips, err)) return false;
    if (labels_wanted(papers)) {
        if (!take_name(files->labels_draft, files->labels, err)) return false;
        papers->report.labels_path = str_of(files->labels);
    }
    if (!take_name(files->pdf_draft, files->pdf, err)) return false;
    papers->report.pdf_path = str_of(files->pdf);
    papers->report.dispatch_path = str_of(files->list);
    papers->report.dispatch_pdf_path = str_of(files->slips);
    return true;
}

static void leave_nothing(const Files *files)
{
    const char *const paths[] = {files->pdf_draft, files->pdf,          files->slips_draft,
                                 files->slips,     files->labels_draft, files->labels,
                                 files->list,      files->errors};
    for (int i = 0; i < countof(paths); i++) (void)unlink(paths[i]);
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

bool papers_release(Papers *papers, PapersReport *report, Error *err)
{
    Files files = name_files(papers);
    papers_sort(papers);
    papers->report.drawn = papers->count;
    bool done =
        !papers->count || (draw_and_check(papers, &files, err) && give_names(papers, &files, err));
    if (done && papers->report.faults.count) {
        papers->report.errors_path = str_of(files.errors);
        done = write_errors(papers, files.errors, err);
    }
    if (!done) {
        leave_nothing(&files);
        return false;
    }
    *report = report_for(papers, papers->caller);
    return true;
}
