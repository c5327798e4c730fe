// SPDX-License-Identifier: Apache-2.0
#include "letter_table.h"

#include "dates.h"

static const double left = 15, width = 180, top = 100, height = 77, head_height = 8;

static const LetterSizes normal_sizes = {
    10.5, 5.6, 10, 9, 10, 11.5, {15, 46, 74, 103, 138, 181, 195}};
static const LetterSizes large_sizes = {12, 6.1, 12, 10, 16, 16, {15, 46, 66, 93, 124, 180, 195}};

const LetterSizes *letter_sizes(const KeptPerson *person)
{
    return person->large ? &large_sizes : &normal_sizes;
}

void letter_table_head(Pen *pen, const LettersWords *words, const LetterSizes *sizes)
{
    const double *x = sizes->columns;
    pen_fill(pen, (Box){left, top, width, head_height}, 0.9);
    for (int i = 0; i < 6; i++)
        pen_text_within(pen, (Ink){FACE_BODY_BOLD, 8.5, ALIGN_CENTRE}, (x[i] + x[i + 1]) / 2,
                        pen_middle(top, head_height, 8.5), x[i + 1] - x[i] - 1.4,
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

static void put_first_day(Pen *pen, Box cell, Day day, Arena *scratch)
{
    char iso[DAY_TEXT_SIZE];
    Str lower = str_format(scratch, "（%s）", day_text(day, iso));
    put_day(pen, cell, FACE_BODY, 9, 7.5, date_era_text(scratch, day), lower);
}

// With weekday and 「まで（当日を含む）」, always (forms.md 1).
static void put_last_day(Pen *pen, Box cell, double points, Day day, Str none, Arena *scratch)
{
    if (day == DAY_NONE) {
        put_centred(pen, cell, FACE_BODY, 9, 0, none);
        return;
    }
    char iso[DAY_TEXT_SIZE];
    Str era = date_era_text(scratch, day), weekday = date_weekday_text(day);
    (void)day_text(day, iso);
    if (points > 12) {  // 16 pt leave no room for the weekday beside the day
        Str lower = str_format(scratch, "（%.*s）%s まで（当日を含む）", STR(weekday), iso);
        put_day(pen, cell, FACE_BODY_BOLD, points, 9, era, lower);
        return;
    }
    Str upper = str_format(scratch, "%.*s（%.*s）", STR(era), STR(weekday));
    put_day(pen, cell, FACE_BODY_BOLD, points, 7.5, upper,
            str_format(scratch, "%sまで（当日を含む）", iso));
}

static void put_standard(Pen *pen, Box cell, const PaperDose *dose, Str none, Arena *scratch)
{
    if (dose->standard_from == DAY_NONE) {
        put_centred(pen, cell, FACE_BODY, 9, 0, none);
        return;
    }
    bool open = dose->standard_to == DAY_NONE;
    Str from = str_format(scratch, "%.*sから", STR(date_era_text(scratch, dose->standard_from)));
    put_centred(pen, cell, FACE_BODY, 9, open ? 0 : -1.9, from);
    if (open) return;
    Str to = str_format(scratch, "%.*sまで", STR(date_era_text(scratch, dose->standard_to)));
    put_centred(pen, cell, FACE_BODY, 9, 1.9, to);
}

static void put_label(Pen *pen, Box cell, Face face, double points, Str text)
{
    Ink ink = {face, points};
    double leading = points * MM_PER_POINT * 1.2;
    int lines = pen_paragraph_lines(pen, ink, cell.w - 2, text);
    pen_paragraph(pen, ink, cell.x + 1.5, cell.y + (cell.h - lines * leading) / 2 + 0.3, cell.w - 2,
                  leading, text);
}

static void put_row(Drawing *drawing, const KeptDose *kept, double y, double row,
                    const LetterSizes *sizes, Arena *scratch)
{
    Pen *pen = &drawing->pen;
    const LettersWords *words = &drawing->forms->letters;
    const PaperDose *dose = &kept->dose;
    Box cells[6];
    for (int i = 0; i < 6; i++)
        cells[i] = (Box){sizes->columns[i], y, sizes->columns[i + 1] - sizes->columns[i], row};
    put_label(pen, cells[0], FACE_BODY_BOLD, sizes->cell, kept->vaccine->name);
    put_label(pen, cells[1], FACE_BODY, sizes->label, kept->position->label);
    put_first_day(pen, cells[2], dose->earliest, scratch);
    put_standard(pen, cells[3], dose, words->no_standard, scratch);
    // The largest size stands on tall rows only: a reminder has one line, seldom two.
    double last_points = row < 13 ? 10 : sizes->last_day;
    put_last_day(pen, cells[4], last_points, dose->last, words->no_last, scratch);
    Str cost = dose->copay_yen ? yen_text(scratch, dose->copay_yen) : words->free;
    put_centred(pen, cells[5], FACE_BODY, sizes->cell, 0, cost);
    pen_across(pen, left, y + row, width, 0.2);
}

// One sentence for every dose that must come sooner than the law's last day, then the warnings.
static Str notes_of(const LettersWords *words, const KeptPerson *person, Arena *scratch)
{
    Text notes = {0};
    for (int i = 0; i < person->snapshot.dose_count; i++) {
        const PaperDose *dose = &person->doses[i].dose;
        if (dose->last_safe == DAY_NONE || dose->last_safe >= dose->last) continue;
        text_add(&notes, scratch, notes.len ? S("、") : words->safe);
        text_addf(&notes, scratch, "%.*s %.*s（%.*s）", STR(person->doses[i].vaccine->name),
                  STR(date_era_text(scratch, dose->last_safe)),
                  STR(date_weekday_text(dose->last_safe)));
    }
    for (int i = 0; i < person->snapshot.dose_count; i++) {
        const PaperDose *dose = &person->doses[i].dose;
        if (!dose->warning.len) continue;
        if (notes.len) text_add_byte(&notes, scratch, '\n');
        text_addf(&notes, scratch, "※ %.*s：%.*s", STR(person->doses[i].vaccine->name),
                  STR(dose->warning));
    }
    return text_str(&notes);
}

static void put_grid(Pen *pen, const LetterSizes *sizes, double bottom)
{
    for (int i = 0; i < countof(sizes->columns); i++)
        pen_down(pen, sizes->columns[i], top, bottom - top, i == 0 || i == 6 ? 0.4 : 0.2);
    pen_across(pen, left, top, width, 0.4);
    pen_across(pen, left, top + head_height, width, 0.3);
    pen_across(pen, left, bottom, width, 0.4);
}

void letter_table(Drawing *drawing, const KeptPerson *person, Arena scratch)
{
    Pen *pen = &drawing->pen;
    const LetterSizes *sizes = letter_sizes(person);
    double points = person->large ? 11 : 9, leading = points * 0.47;
    const Ink note_ink = {FACE_BODY, points, .once = true};
    Str notes = notes_of(&drawing->forms->letters, person, &scratch);
    double notes_height =
        notes.len ? pen_paragraph_lines(pen, note_ink, width, notes) * leading + 3 : 0;
    double row = (height - head_height - notes_height) / person->snapshot.dose_count;
    if (row > sizes->row_max) row = sizes->row_max;

    double y = top + head_height;
    for (int i = 0; i < person->snapshot.dose_count; i++, y += row)
        put_row(drawing, &person->doses[i], y, row, sizes, &scratch);
    put_grid(pen, sizes, y);
    pen_paragraph(pen, note_ink, left, y + 2, width, leading, notes);
}
