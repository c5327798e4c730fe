// SPDX-License-Identifier: Apache-2.0
#include "sheet.h"

#include "bars.h"

#include <cairo-pdf.h>
#include <openssl/hmac.h>

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { QR_VERSION = 2, QR_MODULE_DOTS = 12, QUIET_MODULES = 4 };

static void add_sheet(Sheets *sheets, SheetKind kind, int dose, int part, Str paper, Str version)
{
    assert(sheets->count < SHEETS_MAX);
    sheets->at[sheets->count++] =
        (Sheet){.kind = kind, .dose = dose, .part = part, .paper = paper, .form_version = version};
}

static void pages_numbered(Sheets *sheets)
{
    for (int i = 0; i < sheets->count; i++) {
        sheets->at[i].page = i + 1;
        sheets->at[i].of = sheets->count;
    }
}

static Sheets sheets_of_certificate(const CertificatesWords *words, const Certificate *c)
{
    Sheets sheets = {0};
    for (int dose = 0; dose < c->dose_count; dose += certificate_lines(c->kind))
        add_sheet(&sheets, SHEET_CERTIFICATE, dose, 0, words->kinds[c->kind].paper, words->version);
    pages_numbered(&sheets);
    return sheets;
}

Sheets sheets_of(const Drawing *drawing, const KeptPerson *person)
{
    if (person->certificate) return sheets_of_certificate(&drawing->forms->certificates, person->certificate);
    const LettersWords *letters = &drawing->forms->letters;
    const ScreeningWords *screening = &drawing->forms->screening;
    bool reminder = drawing->batch->letter == LETTER_REMINDER;
    Str letter = reminder ? letters->reminder.paper : letters->notice.paper;

    Sheets sheets = {0};
    add_sheet(&sheets, SHEET_LETTER, 0, 0, letter, letters->version);
    add_sheet(&sheets, reminder ? SHEET_BLANK : SHEET_LETTER_BACK, 0, 0, letter, letters->version);
    for (int dose = 0; dose < person->snapshot.dose_count; dose++) {
        Str title = person->doses[dose].variant->title;
        for (int part = 0; part < drawing->batch->form_parts; part++) {
            add_sheet(&sheets, SHEET_FORM, dose, part, title, screening->version);
            add_sheet(&sheets, part ? SHEET_BLANK : SHEET_FORM_BACK, dose, part, title,
                      screening->version);
        }
    }
    pages_numbered(&sheets);
    return sheets;
}

// The seed is random and fresh per batch, so nobody can tell an id from chance; from one seed the same
// batch gets the same tags and so the same bytes.
PageTag sheet_tag(const PapersBatch *batch, int sequence, int page)
{
    char message[64];
    int length = snprintf(message, sizeof message, "sesshu page tag %d %d", sequence, page);
    unsigned char digest[32];
    unsigned int size = sizeof digest;
    const unsigned char *made = HMAC(EVP_sha256(), batch->tag_seed, sizeof batch->tag_seed,
                                     (const unsigned char *)message, (size_t)length, digest, &size);
    assert(made);
    return page_tag_of(digest);
}

Str number_in_groups(Arena *arena, AddresseeNo who)
{
    const char *d = who.digits;
    return str_format(arena, "%.3s %.4s %.4s %.4s", d, d + 3, d + 7, d + 11);
}

Str yen_text(Arena *arena, int64_t yen)
{
    assert(yen >= 0);
    long long head = yen / 1000, tail = yen % 1000;
    if (!head) return str_format(arena, "%lld円", tail);
    if (head < 1000) return str_format(arena, "%lld,%03lld円", head, tail);
    return str_format(arena, "%lld,%03lld,%03lld円", head / 1000, head % 1000, tail);
}

static void put_optical_marks(Pen *pen, bool all)
{
    static const double places[4][2] = {{5, 5}, {202, 5}, {5, 289}, {202, 289}};
    for (int i = 0; i < (all ? 4 : 2); i++)
        pen_fill(pen, (Box){places[i][0], places[i][1], 3, 3}, 0);
}

static void put_fold_marks(Pen *pen, const Envelope *envelope)
{
    const double folds[] = {envelope->fold_first, envelope->fold_second};
    for (int i = 0; i < 2; i++)
        if (folds[i] > 0) pen_across(pen, 5, folds[i], 4, 0.2);
}

// Behind the text, outside of everything a window can show, and of the table of a certificate that is read back.
static void put_synthetic_marks(Pen *pen, SheetKind kind, Str words)
{
    static const double heights[] = {97.6, 178, 284.6}, of_certificate[] = {38.6, 245, 284.6};
    const double *chosen = kind == SHEET_CERTIFICATE ? of_certificate : heights;
    for (int i = 0; i < countof(heights); i++)
        pen_text(pen, (Ink){FACE_BODY_BOLD, 20, ALIGN_CENTRE, .grey = 0.84}, PAGE_W / 2, chosen[i],
                 words);
}

// Large, on every page that a sample has: no window, fold or copy hides all of them.
static void put_trial_marks(Pen *pen)
{
    static const double heights[] = {112, 198, 266};
    for (int i = 0; i < countof(heights); i++)
        pen_text(pen, (Ink){FACE_BODY_BOLD, 54, ALIGN_CENTRE, .grey = 0.78}, PAGE_W / 2, heights[i],
                 S("見　本"));
}

static void put_foot_sender(Pen *pen, const PaperSender *sender, Arena *arena)
{
    const Ink ink = {FACE_BODY, 8};
    pen_text(pen, ink, 15, 280.4, sender->city);
    pen_text(pen, ink, 15, 284, sender->section);
    if (sender->telephone.len)
        pen_text(pen, ink, 15, 287.6, str_join(arena, S("電話 "), sender->telephone));
}

static void draw_static(Drawing *drawing, Pen *pen, const KeptPerson *person, const Sheet *sheet)
{
    if (drawing->batch->synthetic) put_synthetic_marks(pen, sheet->kind, drawing->forms->letters.synthetic);
    if (drawing->batch->trial) put_trial_marks(pen);
    switch (sheet->kind) {
    case SHEET_LETTER:
        put_fold_marks(pen, &person->envelope->shape);
        notice_static(drawing, pen, person, sheet);
        break;
    case SHEET_LETTER_BACK: notice_back(drawing, pen, person); break;
    case SHEET_FORM:
        put_optical_marks(pen, true);
        screening_static(drawing, pen, person, sheet);
        break;
    case SHEET_FORM_BACK:
        put_optical_marks(pen, false);
        screening_back(drawing, pen, &person->doses[sheet->dose]);
        break;
    case SHEET_BLANK:
        pen_text(pen, (Ink){FACE_BODY, 10.5, ALIGN_CENTRE, .grey = 0.35}, PAGE_W / 2, 148,
                 drawing->forms->letters.blank);
        break;
    case SHEET_CERTIFICATE: break;  // all of it is the person's
    }
    put_foot_sender(pen, &drawing->batch->sender, drawing->arena);
}

static Str static_key(const Drawing *drawing, const KeptPerson *person, const Sheet *sheet,
                      Arena *arena)
{
    if (sheet->kind == SHEET_LETTER) return notice_static_key(drawing, person, arena);
    if (sheet->kind == SHEET_LETTER_BACK) return notice_back_key(drawing, person, arena);
    if (sheet->kind == SHEET_FORM) return screening_static_key(person, sheet, arena);
    if (sheet->kind == SHEET_FORM_BACK)
        return str_format(arena, "form back %.*s", STR(person->doses[sheet->dose].vaccine->series));
    return str_format(arena, "back %d", (int)sheet->kind);
}

// A layer is drawn once and kept as a recording; the PDF then holds it once, as a form that the pages
// refer to. When there are more kinds than places, the rest is drawn onto the page each time; so is
// everything while somebody listens to the pen.
static void put_static(Drawing *drawing, const KeptPerson *person, const Sheet *sheet,
                       Arena scratch)
{
    Str key = static_key(drawing, person, sheet, &scratch);
    const int64_t *known = map_find(&drawing->statics, key);
    if (drawing->pen.tape || (!known && drawing->layer_count == countof(drawing->layers))) {
        draw_static(drawing, &drawing->pen, person, sheet);
        return;
    }
    if (!known) {
        const cairo_rectangle_t page = {0, 0, PAGE_W / MM_PER_POINT, PAGE_H / MM_PER_POINT};
        cairo_surface_t *layer = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &page);
        Pen pen = drawing->pen;
        pen.cairo = cairo_create(layer);
        draw_static(drawing, &pen, person, sheet);
        cairo_destroy(pen.cairo);
        drawing->layers[drawing->layer_count++] = layer;
        int64_t *place =
            map_place(&drawing->statics, drawing->arena, str_copy(drawing->arena, key), NULL);
        *place = drawing->layer_count;
        known = place;
    }
    cairo_set_source_surface(drawing->pen.cairo, drawing->layers[*known - 1], 0, 0);
    cairo_paint(drawing->pen.cairo);
}

static void put_foot(Drawing *drawing, const KeptPerson *person, const Sheet *sheet, Arena *scratch)
{
    Pen *pen = &drawing->pen;
    Str number = number_in_groups(scratch, person->snapshot.who);
    Str foot = str_format(scratch, "整理番号 %.*s ｜ %.*s ｜ %d/%d", STR(number), STR(sheet->paper),
                          sheet->page, sheet->of);
    pen_text(pen, (Ink){FACE_FORM, 8, ALIGN_CENTRE, .once = true}, 104, 290.8, foot);
}

static bool put_tag(Drawing *drawing, const KeptPerson *person, const Sheet *sheet, Arena *scratch)
{
    Pen *pen = &drawing->pen;
    PageTag tag = sheet_tag(drawing->batch, person->sequence, sheet->page);
    const Ink ink = {FACE_FORM, 6, ALIGN_RIGHT, .once = true};
    for (int line = 0; line < 2; line++) {
        const char *t = tag.text + 15 * line;
        pen_text(pen, ink, 182, 280 + 3.2 * line,
                 str_format(scratch, "%.5s %.5s %.5s", t, t + 5, t + 10));
    }
    pen_text(pen, ink, 182, 286.4,
             str_format(scratch, "%.*s-%06d  %d/%d", STR(drawing->batch->batch_no),
                        person->sequence, sheet->page, sheet->of));
    double quiet = QUIET_MODULES * QR_MODULE_DOTS * MM_PER_DOT;
    return pen_qr(pen, TAG_QR_BOX.x + quiet, TAG_QR_BOX.y + quiet, QR_VERSION, QR_MODULE_DOTS,
                  str_of(tag.text)) > 0;
}

bool sheet_draw(Drawing *drawing, const KeptPerson *person, const Sheet *sheet)
{
    char memory[1 << 14];
    Arena scratch = {memory, memory + sizeof memory};
    put_static(drawing, person, sheet, scratch);
    if (sheet->kind == SHEET_LETTER) notice_person(drawing, person, sheet, scratch);
    if (sheet->kind == SHEET_LETTER_BACK) notice_back_person(drawing, person, scratch);
    if (sheet->kind == SHEET_FORM) screening_person(drawing, person, sheet, scratch);
    if (sheet->kind == SHEET_CERTIFICATE) certificate_person(drawing, person, sheet, scratch);
    put_foot(drawing, person, sheet, &scratch);
    bool tagged = put_tag(drawing, person, sheet, &scratch);
    cairo_show_page(drawing->pen.cairo);
    return tagged;
}
