// 予診票 (forms.md 6.2): one leaf per dose; the words of each vaccine and group are in the data.
// SPDX-License-Identifier: Apache-2.0
#include "sheet.h"

#include "bars.h"
#include "calendar.h"
#include "dates.h"
#include "dose_words.h"
#include "hatch.h"

#include <assert.h>

static const double left = 15, right = 195;
// 太枠: what the guardian fills in, and nothing else (the back explains the form by it).
static const double bold = 0.8, thin = 0.3;

static void put_band(Drawing *drawing, Pen *pen, const KeptDose *kept, Str part, int part_no)
{
    const VaccineWords *vaccine = kept->vaccine;
    const Box band = {5, 8.5, 200, 12};
    pen_hatch(pen, band, vaccine->hatch, vaccine->lightness);

    const Box mark = {15, 9.5, 24, 10};
    pen_fill(pen, mark, 1);
    pen_frame(pen, mark, 0.7);
    pen_text(pen, (Ink){FACE_FORM_BOLD, 20, ALIGN_CENTRE}, mark.x + mark.w / 2, 17.2,
             vaccine->mark);

    const Box title = {41, 9.5, 112, 10};
    pen_fill(pen, title, 1);
    Arena *arena = drawing->arena;
    Str special = kept->special ? drawing->forms->screening.special : (Str){0};
    double room = 106 - fonts_width(pen->fonts, FACE_BODY_BOLD, 14, kept->position->label);
    pen_text_within(pen, (Ink){FACE_BODY_BOLD, 14}, 43, 14.6, room,
                    str_join(arena, kept->name, special));
    const Box version = {155, 9.5, 40, 10};
    pen_fill(pen, version, 1);
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
    static const double rules[] = {29, 32.8, 40.2, 44.6, 52};
    static const struct {
        double y;
        const char *text;
    } labels[] = {
        {27.5, "整理番号"}, {31.9, "フリガナ"}, {37.4, "氏名"}, {43.3, "生年月日"}, {49.2, "住所"}};
    const Box frame = {left, 24, 118, 34};
    pen_frame(pen, frame, thin);
    for (int i = 0; i < countof(rules); i++) pen_across(pen, left, rules[i], frame.w, 0.2);
    pen_down(pen, 31, frame.y, frame.h, 0.2);
    for (int i = 0; i < countof(labels); i++)
        pen_text(pen, (Ink){FACE_FORM, 8, ALIGN_CENTRE}, 23, labels[i].y, str_of(labels[i].text));
    pen_text(pen, (Ink){FACE_FORM, 7.5, ALIGN_CENTRE}, 23, 56.1, contact);
    pen_down(pen, 88, 52, 6, 0.2);
    pen_text(pen, (Ink){FACE_FORM, 7.5}, 89, 56.1, S("電話"));
    pen_frame(pen, (Box){left, 52, frame.w, 6}, bold);
}

static void put_period_frame(Pen *pen)
{
    pen_frame(pen, (Box){137, 42, 58, 16}, thin);
    pen_text(pen, (Ink){FACE_FORM_BOLD, 7.5}, 138.2, 45.2, S("受けられる期間"));
}

static void put_temperature(Pen *pen, const ScreeningWords *words)
{
    const Box frame = {left, 60, 180, 8};
    pen_frame(pen, frame, thin);
    pen_text(pen, (Ink){FACE_FORM, 9.5}, 18, pen_middle(frame.y, frame.h, 9.5), words->temperature);
}

typedef struct QuestionRows {
    const Question *at[24];
    int lines[24];
    int count, line_count, sub_count;
} QuestionRows;

static const double sub_indent = 6;

static void add_question(QuestionRows *rows, Pen *pen, const Question *question)
{
    assert(rows->count < countof(rows->at));
    double width = question->sub ? 109 - sub_indent : 109;
    int lines = pen_paragraph_lines(pen, (Ink){FACE_FORM, 9}, width, question->text);
    rows->at[rows->count] = question;
    rows->lines[rows->count++] = lines;
    rows->line_count += lines;
    rows->sub_count += question->sub;
}

static QuestionRows rows_of(Drawing *drawing, Pen *pen, const KeptDose *kept)
{
    QuestionRows rows = {0};
    for (int i = 0; i < kept->form->question_count; i++) {
        const Question *asked = &kept->form->questions[i];
        if (asked->under && kept->age >= asked->under) continue;
        if (!asked->extra) {
            add_question(&rows, pen, asked);
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

// A question of its own line with はい and いいえ; what hangs on the one above stands in from the left, under
// no rule.
static void put_question(Pen *pen, const ScreeningWords *words, const Question *question, double y,
                         double row, double air)
{
    static const double line = 3.4;
    double x = left + 2, width = 109;
    if (question->sub) {
        pen_text(pen, (Ink){FACE_FORM, 9}, x + 2, y + air / 2 + 2.9, S("└"));
        x += sub_indent;
        width -= sub_indent;
    }
    pen_paragraph(pen, (Ink){FACE_FORM, 9}, x, y + air / 2 + 0.1, width, line, question->text);
    Str yes = question->yes.len ? question->yes : words->yes;
    Str no = question->no.len ? question->no : words->no;
    pen_text(pen, (Ink){FACE_FORM, 9.5, ALIGN_CENTRE}, 136, pen_middle(y, row, 9.5), yes);
    pen_text(pen, (Ink){FACE_FORM, 9.5, ALIGN_CENTRE}, 152, pen_middle(y, row, 9.5), no);
    if (!question->sub) pen_across(pen, left, y, 180, 0.2);
}

static void put_questions(Drawing *drawing, Pen *pen, const KeptDose *kept)
{
    static const double top = 69, height = 118, head = 5, line = 3.4, sub_air = 1.6;
    const ScreeningWords *words = &drawing->forms->screening;
    QuestionRows rows = rows_of(drawing, pen, kept);
    double air = (height - head - rows.line_count * line - rows.sub_count * sub_air) /
                 (rows.count - rows.sub_count);

    pen_fill(pen, (Box){left, top, 180, head}, 0.88);
    static const double middles[] = {71, 144, 178};
    for (int i = 0; i < 3; i++)
        pen_text(pen, (Ink){FACE_FORM_BOLD, 8.5, ALIGN_CENTRE}, middles[i],
                 pen_middle(top, head, 8.5), words->columns[i]);
    double y = top + head;
    for (int i = 0; i < rows.count; i++) {
        double above = rows.at[i]->sub ? sub_air : air, row = rows.lines[i] * line + above;
        put_question(pen, words, rows.at[i], y, row, above);
        y += row;
    }
    pen_down(pen, 127, top, height, 0.2);
    pen_frame(pen, (Box){left, top, 180, height}, thin);
    pen_frame(pen, (Box){left, top, 146, height}, bold);
}

static void put_doctor(Pen *pen, const ScreeningWords *words)
{
    pen_frame(pen, (Box){left, 189, 180, 20}, thin);
    pen_text(pen, (Ink){FACE_FORM_BOLD, 8}, 17, 192.8, words->doctor.title);
    pen_text(pen, (Ink){FACE_FORM, 8.5}, 40, 192.8, words->doctor.decision);
    pen_text(pen, (Ink){FACE_FORM, 8}, 40, 197.6, words->doctor.explained);
    pen_text(pen, (Ink){FACE_FORM, 8}, 17, 206.2, words->doctor.reason);
    pen_frame(pen, (Box){56, 201.6, 8, 6.4}, 0.2);
    pen_text(pen, (Ink){FACE_FORM, 8}, 92, 206.2, words->doctor.sign);
    pen_across(pen, 124, 207.2, 68, 0.2);
}

static void put_consent(Pen *pen, const ConsentWords *consent)
{
    pen_frame(pen, (Box){left, 211, 180, 22}, bold);
    pen_text(pen, (Ink){FACE_FORM_BOLD, 8}, 17.4, 214.8, consent->title);
    pen_paragraph(pen, (Ink){FACE_FORM, 8.5}, 17.4, 215.8, 175.4, 3.7, consent->text);
    pen_text(pen, (Ink){FACE_FORM, 8.5}, 17.4, 231, S("　　　　　年　　　月　　　日"));
    pen_text(pen, (Ink){FACE_FORM, 8.5, ALIGN_RIGHT}, 120, 231, consent->sign);
    pen_across(pen, 122, 231.6, 70, 0.2);
}

// The sticker covers its frame, 60×25: nothing is printed inside but the hint that says so, above it.
static void put_lot(Pen *pen, const ScreeningWords *words, Str products)
{
    pen_text(pen, (Ink){FACE_FORM, 6.5}, 16, 237.6, words->dose.product);
    pen_paragraph(pen, (Ink){FACE_FORM, 7}, 16, 238.4, 59, 2.9, products);
    pen_text(pen, (Ink){FACE_FORM, 6.5, ALIGN_RIGHT}, 75, 247.3, words->dose.lot);
    pen_dashed_frame(pen, (Box){15.6, 247.9, 60, 25}, 0.2, 1.2);
}

static const Box dose_block = {15, 235, 120, 38.2};

static void put_dose_frame(Pen *pen, const ScreeningWords *words)
{
    static const double split = 76, row = 5.457;
    const Str labels[] = {words->dose.volume, words->dose.route, words->dose.day,
                          words->dose.expiry, words->dose.place, words->dose.doctor,
                          words->dose.code};
    pen_frame(pen, dose_block, thin);
    pen_down(pen, split, dose_block.y, dose_block.h, 0.2);
    for (int i = 0; i < countof(labels); i++) {
        double y = dose_block.y + i * row;
        if (i) pen_across(pen, split, y, 135 - split, 0.2);
        pen_text(pen, (Ink){FACE_FORM, 7}, split + 1, pen_middle(y, row, 7), labels[i]);
    }
    static const char *const written[] = {NULL, NULL, "　　　　年　　　月　　　日",
                                          "　　　　年　　　月　　　日"};
    for (int i = 2; i < countof(written); i++)
        pen_text(pen, (Ink){FACE_FORM, 8}, 97, pen_middle(dose_block.y + i * row, row, 8),
                 str_of(written[i]));
    for (int i = 0; i < 10; i++)
        pen_frame(pen, (Box){96.2 + 3.85 * i, dose_block.y + 6 * row + 0.4, 3.6, 4.6}, 0.2);
}

// What hangs on the product and on the age: this person's own.
static void put_products(Pen *pen, const ScreeningWords *words, const KeptDose *kept,
                         PartialDate birth, Day mailed_on, Arena *scratch)
{
    Day first = kept->dose.earliest > mailed_on ? kept->dose.earliest : mailed_on;
    put_lot(pen, words, dose_products_text(kept, scratch));
    pen_text_within(pen, (Ink){FACE_FORM, 8}, 96.5, dose_block.y + 3.8, 37.5,
                    dose_volumes_text(kept, birth, first, scratch));
    pen_text_within(pen, (Ink){FACE_FORM, 8}, 96.5, dose_block.y + 9.2, 37.5,
                    dose_routes_text(kept, birth, first, scratch));
}

static void put_claim(Pen *pen, const ScreeningWords *words)
{
    pen_frame(pen, (Box){137, 235, 58, 38.2}, thin);
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

// Key and layer depend on the same: series, part, words for who signs, what is named by the dose before.
Str screening_static_key(const KeptPerson *person, const Sheet *sheet, Arena *arena)
{
    const KeptDose *kept = &person->doses[sheet->dose];
    return str_format(arena, "form %.*s %d %.*s %d %d %.*s %.*s", STR(kept->dose.series),
                      sheet->part, STR(kept->variant->title), kept->age < 16, kept->special,
                      STR(kept->name), STR(kept->position->label));
}

void screening_static(Drawing *drawing, Pen *pen, const KeptPerson *person, const Sheet *sheet)
{
    const KeptDose *kept = &person->doses[sheet->dose];
    const ScreeningWords *words = &drawing->forms->screening;
    put_band(drawing, pen, kept, words->parts[sheet->part], sheet->part);
    put_person_frame(pen, kept->variant->contact);
    put_period_frame(pen);
    put_temperature(pen, words);
    put_questions(drawing, pen, kept);
    put_doctor(pen, words);
    const ConsentWords *consent = consent_words(drawing->forms, kept->variant->consent);
    assert(consent);
    put_consent(pen, consent);
    put_dose_frame(pen, words);
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
    pen_text(pen, (Ink){FACE_FORM, 9, .once = true}, 33, 43.3, text);
    if (age.len)
        pen_text(pen, (Ink){FACE_FORM, 8, ALIGN_RIGHT}, 132, 43.3,
                 str_format(scratch, "期間初日 %.*s", STR(age)));
}

static void put_sex(Pen *pen, PaperSex sex)
{
    pen_text(pen, (Ink){FACE_FORM, 10, ALIGN_CENTRE}, 117, 37.7, S("男"));
    pen_text(pen, (Ink){FACE_FORM, 10, ALIGN_CENTRE}, 121.5, 37.7, S("・"));
    pen_text(pen, (Ink){FACE_FORM, 10, ALIGN_CENTRE}, 126, 37.7, S("女"));
    if (sex != PAPER_SEX_UNKNOWN) pen_ring(pen, sex == PAPER_SEX_MALE ? 117 : 126, 36.4, 2.7, 0.3);
}

static void put_names(Drawing *drawing, const KeptPerson *person, Arena *scratch)
{
    Pen *pen = &drawing->pen;
    const PaperPerson *p = &person->snapshot;
    pen_text(pen, (Ink){FACE_FORM, 11, .once = true}, 33, 28, number_in_groups(scratch, p->who));
    Str kana = p->alias_first && p->alias.len ? p->alias_kana : p->name_kana;
    pen_text(pen, (Ink){FACE_RESIDENT, 8, .once = true}, 33, 31.9, kana);
    Ink ink = {FACE_RESIDENT, person->form_name.points, .stretch = person->form_name.stretch,
               .once = true};
    bool roman = p->alias_first && p->alias.len && p->name_roman.len;
    pen_text(pen, ink, 33, roman ? 36.8 : 38.3, person->name);
    if (roman) pen_text(pen, (Ink){FACE_RESIDENT, 8, .once = true}, 33, 39.7, p->name_roman);
    put_sex(pen, p->sex);
}

static void put_address(Drawing *drawing, const KeptPerson *person)
{
    Pen *pen = &drawing->pen;
    if (person->snapshot.is_protected) {
        pen_text(pen, (Ink){FACE_FORM, 9}, 33, 49.4, drawing->forms->screening.address_withheld);
        return;
    }
    const FittedLines *lines = &person->form_address;
    for (int i = 0; i < lines->count; i++)
        pen_text(pen, (Ink){FACE_RESIDENT, 9, .stretch = lines->stretch, .once = true}, 33,
                 (lines->count > 1 ? 47.8 : 49.4) + 3.4 * i, lines->lines[i]);
}

// A product that ends sooner than the last day above; else the right itself, which the box above need not show:
// a later dose begins later, and its products may end sooner.
static Str right_hint(const KeptDose *kept, const ScreeningWords *words, Arena *scratch)
{
    char first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
    Day end;
    Str products = dose_right_ends_text(kept, &end, scratch);
    if (products.len && end < kept->dose.last)
        return str_format(scratch, "%.*s%.*s%.*sまで", STR(products), STR(words->right[1]),
                          STR(date_era_text(scratch, end)));
    return str_format(scratch, "%.*s %s～%s", STR(words->right[0]),
                      day_text(kept->dose.right.first, first),
                      day_text(kept->dose.right.last, last));
}

// The last line: how long since the dose before, or where a product ends sooner than the others.
static Str period_hint(const KeptDose *kept, Arena *scratch)
{
    const PaperDose *dose = &kept->dose;
    Str interval = kept->position->interval;
    char iso[DAY_TEXT_SIZE];
    if (interval.len)
        return str_format(scratch, "%.*s：%sから", STR(interval), day_text(dose->earliest, iso));
    Text text = {0};
    for (int i = 0; i < dose->product_count; i++) {
        const PaperProduct *p = &dose->products[i];
        bool sooner = p->last_safe != DAY_NONE && p->last_safe < p->last;
        Day day = sooner ? p->last_safe : p->last;
        if (day == DAY_NONE || (day == dose->last && !sooner)) continue;
        Str choice = kept->products[i]->choice;
        ptrdiff_t bracket = str_find(choice, S("（"));
        text_addf(&text, scratch, "%s%.*sは%.*sまで", text.len ? "、" : "",
                  STR(bracket < 0 ? choice : str_first(choice, bracket)),
                  STR(date_era_text(scratch, day)));
    }
    return text_str(&text);
}

static Str measure_hint(const PaperDose *dose, const ScreeningWords *words, Arena *scratch)
{
    char first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
    return str_format(scratch, "%.*s%.*s %s～%s", STR(dose->measure), STR(words->measure),
                      day_text(dose->measured.first, first), day_text(dose->measured.last, last));
}

// Why the days above are not the ordinary ones, or how they hang on the dose before. Two reasons share the room of
// one line and the lines above move up.
static int period_hints(const KeptDose *kept, const ScreeningWords *words, Str hints[2],
                        Arena *scratch)
{
    const PaperDose *dose = &kept->dose;
    int count = 0;
    if (dose->reopened) hints[count++] = right_hint(kept, words, scratch);
    if (dose->measure.len) hints[count++] = measure_hint(dose, words, scratch);
    if (!count) hints[count++] = period_hint(kept, scratch);
    return count;
}

static void put_period(Pen *pen, const KeptDose *kept, const ScreeningWords *words, Arena *scratch)
{
    static const double x = 138.2, width = 55.8;
    const PaperDose *dose = &kept->dose;
    Str hints[2];
    char iso[DAY_TEXT_SIZE];
    assert(dose_periods_run(dose));
    int count = period_hints(kept, words, hints, scratch);
    double up = count > 1 ? 0.6 : 0;
    pen_text_within(pen, (Ink){FACE_BODY, 7.5, ALIGN_RIGHT}, x + width, 45.2 - up, width - 19.5,
                    str_format(scratch, "%.*sから", STR(date_both_text(scratch, dose->earliest))));
    if (dose->last != DAY_NONE) {
        Str last = str_format(scratch, "%.*s（%.*s）まで", STR(date_era_text(scratch, dose->last)),
                              STR(date_weekday_text(dose->last)));
        pen_text_within(pen, (Ink){FACE_BODY_BOLD, 11}, x, 49.7 - up, width, last);
        pen_text(pen, (Ink){FACE_BODY, 7.5}, x, 53 - 1.4 * up,
                 str_format(scratch, "（%s まで、当日を含む）", day_text(dose->last, iso)));
    }
    for (int i = 0; i < count; i++)
        pen_text_within(pen, (Ink){FACE_BODY, count > 1 ? 6.5 : 7.5}, x,
                        count > 1 ? 54.9 + 2.4 * i : 56.6, width, hints[i]);
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
    pen_text(pen, (Ink){FACE_BODY, 7.5}, 43, 18.6, kept->disease);
    double taken = fonts_width(pen->fonts, FACE_BODY, 7.5, kept->disease);
    pen_text_within(pen, (Ink){FACE_BODY, 7.5, ALIGN_RIGHT}, 151, 18.6, 106 - taken,
                    kept->variant->audience);
    put_names(drawing, person, &scratch);
    put_birth(pen, &person->snapshot, kept->dose.earliest, &scratch);
    put_address(drawing, person);
    put_code(drawing, person, &scratch);
    put_period(pen, kept, &drawing->forms->screening, &scratch);
    put_products(pen, &drawing->forms->screening, kept, person->snapshot.birth,
                 drawing->batch->mailed_on, &scratch);
}

void screening_back(Drawing *drawing, Pen *pen, const KeptDose *kept)
{
    const ScreeningWords *words = &drawing->forms->screening;
    pen_text(pen, (Ink){FACE_BODY_BOLD, 14, ALIGN_CENTRE}, PAGE_W / 2, 24, words->back_title);
    double y = 33;
    for (int i = 0; i < words->back.count; i++) {
        if (!section_for_doses(words->back.at[i].legal_class, kept, 1)) continue;
        y = pen_paragraph(pen, (Ink){FACE_BODY_BOLD, 11.5}, left, y, right - left, 6.4,
                          words->back.at[i].title);
        y = pen_paragraph(pen, (Ink){FACE_BODY, 11}, left + 4, y, right - left - 4, 6.4,
                          words->back.at[i].text);
        y += 4;
    }
}
