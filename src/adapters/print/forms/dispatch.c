// 差出票, 発送一覧, 封入確認票 (forms.md 6, paper 4): what goes to the post, written from what was drawn.
// SPDX-License-Identifier: Apache-2.0
#include "bars.h"
#include "csv_write.h"
#include "dates.h"
#include "papers_run.h"

#include <cairo-pdf.h>

#include <stdio.h>
#include <string.h>

enum { BUNDLE = 100, LINES = 38 };

static const double page_w = 297, page_h = 210, left = 12, top = 30, line_height = 4.1,
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

bool dispatch_write_csv(const Papers *papers, const char *path, Error *err)
{
    Arena scratch = *papers->arena;
    CsvWriter *csv;
    if (!csv_create(path, &scratch, &csv, err)) return false;
    for (int i = 0; i < 8; i++) csv_put(csv, papers->forms.dispatch.list.columns[i]);
    csv_end_row(csv);
    for (int i = 0; i < papers->count; i++) {
        Arena notes = scratch;
        Row row = row_of(papers, papers->order[i], &notes);
        for (int k = 0; k < 8; k++) csv_put(csv, row.cells[k]);
        csv_end_row(csv);
    }
    return csv_commit(csv, err);
}

// One page of the dispatch file: title, batch, day, bars of the paper, keeping period.
typedef struct Pages {
    const Papers *papers;
    Pen pen;
    Arena *arena;
    int page;
    int line;            // of the table, from 0
    double line_height;  // tall where people write
} Pages;

static void begin_page(Pages *pages, Str title)
{
    const PapersBatch *batch = &pages->papers->batch;
    const DispatchWords *words = &pages->papers->forms.dispatch;
    Pen *pen = &pages->pen;
    Arena scratch = *pages->arena;
    if (pages->page++) cairo_show_page(pen->cairo);
    pages->line = 0;
    pen_text(pen, (Ink){FACE_BODY_BOLD, 14}, left, 17, title);
    pen_text(pen, (Ink){FACE_BODY, 9}, left, 23,
             str_format(&scratch, "%.*s　%.*s　%.*s", STR(batch->batch_no), STR(batch->sender.city),
                        STR(batch->sender.section)));
    CivilDate day = civil_of(batch->mailed_on);
    Str number =
        str_format(&scratch, "%04d%02d%02d%05d", day.year, day.month, day.day, pages->page);
    Nw7 code = nw7_of(BAR_PAPER, number);
    pen_nw7(pen, page_w - 14 - code.dots * MM_PER_DOT, 8, &code);
    pen_text(pen, (Ink){FACE_FORM, 8, ALIGN_RIGHT, .once = true}, page_w - 14, 22, number);

    Day kept_until = day_of(day.year + words->keep_years, day.month, day.day > 28 ? 28 : day.day);
    pen_text(pen, (Ink){FACE_BODY, 8}, left, page_h - 7,
             str_format(&scratch, "%.*s %.*s", STR(words->list.keep),
                        STR(date_era_text(&scratch, kept_until))));
    pen_text(pen, (Ink){FACE_BODY, 8, ALIGN_RIGHT}, page_w - left, page_h - 7,
             str_format(&scratch, "%d", pages->page));
    if (batch->synthetic)
        pen_text(pen, (Ink){FACE_BODY_BOLD, 20, ALIGN_CENTRE, .grey = 0.8}, page_w / 2, page_h - 6,
                 pages->papers->forms.letters.synthetic);
}

static void put_cells(Pages *pages, const Str *cells, const double *x, int count,
                      bool resident_name)
{
    double baseline = top + pages->line_height * (pages->line + 1);
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
        if (pages->line > LINES / 2) {
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

static int64_t price_of(const DispatchWords *words, Str envelope, Str *kind)
{
    for (int i = 0; i < words->price_count; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "%.*s ", STR(envelope));
        if (str_find(words->prices[i].envelopes, str_of(name)) < 0) continue;
        *kind = words->prices[i].words;
        return words->prices[i].yen;
    }
    return 0;
}

// 差出票: a line per kind of envelope, and the sum that the post will bill.
static void put_slip(Pages *pages)
{
    static const double columns[] = {12, 80, 150, 190, 230, 285};
    const Papers *papers = pages->papers;
    const DispatchWords *words = &papers->forms.dispatch;
    Arena *arena = pages->arena;
    begin_page(pages, words->slip.title);
    const Str head[] = {words->slip.kind, words->slip.discount, words->slip.count, words->slip.unit,
                        words->slip.sum};
    put_cells(pages, head, columns, 5, false);
    int64_t total = 0;
    for (int e = 0; e < papers->forms.envelope_count; e++) {
        int count = 0;
        for (int i = 0; i < papers->count; i++) count += papers->order[i]->key.envelope == e;
        if (!count) continue;
        Str kind = papers->forms.envelopes[e].words;
        int64_t yen = price_of(words, papers->forms.envelopes[e].name, &kind);
        total += yen * count;
        const Str cells[] = {
            str_format(arena, "%.*s（%.*s）", STR(kind), STR(papers->forms.envelopes[e].words)),
            words->slip.no_discount, str_format(arena, "%d", count), yen_text(arena, yen),
            yen_text(arena, yen * count)};
        put_cells(pages, cells, columns, 5, false);
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

bool dispatch_draw(Papers *papers, const char *path, Error *err)
{
    cairo_surface_t *pdf =
        cairo_pdf_surface_create(path, page_w / MM_PER_POINT, page_h / MM_PER_POINT);
    char at[INSTANT_TEXT_SIZE], created[INSTANT_TEXT_SIZE];
    (void)snprintf(created, sizeof created, "%.19sZ", instant_text(papers->batch.printed_at, at));
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, created);
    Pages pages = {.papers = papers,
                   .pen = papers->drawing.pen,
                   .arena = papers->arena,
                   .line_height = line_height};
    pages.pen.cairo = cairo_create(pdf);
    pages.line_height = tall_line;
    put_slip(&pages);
    pages.line_height = line_height;
    put_list(&pages);
    put_areas(&pages);
    pages.line_height = tall_line;
    put_bundles(&pages);
    cairo_status_t status = cairo_status(pages.pen.cairo);
    cairo_destroy(pages.pen.cairo);
    cairo_surface_finish(pdf);
    if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(pdf);
    cairo_surface_destroy(pdf);
    return status == CAIRO_STATUS_SUCCESS ||
           FAIL(err, E_FILE_WRITE, .value = str_of(path),
                .words = S("発送一覧を書き込めません。フォルダーと空き容量を確認してください。"));
}
