// A page of a certificate: whose it is, the doses, what is certified, by whom (forms.md 6, papers 5 and 6). Every page bears
// all of it, so that no page can be laid to another certificate.
// SPDX-License-Identifier: Apache-2.0
#include "dates.h"
#include "sheet.h"

// clang-format off
static const double left = 22, right = 189, value_x = 56;
enum { ROWS_TOP = 84, ROW_HEIGHT = 12, BODY_POINTS = 9, ITEM_POINTS = 11, ITEM_X = 76 };

// The places of a record on its two lines: 種類, 期・回, 年月日, ワクチン; 区分, 出所, 製造番号, 場所.
typedef struct Cell {
    double x, w;
} Cell;
static const Cell above[4] = {{23.5, 47}, {72.5, 29}, {103.5, 31}, {136.5, 51.5}},
                  below[4] = {{23.5, 37}, {62.5, 25}, {89.5, 27}, {118.5, 69.5}};
// clang-format on

void certificate_widths(CertificateKind kind, double *lot, double *place)
{
    bool one = kind == CERTIFICATE_DOSE;
    *lot = one ? right - ITEM_X : below[2].w;
    *place = one ? right - ITEM_X : below[3].w;
}

// ---- the head

static void put_number(Drawing *drawing, const Certificate *c, Arena *scratch)
{
    const CertificatesWords *words = &drawing->forms->certificates;
    Str number = str_format(scratch, "%.*s%lld%.*s", STR(words->number[0]), (long long)c->number, STR(words->number[1]));
    pen_text(&drawing->pen, (Ink){FACE_BODY, 10.5, ALIGN_RIGHT, .once = true}, right, 17, number);
}

static void put_title(Drawing *drawing, const Certificate *c)
{
    Pen *pen = &drawing->pen;
    const CertificatesWords *words = &drawing->forms->certificates;
    pen_text(pen, (Ink){FACE_BODY_BOLD, 16, ALIGN_CENTRE}, PAGE_W / 2, 29, words->kinds[c->kind].title);
    if (!c->again) return;
    pen_frame(pen, (Box){left, 19, 30, 9}, 0.4);
    pen_text(pen, (Ink){FACE_BODY_BOLD, 14, ALIGN_CENTRE}, left + 15, 25.4, words->again);
}

static void put_resident(Pen *pen, double x, double baseline, double width, double points, double least, Str text)
{
    FittedLine line;
    if (!text.len || !line_fit(pen->fonts, text, width, points, least, 0.75, &line)) return;  // it was tried before
    pen_text(pen, (Ink){FACE_RESIDENT, line.points, .stretch = line.stretch, .once = true}, x, baseline, text);
}

static void put_address(Drawing *drawing, const Certificate *c)
{
    FittedLines lines;
    Pen *pen = &drawing->pen;
    if (!c->address.len) {
        pen_text(pen, (Ink){FACE_BODY, 10.5}, value_x, 66.5, drawing->forms->certificates.none);
        return;
    }
    if (!lines_fit(pen->fonts, c->address, c->building, CERTIFICATE_LINE_W, CERTIFICATE_ADDRESS_POINTS, 2, &lines)) return;
    for (int i = 0; i < lines.count; i++)
        pen_text(pen, (Ink){FACE_RESIDENT, CERTIFICATE_ADDRESS_POINTS, .stretch = lines.stretch, .once = true}, value_x,
                 lines.count == 1 ? 67.4 : 64.6 + 4.6 * i, lines.lines[i]);
}

static void put_person(Drawing *drawing, const Certificate *c, Arena *scratch)
{
    static const double rules[] = {41, 53, 60, 72}, labels[] = {48.7, 58, 67.4};
    Pen *pen = &drawing->pen;
    const CertificatesWords *words = &drawing->forms->certificates;
    for (int i = 0; i < countof(rules); i++) pen_across(pen, left, rules[i], right - left, 0.2);
    for (int i = 0; i < countof(labels); i++)
        pen_text(pen, (Ink){FACE_BODY, 10.5}, left + 2, labels[i], words->person[i]);
    put_resident(pen, value_x, 49, CERTIFICATE_LINE_W, 14, 9, c->name);
    pen_text(pen, (Ink){FACE_BODY, 10.5, .once = true}, value_x, 58, date_partial_era_text(scratch, c->birth));
    put_address(drawing, c);
}

// ---- the doses

static void put_words(Pen *pen, Cell cell, double baseline, Str text)
{
    pen_text_within(pen, (Ink){FACE_BODY, BODY_POINTS, .once = true}, cell.x, baseline, cell.w, text);
}

static void put_row(Pen *pen, const CertificateDose *dose, double top)
{
    double first = top + 4.9, second = top + 10;
    const Str given[] = {dose->vaccine, dose->position, dose->given_on, dose->product}, of_it[] = {dose->legal, dose->source};
    for (int i = 0; i < countof(given); i++) put_words(pen, above[i], first, given[i]);
    for (int i = 0; i < countof(of_it); i++) put_words(pen, below[i], second, of_it[i]);
    put_resident(pen, below[2].x, second, below[2].w, BODY_POINTS, CERTIFICATE_LEAST_POINTS, dose->lot);
    put_resident(pen, below[3].x, second, below[3].w, BODY_POINTS, CERTIFICATE_LEAST_POINTS, dose->place);
    pen_across(pen, left, top + ROW_HEIGHT, right - left, 0.1);
}

static void put_record(Drawing *drawing, const Certificate *c, int first)
{
    Pen *pen = &drawing->pen;
    const CertificatesWords *words = &drawing->forms->certificates;
    int lines = certificate_lines(c->kind), here = c->dose_count - first < lines ? c->dose_count - first : lines;
    pen_across(pen, left, ROWS_TOP - 9.5, right - left, 0.3);
    for (int i = 0; i < countof(above); i++) {
        pen_text(pen, (Ink){FACE_BODY_BOLD, 8}, above[i].x, ROWS_TOP - 5.8, words->columns[i][0]);
        pen_text(pen, (Ink){FACE_BODY_BOLD, 8}, below[i].x, ROWS_TOP - 1.7, words->columns[i][1]);
    }
    pen_across(pen, left, ROWS_TOP, right - left, 0.3);
    for (int i = 0; i < here; i++) put_row(pen, &c->doses[first + i], ROWS_TOP + ROW_HEIGHT * i);
    bool ends = first + here == c->dose_count && here < lines;
    if (ends)
        pen_text(pen, (Ink){FACE_BODY, BODY_POINTS, ALIGN_CENTRE}, PAGE_W / 2, ROWS_TOP + ROW_HEIGHT * here + 6, words->rest);
}

static void put_dose(Drawing *drawing, const CertificateDose *dose)
{
    Pen *pen = &drawing->pen;
    const CertificatesWords *words = &drawing->forms->certificates;
    const struct {
        Str text;
        bool theirs;
    } values[] = {{dose->vaccine}, {dose->position},  {dose->given_on},   {dose->product},
                  {dose->legal},   {dose->lot, true}, {dose->place, true}};
    pen_across(pen, left, ROWS_TOP, right - left, 0.3);
    for (int i = 0; i < countof(values); i++) {
        double baseline = ROWS_TOP + ROW_HEIGHT * i + 7.6;
        Str text = values[i].text.len ? values[i].text : words->none;
        pen_text(pen, (Ink){FACE_BODY, 10.5}, left + 2, baseline, words->items[i]);
        if (values[i].theirs && values[i].text.len)
            put_resident(pen, ITEM_X, baseline, right - ITEM_X, ITEM_POINTS, CERTIFICATE_LEAST_POINTS, text);
        else
            pen_text_within(pen, (Ink){FACE_BODY, ITEM_POINTS, .once = true}, ITEM_X, baseline, right - ITEM_X, text);
        pen_across(pen, left, ROWS_TOP + ROW_HEIGHT * (i + 1), right - left, 0.2);
    }
}

// ---- who certifies

// The middle of the seal lies on the last character of the mayor's name (forms.md 1).
static void put_issuer(Drawing *drawing, const Certificate *c, Arena *scratch)
{
    static const double mayor_x = 170, mayor_y = 258, points = 14;
    Pen *pen = &drawing->pen;
    const PaperSender *sender = &drawing->batch->sender;
    const CertificatesWords *words = &drawing->forms->certificates;
    pen_paragraph(pen, (Ink){FACE_BODY, 10.5}, left + 2, 231.5, right - left - 4, 5.4, words->kinds[c->kind].text);
    pen_text(pen, (Ink){FACE_BODY, 10.5, .once = true}, left + 12, 252, date_era_text(scratch, c->day));
    pen_text(pen, (Ink){FACE_BODY, points, ALIGN_RIGHT}, mayor_x, mayor_y, sender->mayor.len ? sender->mayor : sender->city);
    if (c->seal_left_out)
        pen_text(pen, (Ink){FACE_BODY, 9, ALIGN_RIGHT}, mayor_x, mayor_y + 6, words->seal_left_out);
    else
        pen_text(pen, (Ink){FACE_BODY, 8, ALIGN_CENTRE, .grey = 0.6}, mayor_x - points * MM_PER_POINT / 2, mayor_y + 9, words->seal);
}

void certificate_person(Drawing *drawing, const KeptPerson *person, const Sheet *sheet, Arena scratch)
{
    const Certificate *c = person->certificate;
    put_number(drawing, c, &scratch);
    put_title(drawing, c);
    put_person(drawing, c, &scratch);
    if (c->kind == CERTIFICATE_DOSE)
        put_dose(drawing, &c->doses[sheet->dose]);
    else
        put_record(drawing, c, sheet->dose);
    put_issuer(drawing, c, &scratch);
}
