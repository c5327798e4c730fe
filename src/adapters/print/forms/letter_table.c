// SPDX-License-Identifier: Apache-2.0
#include "letter_table.h"

#include "dates.h"
#include "dose_words.h"
#include "letter_notes.h"

#include <assert.h>

static const double left = 15, width = 180, top = 100, note_gap = 1.6;

// Of people under 65 every size is the body's or smaller; of elders and in reminders none is below 12 pt. Nine
// rows of the least height fit with a note of one line.
static const LetterSizes normal_sizes = {.body = 10.5,
                                         .leading = 5.6,
                                         .cell = 10,
                                         .label = 9,
                                         .day = 9,
                                         .iso = 7.5,
                                         .last_day = 10,
                                         .note = 9,
                                         .head_height = 7,
                                         .row_min = 7.2,
                                         .row_max = 11.5,
                                         .explain_top = 208,
                                         .columns = {15, 46, 74, 103, 138, 181, 195}};
static const LetterSizes large_sizes = {.body = 12,
                                        .leading = 5.7,
                                        .cell = 12,
                                        .label = 12,
                                        .day = 12,
                                        .iso = 12,
                                        .last_day = 16,
                                        .note = 12,
                                        .head_height = 11,
                                        .row_min = 14,
                                        .row_max = 20,
                                        .explain_top = 206,
                                        .columns = {15, 45, 63, 90, 115, 178, 195}};

const LetterSizes *letter_sizes(const KeptPerson *person)
{
    return person->large ? &large_sizes : &normal_sizes;
}

static bool is_large(const LetterSizes *sizes)
{
    return sizes == &large_sizes;
}

// In two lines where one is too narrow: a head is one of our own words, broken in its middle.
static void put_head_cell(Pen *pen, Box cell, double points, Str text)
{
    const Ink ink = {FACE_BODY_BOLD, points, ALIGN_CENTRE};
    double middle = cell.x + cell.w / 2, room = cell.w - 1;
    if (fonts_width(pen->fonts, ink.face, points, text) <= room) {
        pen_text(pen, ink, middle, pen_middle(cell.y, cell.h, points), text);
        return;
    }
    ptrdiff_t half = text.len / 3 / 2 * 3 + (text.len / 3 % 2 ? 3 : 0);  // kanji and kana: 3 bytes
    pen_text_within(pen, ink, middle, pen_middle(cell.y, cell.h / 2 + 0.6, points), room,
                    str_first(text, half));
    pen_text_within(pen, ink, middle, pen_middle(cell.y + cell.h / 2 - 0.6, cell.h / 2, points),
                    room, str_from(text, half));
}

void letter_table_head(Pen *pen, const LettersWords *words, const LetterSizes *sizes)
{
    const double *x = sizes->columns;
    double points = is_large(sizes) ? 12 : 8.5;
    pen_fill(pen, (Box){left, top, width, sizes->head_height}, 0.9);
    for (int i = 0; i < 6; i++)
        put_head_cell(pen, (Box){x[i], top, x[i + 1] - x[i], sizes->head_height}, points,
                      words->columns[i]);
}

static void put_centred(Pen *pen, Box cell, Face face, double points, double shift, Str text)
{
    double baseline = pen_middle(cell.y, cell.h, points) + shift;
    pen_text_within(pen, (Ink){face, points, ALIGN_CENTRE}, cell.x + cell.w / 2, baseline,
                    cell.w - 1.4, text);
}

// What people read, and small below it what machines and foreigners read.
static void put_day(Pen *pen, Box cell, Face face, double points, double small, Str upper,
                    Str lower)
{
    double gap = points * MM_PER_POINT * 0.35 + small * 0.2;
    put_centred(pen, cell, face, points, 0.4 - gap, upper);
    put_centred(pen, cell, FACE_BODY, small, gap, lower);
}

// In large type the year stands above: a day of 12 pt is wider than its column.
static void put_two_lines(Pen *pen, Box cell, double points, Str text)
{
    ptrdiff_t year = str_find(text, S("年"));
    ptrdiff_t cut = year < 0 ? 0 : year + (ptrdiff_t)sizeof("年") - 1;
    double shift = points * MM_PER_POINT * 0.58;
    put_centred(pen, cell, FACE_BODY, points, -shift, str_first(text, cut));
    put_centred(pen, cell, FACE_BODY, points, shift, str_from(text, cut));
}

static void put_first_day(Pen *pen, Box cell, const LetterSizes *sizes, Day day, Arena *scratch)
{
    char iso[DAY_TEXT_SIZE];
    Str era = date_era_text(scratch, day);
    if (is_large(sizes)) {
        put_two_lines(pen, cell, sizes->day, era);
        return;
    }
    Str lower = str_format(scratch, "（%s）", day_text(day, iso));
    put_day(pen, cell, FACE_BODY, sizes->day, sizes->iso, era, lower);
}

// With weekday and 「まで（当日を含む）」, always (forms.md 1).
static void put_last_day(Pen *pen, Box cell, const LetterSizes *sizes, Day day, Str none,
                         Arena *scratch)
{
    if (day == DAY_NONE) {
        put_centred(pen, cell, FACE_BODY, sizes->day, 0, none);
        return;
    }
    char iso[DAY_TEXT_SIZE];
    Str upper = str_format(scratch, "%.*s（%.*s）", STR(date_era_text(scratch, day)),
                           STR(date_weekday_text(day)));
    put_day(pen, cell, FACE_BODY_BOLD, sizes->last_day, sizes->iso, upper,
            str_format(scratch, "%s まで（当日を含む）", day_text(day, iso)));
}

// A name that is too wide breaks before its bracket, not inside it.
static Str broken_name(Pen *pen, Ink ink, double room, Str text, Arena *scratch)
{
    ptrdiff_t bracket = str_find(text, S("（"));
    if (bracket <= 0 || pen_paragraph_lines(pen, ink, room, text) == 1) return text;
    return str_format(scratch, "%.*s\n%.*s", STR(str_first(text, bracket)),
                      STR(str_from(text, bracket)));
}

// As large as the row has room for, down to 7 pt for the longest name in the lowest row.
static void put_label(Pen *pen, Box cell, Face face, double points, Str text, Arena *scratch)
{
    static const double least = 7;
    for (;; points -= 0.5) {
        Ink ink = {face, points};
        double leading = points * MM_PER_POINT * 1.12, room = cell.w - 2;
        Str broken = broken_name(pen, ink, room, text, scratch);
        int lines = pen_paragraph_lines(pen, ink, room, broken);
        if (lines * leading > cell.h - 0.4 && points > least) continue;
        pen_paragraph(pen, ink, cell.x + 1.5, cell.y + (cell.h - lines * leading) / 2 + 0.2, room,
                      leading, broken);
        return;
    }
}

// "令和6年\n4月1日"
static Str year_above(Str era, Arena *scratch)
{
    ptrdiff_t year = str_find(era, S("年"));
    ptrdiff_t cut = year < 0 ? 0 : year + (ptrdiff_t)sizeof("年") - 1;
    return str_format(scratch, "%.*s\n%.*s", STR(str_first(era, cut)), STR(str_from(era, cut)));
}

static void put_standard(Pen *pen, Box cell, const LetterSizes *sizes, const PaperDose *dose,
                         Str none, Arena *scratch)
{
    if (dose->standard_from == DAY_NONE) {
        put_centred(pen, cell, FACE_BODY, sizes->day, 0, none);
        return;
    }
    bool open = dose->standard_to == DAY_NONE;
    if (is_large(sizes)) {  // one line of 12 pt is wider than the column
        Str from = year_above(date_era_text(scratch, dose->standard_from), scratch);
        Text period = {0};
        text_addf(&period, scratch, "%.*sから", STR(from));
        if (!open)
            text_addf(&period, scratch, "\n%.*sまで",
                      STR(year_above(date_era_text(scratch, dose->standard_to), scratch)));
        put_label(pen, cell, FACE_BODY, sizes->day, text_str(&period), scratch);
        return;
    }
    Str from = str_format(scratch, "%.*sから", STR(date_era_text(scratch, dose->standard_from)));
    double shift = sizes->day * 0.2;
    put_centred(pen, cell, FACE_BODY, sizes->day, open ? 0 : -shift, from);
    if (open) return;
    Str to = str_format(scratch, "%.*sまで", STR(date_era_text(scratch, dose->standard_to)));
    put_centred(pen, cell, FACE_BODY, sizes->day, shift, to);
}

static void put_cost(Pen *pen, Box cell, const LettersWords *words, const LetterSizes *sizes,
                     int64_t yen, Arena *scratch)
{
    if (yen == PAPER_COPAY_ASK) {
        put_label(pen, cell, FACE_BODY, is_large(sizes) ? 12 : 8, words->ask_cost, scratch);
        return;
    }
    put_centred(pen, cell, FACE_BODY, sizes->cell, 0, yen ? yen_text(scratch, yen) : words->free);
}

static void put_row(Drawing *drawing, const KeptDose *kept, double y, double row,
                    const LetterSizes *sizes, Arena *scratch)
{
    Pen *pen = &drawing->pen;
    const LettersWords *words = &drawing->forms->letters;
    const PaperDose *dose = &kept->dose;
    assert(dose_periods_run(dose));
    Box cells[6];
    for (int i = 0; i < 6; i++)
        cells[i] = (Box){sizes->columns[i], y, sizes->columns[i + 1] - sizes->columns[i], row};
    put_label(pen, cells[0], FACE_BODY_BOLD, sizes->cell, kept->name, scratch);
    put_label(pen, cells[1], FACE_BODY, sizes->label, kept->position->label, scratch);
    put_first_day(pen, cells[2], sizes, dose->earliest, scratch);
    put_standard(pen, cells[3], sizes, dose, words->no_standard, scratch);
    put_last_day(pen, cells[4], sizes, dose->last, words->no_last, scratch);
    put_cost(pen, cells[5], words, sizes, dose->copay_yen, scratch);
    pen_across(pen, left, y + row, width, 0.2);
}

static void put_grid(Pen *pen, const LetterSizes *sizes, double bottom)
{
    for (int i = 0; i < countof(sizes->columns); i++)
        pen_down(pen, sizes->columns[i], top, bottom - top, i == 0 || i == 6 ? 0.4 : 0.2);
    pen_across(pen, left, top, width, 0.4);
    pen_across(pen, left, top + sizes->head_height, width, 0.3);
    pen_across(pen, left, bottom, width, 0.4);
}

// Where everything goes: rows of at least the least height, then the notes if they still find room.
typedef struct TablePlan {
    Str notes, behind;  // under the table; on the back
    double row;
    Ink ink;
    double leading;
} TablePlan;

static double notes_height(Pen *pen, const TablePlan *plan, Str notes)
{
    if (!notes.len) return 0;
    return pen_paragraph_lines(pen, plan->ink, width, notes) * plan->leading + note_gap + 1;
}

static TablePlan table_plan(Drawing *drawing, const KeptPerson *person, Arena *scratch)
{
    const LettersWords *words = &drawing->forms->letters;
    const LetterSizes *sizes = letter_sizes(person);
    Pen *pen = &drawing->pen;
    int rows = person->snapshot.dose_count;
    double room = LETTER_HOW_TOP - top - sizes->head_height;
    TablePlan plan = {
        .notes = letter_notes(words, person, drawing->batch->mailed_on, scratch),
        .ink = {FACE_BODY, sizes->note, .once = true},
        .leading = sizes->note * 0.45,
    };
    if (room - notes_height(pen, &plan, plan.notes) < rows * sizes->row_min) {
        plan.behind = plan.notes;
        plan.notes = str_join(scratch, words->note, words->notes_behind);
    }
    plan.row = (room - notes_height(pen, &plan, plan.notes)) / rows;
    if (plan.row > sizes->row_max) plan.row = sizes->row_max;
    return plan;
}

void letter_table(Drawing *drawing, const KeptPerson *person, Arena scratch)
{
    Pen *pen = &drawing->pen;
    const LetterSizes *sizes = letter_sizes(person);
    TablePlan plan = table_plan(drawing, person, &scratch);
    double y = top + sizes->head_height;
    for (int i = 0; i < person->snapshot.dose_count; i++, y += plan.row)
        put_row(drawing, &person->doses[i], y, plan.row, sizes, &scratch);
    put_grid(pen, sizes, y);
    pen_paragraph(pen, plan.ink, left, y + note_gap, width, plan.leading, plan.notes);
}

void letter_notes_behind(Drawing *drawing, const KeptPerson *person, double y, Arena scratch)
{
    Pen *pen = &drawing->pen;
    TablePlan plan = table_plan(drawing, person, &scratch);
    if (!plan.behind.len) return;
    pen_across(pen, left, y, width, 0.2);
    y = pen_paragraph(pen, (Ink){FACE_BODY_BOLD, plan.ink.points + 1}, left, y + 1.5, width,
                      plan.leading + 0.8, drawing->forms->letters.notes_title);
    pen_paragraph(pen, plan.ink, left, y, width, plan.leading, plan.behind);
}
