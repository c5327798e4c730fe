// 予診票 (forms.md 6.2): one leaf per dose; the words of each vaccine and group are in the data.
// SPDX-License-Identifier: Apache-2.0
#include "sheet.h"

#include "bars.h"
#include "calendar.h"
#include "dates.h"
#include "hatch.h"

#include <assert.h>

static const double left = 15, right = 195;
static void put_band(Drawing *drawing, Pen *pen, const VaccineWords *vaccine, Str part, int part_no)
{
    const Box band = {5, 8.5, 200, 12};
    pen_hatch(pen, band, vaccine->hatch, vaccine->lightness);

    const Box mark = {15, 9.5, 24, 10};
    pen_fill(pen, mark, 1);
    pen_frame(pen, mark, 0.7);
    pen_text(pen, (Ink){FACE_FORM_BOLD, 20, ALIGN_CENTRE}, mark.x + mark.w / 2, 17.2,
             vaccine->mark);

    const Box title = {41, 9.5, 112, 10};
    pen_fill(pen, title, 1);
    pen_text(pen, (Ink){FACE_BODY_BOLD, 14}, 43, 14.6, vaccine->name);
    const Box version = {155, 9.5, 40, 10};
    pen_fill(pen, version, 1);
    Arena *arena = drawing->arena;
    Str year = date_era_text(arena, fiscal_year_start(drawing->batch->mailed_on));
    year = str_first(year, str_find(year, S("年")));
    pen_text(
        pen, (Ink){FACE_BODY, 8, ALIGN_RIGHT}, 194, 13.2,
        str_format(arena, "%.*s年度 様式 %.*s", STR(year), STR(drawing->forms->screening.version)));
    pen_text(pen, (Ink){FACE_BODY_BOLD, 9, ALIGN_RIGHT}, 194, 17.9,
             str_format(arena, "%d枚目 %.*s", part_no + 1, STR(part)));
}

static void put_person_frame(Pen *pen, Str contact)
{
    static const double rules[] = {29.2, 33.2, 41.2, 45.8, 53.2};
    static const struct {
        double y;
        const char *text;
    } labels[] = {
        {27.6, "整理番号"}, {32.2, "フリガナ"}, {38.2, "氏名"}, {44.5, "生年月日"}, {50.4, "住所"}};
    pen_frame(pen, (Box){left, 24, 118, 35.4}, 0.4);
    for (int i = 0; i < countof(rules); i++) pen_across(pen, left, rules[i], 118, 0.2);
    pen_down(pen, 31, 24, 35.4, 0.2);
    for (int i = 0; i < countof(labels); i++)
        pen_text(pen, (Ink){FACE_FORM, 8, ALIGN_CENTRE}, 23, labels[i].y, str_of(labels[i].text));
    pen_text(pen, (Ink){FACE_FORM, 7.5, ALIGN_CENTRE}, 23, 57.2, contact);
    pen_down(pen, 88, 53.2, 6.2, 0.2);
    pen_text(pen, (Ink){FACE_FORM, 7.5}, 89, 57.2, S("電話"));
}

static void put_period_frame(Pen *pen)
{
    pen_frame(pen, (Box){137, 40.4, 58, 19}, 0.3);
    pen_text(pen, (Ink){FACE_FORM_BOLD, 8}, 138.5, 44.6,
             S("受けられる期間（どちらの日も含みます）"));
}

static void put_temperature(Pen *pen, const ScreeningWords *words)
{
    pen_frame(pen, (Box){15, 60.6, 180, 7.4}, 0.4);
    pen_text(pen, (Ink){FACE_FORM, 9.5}, 18, pen_middle(60.6, 7.4, 9.5), words->temperature);
}

typedef struct QuestionRows {
    const Question *at[24];
    int lines[24];
    int count, line_count;
} QuestionRows;

static void add_question(QuestionRows *rows, Pen *pen, const Question *question)
{
    assert(rows->count < countof(rows->at));
    int lines = pen_paragraph_lines(pen, (Ink){FACE_FORM, 9}, 109, question->text);
    rows->at[rows->count] = question;
    rows->lines[rows->count++] = lines;
    rows->line_count += lines;
}

static QuestionRows rows_of(Drawing *drawing, Pen *pen, const KeptDose *kept)
{
    QuestionRows rows = {0};
    for (int i = 0; i < kept->form->question_count; i++) {
        if (!kept->form->questions[i].extra) {
            add_question(&rows, pen, &kept->form->questions[i]);
            continue;
        }
        for (int k = 0; k < kept->vaccine->extra_count; k++) {
            const Section *extra = extra_question(drawing->forms, kept->vaccine->extra[k]);
            assert(extra);
            Question *question = NEW(drawing->arena, Question, 1);
            question->text = extra->text;
            add_question(&rows, pen, question);
        }
    }
    return rows;
}

static void put_questions(Drawing *drawing, Pen *pen, const KeptDose *kept)
{
    static const double top = 69, height = 118, head = 5, line = 3.4;
    const ScreeningWords *words = &drawing->forms->screening;
    QuestionRows rows = rows_of(drawing, pen, kept);
    double air = (height - head - rows.line_count * line) / rows.count;

    pen_fill(pen, (Box){left, top, 180, head}, 0.88);
    static const double middles[] = {71, 144, 178};
    for (int i = 0; i < 3; i++)
        pen_text(pen, (Ink){FACE_FORM_BOLD, 8.5, ALIGN_CENTRE}, middles[i],
                 pen_middle(top, head, 8.5), words->columns[i]);
    double y = top + head;
    for (int i = 0; i < rows.count; i++) {
        const Question *question = rows.at[i];
        double row = rows.lines[i] * line + air;
        pen_paragraph(pen, (Ink){FACE_FORM, 9}, left + 1.5, y + air / 2 + 0.1, 109, line,
                      question->text);
        Str yes = question->yes.len ? question->yes : words->yes;
        Str no = question->no.len ? question->no : words->no;
        pen_text(pen, (Ink){FACE_FORM, 9.5, ALIGN_CENTRE}, 136, pen_middle(y, row, 9.5), yes);
        pen_text(pen, (Ink){FACE_FORM, 9.5, ALIGN_CENTRE}, 152, pen_middle(y, row, 9.5), no);
        pen_across(pen, left, y, 180, 0.2);
        y += row;
    }
    pen_down(pen, 127, top, height, 0.2);
    pen_down(pen, 161, top, height, 0.2);
    pen_frame(pen, (Box){left, top, 180, height}, 0.4);
}

static void put_doctor(Pen *pen, const ScreeningWords *words)
{
    pen_frame(pen, (Box){left, 188.6, 180, 21}, 0.4);
    pen_text(pen, (Ink){FACE_FORM_BOLD, 8}, 17, 192.6, words->doctor.title);
    pen_text(pen, (Ink){FACE_FORM, 8.5}, 40, 192.6, words->doctor.decision);
    pen_text(pen, (Ink){FACE_FORM, 8}, 40, 197.6, words->doctor.explained);
    pen_text(pen, (Ink){FACE_FORM, 8}, 17, 206.6, words->doctor.reason);
    pen_frame(pen, (Box){56, 202, 8, 6.4}, 0.2);
    pen_text(pen, (Ink){FACE_FORM, 8}, 92, 206.6, words->doctor.sign);
    pen_across(pen, 124, 207.6, 68, 0.2);
}

static void put_consent(Pen *pen, const ConsentWords *consent)
{
    pen_frame(pen, (Box){left, 210.6, 180, 23}, 0.6);
    pen_text(pen, (Ink){FACE_FORM_BOLD, 8}, 17, 214.4, consent->title);
    pen_paragraph(pen, (Ink){FACE_FORM, 8.5}, 17, 215.6, 176, 3.7, consent->text);
    pen_text(pen, (Ink){FACE_FORM, 8.5}, 17, 231.4, S("　　　　　年　　　月　　　日"));
    pen_text(pen, (Ink){FACE_FORM, 8.5, ALIGN_RIGHT}, 120, 231.4, consent->sign);
    pen_across(pen, 122, 232.2, 70, 0.2);
}

// The sticker covers its frame: nothing is printed inside but the hint that says so, above it.
static void put_lot(Pen *pen, const ScreeningWords *words, const VaccineWords *vaccine)
{
    pen_text(pen, (Ink){FACE_FORM, 7}, 16, 237.6, words->dose.product);
    pen_paragraph(pen, (Ink){FACE_FORM, 8}, 16.5, 238, 58, 3.3, vaccine->product);
    pen_dashed_frame(pen, (Box){16.5, 248.2, 56, 21.4}, 0.2, 1.2);
    pen_text(pen, (Ink){FACE_FORM, 7}, 17, 247.6, words->dose.lot);
    pen_text(pen, (Ink){FACE_FORM, 7}, 17, 272.4, words->dose.expiry);
}

static Str volumes_of(const VaccineWords *vaccine, Arena *arena)
{
    Text text = {0};
    for (int i = 0; i < vaccine->volume_count; i++)
        text_addf(&text, arena, "%s%s%.*s", i ? "　" : "", vaccine->volume_count > 1 ? "□" : "",
                  STR(vaccine->volumes[i]));
    return text_str(&text);
}

static void put_dose(Pen *pen, const ScreeningWords *words, const VaccineWords *vaccine,
                     Arena *arena)
{
    pen_frame(pen, (Box){left, 234.8, 120, 38.6}, 0.4);
    pen_down(pen, 75, 234.8, 38.6, 0.2);
    put_lot(pen, words, vaccine);
    static const double tops[] = {234.8, 241.2, 247.6, 254, 260.4, 266.8};
    const Str labels[] = {words->dose.volume, words->dose.route,  words->dose.day,
                          words->dose.place,  words->dose.doctor, words->dose.code};
    for (int i = 0; i < countof(tops); i++) {
        if (i) pen_across(pen, 75, tops[i], 60, 0.2);
        pen_paragraph(pen, (Ink){FACE_FORM, 7}, 76, tops[i] + 1.9, 19, 2.7, labels[i]);
    }
    pen_text_within(pen, (Ink){FACE_FORM, 7.5}, 96, tops[0] + 4.4, 38, volumes_of(vaccine, arena));
    pen_text_within(pen, (Ink){FACE_FORM, 8}, 96, tops[1] + 4.4, 38, vaccine->route);
    pen_text(pen, (Ink){FACE_FORM, 8}, 96, tops[2] + 4.4, S("　　　　年　　　月　　　日"));
    for (int i = 0; i < 10; i++) pen_frame(pen, (Box){95.5 + 3.85 * i, 267.9, 3.6, 4.6}, 0.2);
}

static void put_claim(Pen *pen, const ScreeningWords *words)
{
    pen_frame(pen, (Box){137, 234.8, 58, 38.6}, 0.4);
    pen_text(pen, (Ink){FACE_FORM_BOLD, 8}, 138.5, 238.8, words->claim.title);
    pen_text(pen, (Ink){FACE_FORM, 8}, 138.5, 243.6, words->claim.kinds);
    pen_across(pen, 137, 246, 58, 0.2);
    pen_text(pen, (Ink){FACE_FORM, 8}, 138.5, 250.4, words->claim.amount);
    pen_text(pen, (Ink){FACE_FORM, 8, ALIGN_RIGHT}, 193.5, 250.4, S("円"));
    pen_across(pen, 137, 252.4, 58, 0.2);
    pen_text(pen, (Ink){FACE_FORM, 8}, 138.5, 256.8, words->claim.copay);
    pen_text(pen, (Ink){FACE_FORM, 8}, 160, 256.8, words->claim.exempt);
    pen_text(pen, (Ink){FACE_FORM, 8, ALIGN_RIGHT}, 193.5, 256.8, S("円"));
    pen_across(pen, 137, 258.8, 58, 0.2);
    pen_text(pen, (Ink){FACE_FORM, 7.5}, 138.5, 262.4, words->claim.stamp);
}

void screening_static(Drawing *drawing, Pen *pen, const KeptPerson *person, const Sheet *sheet)
{
    const KeptDose *kept = &person->doses[sheet->dose];
    const ScreeningWords *words = &drawing->forms->screening;
    put_band(drawing, pen, kept->vaccine, words->parts[sheet->part], sheet->part);
    put_person_frame(pen, kept->form->contact);
    put_period_frame(pen);
    put_temperature(pen, words);
    put_questions(drawing, pen, kept);
    put_doctor(pen, words);
    Str consent = kept->vaccine->consent.len ? kept->vaccine->consent : kept->form->consent;
    const ConsentWords *consent_text = consent_words(drawing->forms, consent);
    assert(consent_text);
    put_consent(pen, consent_text);
    put_dose(pen, words, kept->vaccine, drawing->arena);
    put_claim(pen, words);
}

static Str age_on(PartialDate birth, Day day, Arena *scratch)
{
    DaySpan span;
    if (day == DAY_NONE || !partial_date_whole(birth) || !partial_date_span(birth, &span))
        return (Str){0};
    int months = age_completed_months(span.first, day);
    if (months < 0) return (Str){0};
    if (months >= 12 * 18) return str_format(scratch, "%d歳", months / 12);
    return str_format(scratch, "%d歳%dか月", months / 12, months % 12);
}

static void put_birth(Pen *pen, const PaperPerson *person, Day first_day, Arena *scratch)
{
    char iso[DAY_TEXT_SIZE];
    Str age = age_on(person->birth, first_day, scratch);
    Str text =
        str_format(scratch, "%.*s生（%s）", STR(date_partial_era_text(scratch, person->birth)),
                   partial_date_text(person->birth, iso));
    pen_text(pen, (Ink){FACE_FORM, 9, .once = true}, 33, 44.6, text);
    if (age.len)
        pen_text(pen, (Ink){FACE_FORM, 8, ALIGN_RIGHT}, 132, 44.6,
                 str_format(scratch, "期間初日 %.*s", STR(age)));
}

static void put_sex(Pen *pen, PaperSex sex)
{
    pen_text(pen, (Ink){FACE_FORM, 10, ALIGN_CENTRE}, 117, 38.4, S("男"));
    pen_text(pen, (Ink){FACE_FORM, 10, ALIGN_CENTRE}, 121.5, 38.4, S("・"));
    pen_text(pen, (Ink){FACE_FORM, 10, ALIGN_CENTRE}, 126, 38.4, S("女"));
    if (sex != PAPER_SEX_UNKNOWN) pen_ring(pen, sex == PAPER_SEX_MALE ? 117 : 126, 37.1, 2.7, 0.3);
}

static void put_names(Drawing *drawing, const KeptPerson *person, Arena *scratch)
{
    Pen *pen = &drawing->pen;
    const PaperPerson *p = &person->snapshot;
    pen_text(pen, (Ink){FACE_FORM, 11, .once = true}, 33, 28, number_in_groups(scratch, p->who));
    Str kana = p->alias_first && p->alias.len ? p->alias_kana : p->name_kana;
    pen_text(pen, (Ink){FACE_RESIDENT, 8, .once = true}, 33, 32.3, kana);
    Ink ink = {FACE_RESIDENT, person->form_name.points, .stretch = person->form_name.stretch,
               .once = true};
    bool roman = p->alias_first && p->alias.len && p->name_roman.len;
    pen_text(pen, ink, 33, roman ? 37.2 : 39, person->name);
    if (roman) pen_text(pen, (Ink){FACE_RESIDENT, 8, .once = true}, 33, 40.5, p->name_roman);
    put_sex(pen, p->sex);
}

static void put_address(Drawing *drawing, const KeptPerson *person)
{
    Pen *pen = &drawing->pen;
    if (person->snapshot.is_protected) {
        pen_text(pen, (Ink){FACE_FORM, 9}, 33, 50.6, drawing->forms->screening.address_withheld);
        return;
    }
    const FittedLines *lines = &person->form_address;
    for (int i = 0; i < lines->count; i++)
        pen_text(pen, (Ink){FACE_RESIDENT, 9, .stretch = lines->stretch, .once = true}, 33,
                 (lines->count > 1 ? 49 : 50.6) + 3.5 * i, lines->lines[i]);
}

static void put_period(Pen *pen, const KeptDose *kept, Arena *scratch)
{
    const PaperDose *dose = &kept->dose;
    Str first = str_format(scratch, "%.*s（%.*s）から", STR(date_era_text(scratch, dose->earliest)),
                           STR(date_weekday_text(dose->earliest)));
    pen_text(pen, (Ink){FACE_BODY, 9}, 139, 48.8, first);
    if (dose->last != DAY_NONE) {
        Str last = str_format(scratch, "%.*s（%.*s）まで", STR(date_era_text(scratch, dose->last)),
                              STR(date_weekday_text(dose->last)));
        pen_text(pen, (Ink){FACE_BODY_BOLD, 10.5}, 139, 53.4, last);
    }
    bool three = str_equal(dose->path, S("3dose")) && kept->position->interval_three.len;
    Str interval = three ? kept->position->interval_three : kept->position->interval;
    char iso[DAY_TEXT_SIZE];
    if (interval.len)
        pen_text_within(
            pen, (Ink){FACE_BODY, 7.5}, 139, 57.8, 55,
            str_format(scratch, "%.*s：%sから", STR(interval), day_text(dose->earliest, iso)));
}

static void put_code(Drawing *drawing, const KeptPerson *person, Arena *scratch)
{
    Pen *pen = &drawing->pen;
    const Nw7 *code = &drawing->numbers[person->sequence - 1];
    double width = code->dots * MM_PER_DOT;
    pen_nw7(pen, 166 - width / 2, 23.6, code);
    Str digits = number_in_groups(scratch, person->snapshot.who);
    pen_text(pen, (Ink){FACE_FORM, 8, ALIGN_CENTRE, .once = true}, 166, 37.6,
             str_format(scratch, "%.*s-%c", STR(digits), code->contents[16]));
}

void screening_person(Drawing *drawing, const KeptPerson *person, const Sheet *sheet, Arena scratch)
{
    const KeptDose *kept = &person->doses[sheet->dose];
    Pen *pen = &drawing->pen;
    pen_text(pen, (Ink){FACE_BODY_BOLD, 14, ALIGN_RIGHT}, 151, 14.8, kept->position->label);
    pen_text(pen, (Ink){FACE_BODY, 7.5}, 43, 18.6, kept->vaccine->disease);
    pen_text(pen, (Ink){FACE_BODY, 7.5, ALIGN_RIGHT}, 151, 18.6, kept->form->audience);
    put_names(drawing, person, &scratch);
    put_birth(pen, &person->snapshot, kept->dose.earliest, &scratch);
    put_address(drawing, person);
    put_code(drawing, person, &scratch);
    put_period(pen, kept, &scratch);
}

void screening_back(Drawing *drawing, Pen *pen)
{
    const ScreeningWords *words = &drawing->forms->screening;
    pen_text(pen, (Ink){FACE_BODY_BOLD, 14, ALIGN_CENTRE}, PAGE_W / 2, 24, words->back_title);
    double y = 33;
    for (int i = 0; i < words->back.count; i++) {
        y = pen_paragraph(pen, (Ink){FACE_BODY_BOLD, 11.5}, left, y, right - left, 6.4,
                          words->back.at[i].title);
        y = pen_paragraph(pen, (Ink){FACE_BODY, 11}, left + 4, y, right - left - 4, 6.4,
                          words->back.at[i].text);
        y += 4;
    }
}
