// 差出票, 発送一覧, 封入確認票 (forms.md 6, paper 4): what goes to the post, written from what was drawn.
// SPDX-License-Identifier: Apache-2.0
#include "bars.h"
#include "csv_write.h"
#include "dates.h"
#include "papers_run.h"

#include <cairo-pdf.h>

#include <stdio.h>
#include <string.h>

// Lines of a page below its head: of the list, and of tables in which people write.
enum { BUNDLE = 100, LINES = 40, TALL_LINES = 19 };

static const double page_w = 297, page_h = 210, left = 12, top = 28.5, line_height = 4.1,
                    tall_line = 8.2;

static bool same_area(const MailingKey *a, const MailingKey *b)
{
    return a->stream == b->stream && a->envelope == b->envelope &&
           a->postal_code.len == b->postal_code.len &&
           (!a->postal_code.len || !memcmp(a->postal_code.at, b->postal_code.at, 3));
}

static Str remark_of(const Papers *papers, const KeptPerson *p, Arena *arena)
{
    const DispatchWords *words = &papers->forms.dispatch;
    Text text = {0};
    if (p->snapshot.is_protected) text_addf(&text, arena, "%.*s ", STR(words->list.separate));
    if (p->envelope->shape.labelled) text_addf(&text, arena, "%.*s ", STR(words->list.label));
    if (!p->has_barcode) text_addf(&text, arena, "%.*s ", STR(words->list.no_barcode));
    return str_trim(text_str(&text));
}

typedef struct Row {
    Str cells[8];
} Row;

// 連番, 郵便番号, 整理番号, 氏名 (never of a protected person), 帳票, 枚数, 頁札, 備考.
static Row row_of(const Papers *papers, const KeptPerson *p, Arena *arena)
{
    Sheets sheets = sheets_of(&papers->drawing, p);
    const DispatchWords *words = &papers->forms.dispatch;
    PageTag tag = sheet_tag(&papers->batch, p->sequence, 1);
    return (Row){{
        str_format(arena, "%06d", p->sequence),
        p->key.postal_code,
        addressee_text(&p->snapshot.who),
        p->snapshot.is_protected ? words->list.separate : p->name,
        sheets.at[0].paper,
        str_format(arena, "%d", sheets.count / 2),
        str_copy(arena, str_of(tag.text)),
        remark_of(papers, p, arena),
    }};
}

bool dispatch_draft(const Papers *papers, const char *path, CsvWriter **csv, Error *err)
{
    if (!csv_create(path, papers->caller, csv, err)) return false;
    if (papers->batch.for_sheet) csv_mark(*csv);
    for (int i = 0; i < 8; i++) csv_put(*csv, papers->forms.dispatch.list.columns[i]);
    csv_end_row(*csv);
    for (int i = 0; i < papers->count; i++) {
        Arena notes = *papers->arena;
        Row row = row_of(papers, papers->order[i], &notes);
        for (int k = 0; k < 8; k++) csv_put(*csv, row.cells[k]);
        csv_end_row(*csv);
    }
    return true;
}

// One page of the dispatch file: title, batch, day, bars of the paper, keeping period.
typedef struct Pages {
    const Papers *papers;
    Pen pen;
    Arena *arena;
    bool counting;  // nothing is drawn: how many pages will there be
    int page, of;
    int line;            // of the table, from 0
    double line_height;  // tall where people write
} Pages;

// Of the bars on each page: day, number of the run, page. Invitations and reminders of one day are runs of their
// own, so no two sheets of a day bear the same number.
static Str sheet_number(const PapersBatch *batch, int page, Arena *arena)
{
    CivilDate day = civil_of(batch->mailed_on);
    int64_t run = 0;
    for (ptrdiff_t i = batch->batch_no.len - 1; i >= 0; i--)
        if (batch->batch_no.at[i] == '-') {
            if (!str_int64(str_from(batch->batch_no, i + 1), &run)) run = 0;
            break;
        }
    return str_format(arena, "%02d%02d%02d%03d%04d", day.year % 100, day.month, day.day,
                      (int)(run % 1000), page % 10000);
}

static void begin_page(Pages *pages, Str title)
{
    const PapersBatch *batch = &pages->papers->batch;
    const DispatchWords *words = &pages->papers->forms.dispatch;
    Pen *pen = &pages->pen;
    Arena scratch = *pages->arena;
    pages->line = 0;
    pages->page++;
    if (pages->counting) return;
    if (pages->page > 1) cairo_show_page(pen->cairo);
    pen_text(pen, (Ink){FACE_BODY_BOLD, 14}, left, 17, title);
    pen_text(pen, (Ink){FACE_BODY, 9}, left, 23,
             str_format(&scratch, "%.*s　%.*s　%.*s　%.*s %.*s", STR(batch->batch_no), STR(batch->sender.city),
                        STR(batch->sender.section), STR(words->list.record), STR(pages->papers->record)));
    CivilDate day = civil_of(batch->mailed_on);
    Str number = sheet_number(batch, pages->page, &scratch);
    Nw7 code = nw7_of(BAR_PAPER, number);
    pen_nw7(pen, page_w - 14 - code.dots * MM_PER_DOT, 8, &code);
    pen_text(pen, (Ink){FACE_FORM, 8, ALIGN_RIGHT, .once = true}, page_w - 14, 22, number);

    Day kept_until = day_of(day.year + words->keep_years, day.month, day.day > 28 ? 28 : day.day);
    pen_text(pen, (Ink){FACE_BODY, 8}, left, page_h - 7,
             str_format(&scratch, "%.*s %.*s", STR(words->list.keep),
                        STR(date_era_text(&scratch, kept_until))));
    pen_text(pen, (Ink){FACE_BODY, 8, ALIGN_RIGHT}, page_w - left, page_h - 7,
             str_format(&scratch, "%d/%d", pages->page, pages->of));
    if (batch->synthetic)
        pen_text(pen, (Ink){FACE_BODY_BOLD, 20, ALIGN_CENTRE, .grey = 0.8}, page_w / 2, page_h - 6,
                 pages->papers->forms.letters.synthetic);
}

static void put_cells(Pages *pages, const Str *cells, const double *x, int count,
                      bool resident_name)
{
    double baseline = top + pages->line_height * (pages->line + 1);
    if (pages->counting) {
        pages->line++;
        return;
    }
    for (int i = 0; i < count; i++) {
        bool name = resident_name && i == 3;
        Ink ink = {name ? FACE_RESIDENT : FACE_FORM, 8, .once = true};
        double width = fonts_width(pages->pen.fonts, ink.face, 8, cells[i]),
               room = x[i + 1] - x[i] - 1;
        if (width > room) ink.stretch = room / width;
        pen_text(&pages->pen, ink, x[i], baseline, cells[i]);
    }
    pen_across(&pages->pen, left, baseline + 1.1, page_w - 2 * left, pages->line ? 0.1 : 0.3);
    pages->line++;
}

static const double list_columns[] = {12, 26, 42, 74, 150, 196, 206, 258, 285};

static void list_page(Pages *pages)
{
    const DispatchWords *words = &pages->papers->forms.dispatch;
    begin_page(pages, words->list.title);
    put_cells(pages, words->list.columns, list_columns, 8, false);
}

static void put_list(Pages *pages)
{
    list_page(pages);
    for (int i = 0; i < pages->papers->count; i++) {
        if (pages->line > LINES) list_page(pages);
        Arena scratch = *pages->arena;
        Row row = row_of(pages->papers, pages->papers->order[i], &scratch);
        put_cells(pages, row.cells, list_columns, 8, true);
    }
}

// Counts by the first three digits, in the order of the stack.
static void put_areas(Pages *pages)
{
    static const double columns[] = {12, 60, 110, 285};
    const Papers *papers = pages->papers;
    const DispatchWords *words = &papers->forms.dispatch;
    const Str head[] = {words->list.area, words->slip.kind, words->slip.count};
    begin_page(pages, words->list.area);
    put_cells(pages, head, columns, 3, false);
    for (int from = 0, to; from < papers->count; from = to) {
        for (to = from;
             to < papers->count && same_area(&papers->order[from]->key, &papers->order[to]->key);)
            to++;
        if (pages->line > LINES) {
            begin_page(pages, words->list.area);
            put_cells(pages, head, columns, 3, false);
        }
        Arena scratch = *pages->arena;
        const KeptPerson *first = papers->order[from];
        Str area = first->key.postal_code.len ? str_first(first->key.postal_code, 3) : S("―");
        const Str cells[] = {area, first->envelope->words, str_format(&scratch, "%d", to - from)};
        put_cells(pages, cells, columns, 3, false);
    }
}

static void put_bundles(Pages *pages)
{
    static const double columns[] = {12, 24, 60, 74, 140, 206, 246, 285};
    const Papers *papers = pages->papers;
    const DispatchWords *words = &papers->forms.dispatch;
    begin_page(pages, words->bundle.title);
    put_cells(pages, words->bundle.columns, columns, 7, false);
    int bundle = 0;
    for (int from = 0, to; from < papers->count; from = to) {
        for (to = from; to < papers->count && to - from < BUNDLE &&
                        same_area(&papers->order[from]->key, &papers->order[to]->key);)
            to++;
        if (pages->line > TALL_LINES) {
            begin_page(pages, words->bundle.title);
            put_cells(pages, words->bundle.columns, columns, 7, false);
        }
        Arena scratch = *pages->arena;
        const Str cells[] = {
            str_format(&scratch, "%d", ++bundle),
            str_format(&scratch, "%06d-%06d", from + 1, to),
            str_format(&scratch, "%d", to - from),
            str_copy(&scratch, str_of(sheet_tag(&papers->batch, from + 1, 1).text)),
            str_copy(&scratch, str_of(sheet_tag(&papers->batch, to, 1).text)),
            (Str){0},
            (Str){0}};
        put_cells(pages, cells, columns, 7, false);
    }
}

static bool of_envelope(const PostagePrice *price, Str envelope)
{
    char name[16];
    (void)snprintf(name, sizeof name, "%.*s ", STR(envelope));
    return str_find(price->envelopes, str_of(name)) >= 0;
}

static int grams_of(const Papers *papers, const KeptPerson *p)
{
    int leaves = sheets_of(&papers->drawing, p).count / 2;
    return p->envelope->grams + leaves * papers->forms.dispatch.sheet_grams;
}

// The lightest step that carries it; -1: heavier than all.
static int step_of(const Papers *papers, const KeptPerson *p)
{
    const DispatchWords *words = &papers->forms.dispatch;
    for (int i = 0; i < words->price_count; i++)
        if (of_envelope(&words->prices[i], p->envelope->name) &&
            grams_of(papers, p) <= words->prices[i].grams)
            return i;
    return -1;
}

// 差出票: a line per kind of envelope and step of weight, and the sum that the post will bill.
static void put_slip(Pages *pages)
{
    static const double columns[] = {12, 110, 150, 190, 230, 285};
    const Papers *papers = pages->papers;
    const DispatchWords *words = &papers->forms.dispatch;
    Arena notes = *pages->arena, *arena = &notes;
    begin_page(pages, words->slip.title);
    const Str head[] = {words->slip.kind, words->slip.discount, words->slip.count, words->slip.unit,
                        words->slip.sum};
    put_cells(pages, head, columns, 5, false);
    int64_t total = 0;
    int *counts = NEW(arena, int, (words->price_count + 1) * papers->forms.envelope_count);
    for (int i = 0; i < papers->count; i++)
        counts[papers->order[i]->key.envelope * (words->price_count + 1) +
               step_of(papers, papers->order[i]) + 1]++;
    for (int e = 0; e < papers->forms.envelope_count; e++) {
        for (int step = -1; step < words->price_count; step++) {
            int count = counts[e * (words->price_count + 1) + step + 1];
            if (!count) continue;
            const PostagePrice *price = step < 0 ? NULL : &words->prices[step];
            Str envelope = papers->forms.envelopes[e].words;
            if (price) total += price->yen * count;
            const Str cells[] = {
                price ? str_format(arena, "%.*s（%.*s）", STR(price->words), STR(envelope))
                      : envelope,
                words->slip.no_discount, str_format(arena, "%d", count),
                price ? yen_text(arena, price->yen) : S("―"),
                price ? yen_text(arena, price->yen * count) : S("―")};
            put_cells(pages, cells, columns, 5, false);
        }
    }
    const Str sum[] = {words->slip.total, (Str){0}, str_format(arena, "%d", papers->count),
                       (Str){0}, yen_text(arena, total)};
    put_cells(pages, sum, columns, 5, false);

    pages->line += 2;
    const struct {
        Str label, value;
    } lines[] = {{words->slip.post_day, date_both_text(arena, papers->batch.mailed_on)},
                 {words->slip.postage, words->slip.later},
                 {words->slip.approval, S("＿＿＿＿＿＿＿＿＿＿")}};
    for (int i = 0; i < countof(lines); i++) {
        const Str cells[] = {lines[i].label, lines[i].value};
        put_cells(pages, cells, columns, 2, false);
    }
}

static void put_everything(Pages *pages)
{
    pages->page = 0;
    pages->line_height = tall_line;
    put_slip(pages);
    pages->line_height = line_height;
    put_list(pages);
    put_areas(pages);
    pages->line_height = tall_line;
    put_bundles(pages);
}

static bool begin_pdf(const Papers *papers, int file, double w, double h, PdfFile *pdf, Error *err)
{
    if (!pdf_begin(file, w, h, pdf, err)) return false;
    char at[INSTANT_TEXT_SIZE], created[INSTANT_TEXT_SIZE];
    (void)snprintf(created, sizeof created, "%.19sZ", instant_text(papers->batch.printed_at, at));
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
    return true;
}

bool dispatch_draw(Papers *papers, int file, Error *err)
{
    Pages pages = {.papers = papers, .pen = papers->drawing.pen, .arena = papers->arena};
    pages.counting = true;
    put_everything(&pages);
    pages.counting = false;
    pages.of = pages.page;
    PdfFile pdf;
    if (!begin_pdf(papers, file, page_w, page_h, &pdf, err)) return false;
    pages.pen.cairo = pdf.cairo;
    put_everything(&pages);
    return pdf_end(&pdf, err);
}

bool labels_wanted(const Papers *papers)
{
    for (int i = 0; i < papers->count; i++)
        if (papers->order[i]->envelope->shape.labelled) return true;
    return false;
}

// What is left over of a sheet says whose list it is.
static void label_sheet_begin(const Papers *papers, Pen *pen)
{
    Arena scratch = *papers->arena;
    pen_text(pen, (Ink){FACE_FORM, 6}, papers->forms.dispatch.labels.x, papers->forms.dispatch.labels.y - 8,
             str_format(&scratch, "%.*s　%.*s %.*s", STR(papers->batch.batch_no),
                        STR(papers->forms.dispatch.list.record), STR(papers->record)));
}

// The address block as it stands on the letter, in the order of the stack: the label next on the sheet belongs
// to the envelope next in the stack. The place in the stack stands beside it, small, to prove it.
bool labels_draw(Papers *papers, int file, Error *err)
{
    const LabelSheet *sheet = &papers->forms.dispatch.labels;
    PdfFile pdf;
    if (!begin_pdf(papers, file, PAGE_W, PAGE_H, &pdf, err)) return false;
    Drawing drawing = papers->drawing;
    cairo_t *cairo = drawing.pen.cairo = pdf.cairo;
    int place = 0, on_page = sheet->columns * sheet->rows;
    label_sheet_begin(papers, &drawing.pen);
    for (int i = 0; i < papers->count; i++) {
        const KeptPerson *person = papers->order[i];
        if (!person->envelope->shape.labelled) continue;
        if (place == on_page) {
            cairo_show_page(cairo);
            label_sheet_begin(papers, &drawing.pen);
            place = 0;
        }
        Arena scratch = *papers->arena;
        double x = sheet->x + sheet->w * (place % sheet->columns),
               y = sheet->y + sheet->h * (place / sheet->columns);
        place++;
        cairo_save(cairo);
        cairo_translate(cairo, (x + sheet->inset_x - papers->forms.address_x) / MM_PER_POINT,
                        (y + sheet->inset_y - papers->forms.address_y) / MM_PER_POINT);
        address_block_draw(&drawing, person);
        cairo_restore(cairo);
        pen_text(&drawing.pen, (Ink){FACE_FORM, 6, ALIGN_RIGHT, .once = true}, x + sheet->w - 3,
                 y + sheet->h - 2.5, str_format(&scratch, "%06d", person->sequence));
    }
    return pdf_end(&pdf, err);
}
