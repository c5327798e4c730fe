// SPDX-License-Identifier: Apache-2.0
#include "fact_check.h"

#include <assert.h>

#include "dates.h"

bool recognised_by_now(const PersonFile *file, const FactRow *fact, Error *err)
{
    char day[DAY_TEXT_SIZE];
    if (fact->recognised_on == DAY_NONE || fact->recognised_on <= file->ledger->act->business_day) return true;
    return FAIL(err, E_CONFLICT, .item = S("認定日"),
                .value = str_copy(file->arena, str_of(day_text(fact->recognised_on, day))),
                .words = S("認定日がまだ来ていない日です。認定した日をお確かめください。"));
}

// ---- which dose

static bool dose_refused(const FactRow *fact, Str words, Error *err)
{
    return FAIL(err, E_NOT_FOUND, .item = S("値"), .value = fact->value, .words = words);
}

// The product as the ledger codes it, or by any name that the rules know.
static bool product_meant(const PersonFile *file, const DoseRow *dose, Str written)
{
    const Ledger *ledger = file->ledger;
    DaySpan given;
    if (!written.len || str_equal(written, ledger->products.code_of[dose->product_no])) return true;
    int32_t rule = ledger->products.rule_of[dose->product_no];
    Day day = partial_date_span(dose->given_on, &given) ? given.last : DAY_MIN;
    return rule != PRODUCT_NONE &&
           product_find(ledger->schedule, written, DAY_MIN, day, *file->arena) == rule;
}

bool accepted_dose_find(const PersonFile *file, const DoseRows *doses, FactRow *fact, Error *err)
{
    assert(fact_accepts(fact));
    Cut said = str_cut(fact->value, ' ');
    const DoseRow *found = NULL;
    PartialDate day;
    if (!date_parse(said.head, &day, NULL, err)) return false;
    VEC_EACH (const DoseRow, dose, *doses) {
        if (!partial_date_equal(dose->given_on, day) || !product_meant(file, dose, said.tail))
            continue;
        if (found)
            return dose_refused(
                fact,
                S("その日の接種がいくつもあります。「2024-05-10 製剤の記号」のように、日付の後に"
                  "空白を入れて製剤を入力してください。"),
                err);
        found = dose;
    }
    if (!found)
        return dose_refused(fact,
                            S("その日の接種が台帳にありません。先に接種の記録を登録し、接種日を"
                              "お確かめください。"),
                            err);
    if (found->provenance == PROVENANCE_GUARDIAN)
        return dose_refused(fact,
                            S("申告だけの接種は認められません。母子健康手帳などの記録で登録し直して"
                              "ください。"),
                            err);
    fact->value = fact_accepted_value(file->arena, found->given_on,
                                      file->ledger->products.code_of[found->product_no]);
    return true;
}

// ---- of whom a date may be said

static Str fit_words(const PersonFile *file, int rule)
{
    FactWhose whose = fact_whose(file->ledger->schedule, rule);
    return str_format(file->arena,
                      "この人の年齢では考えられない日です（%.*sは、その日に%d歳から%d歳まで）。宛名番号と日付をお確かめください。",
                      STR(whose.words), whose.age_first, whose.age_last);
}

bool date_fits(PersonFile *file, const PersonRow *person, const FactRow *fact, int rule, Day date,
               Error *err)
{
    assert(rule != FACT_NONE);
    assert(date != DAY_NONE);
    DaySpan born;
    const Ledger *ledger = file->ledger;
    if (!partial_date_span(person->birth, &born)) return true;
    FactFit fit = fact_fit(ledger->schedule, rule, born, subject_sex(person->sex), date);
    if (fit == FACT_OF_NO_SUCH_AGE)
        return FAIL(err, E_CONFLICT, .item = S("値"), .value = fact->value, .words = fit_words(file, rule));
    if (date - fact_span_days(ledger->schedule, rule) > ledger->act->business_day)
        return FAIL(err, E_CONFLICT, .item = S("値"), .value = fact->value,
                    .words = str_format(file->arena, "%.*sとしては先すぎる日です。日付をお確かめください。",
                                        STR(fact_name(ledger->schedule, rule))));
    if (fit == FACT_OF_ANOTHER_SEX)
        person_file_warn(file, S("値"), S("W403"),
                         str_format(file->arena,
                                    "この人の性別は、住民記録では%.*sに合いません。人違いでないか、性別をお確かめください。",
                                    STR(fact_whose(ledger->schedule, rule).words)));
    return true;
}

// ---- a circumstance that met no window

static Str day_words(Arena *arena, Day day)
{
    return date_both_text(arena, day);
}

static Str missed_words(const PersonFile *file, const Case *c, int group, const FactRow *fact)
{
    Arena *arena = file->arena;
    Str name = group_name(file->ledger->schedule, group);
    Day before = case_last_target(c, group, (DaySpan){DAY_MIN, fact->began - 1}, *arena);
    if (before != DAY_NONE)
        return str_format(
            arena,
            "%.*sの対象の期間は%.*sに終わっていて、この事情はその後に始まっています。何も"
            "延長されません。開始日と対象をお確かめください。",
            STR(name), STR(day_words(arena, before)));
    bool later =
        fact->ended != DAY_NONE &&
        case_last_target(c, group, (DaySpan){fact->ended + 1, DAY_MAX}, *arena) != DAY_NONE;
    if (later)
        return str_format(arena,
                          "%.*sの対象の期間は、この事情が%.*sに終わった後に始まります。何も延長され"
                          "ません。終了日と対象をお確かめください。",
                          STR(name), STR(day_words(arena, fact->ended)));
    return str_format(arena,
                      "この人が%.*sの対象であった日はありません。何も延長されません。対象をお確かめ"
                      "ください。",
                      STR(name));
}

// It met the window, and the age to which the law lengthens it was over first.
static Str too_old_words(const PersonFile *file, int group, const FactRow *fact)
{
    return str_format(
        file->arena,
        "%.*sは、この事情が終わった%.*sには、延長できる年齢を過ぎています。何も延長され"
        "ません。終了日と対象をお確かめください。",
        STR(group_name(file->ledger->schedule, group)), STR(day_words(file->arena, fact->ended)));
}

void circumstance_mind(PersonFile *file, const PersonRow *person, const DoseRows *doses,
                       const FactRows *facts, const FactRow *fact)
{
    assert(fact->began != DAY_NONE);
    const Ledger *ledger = file->ledger;
    PersonRows rows = {person->birth, person->sex, doses->at,
                       doses->count,  facts->at,   facts->count};
    Case c = case_of(&ledger->judge, &rows, ledger->act->business_day, file->arena);
    int group = group_find(ledger->schedule, fact->subject);
    Day until = fact->ended == DAY_NONE ? DAY_MAX : fact->ended;
    DaySpan lasted = {fact->began, until};
    DaySpan opens;
    if (case_last_target(&c, group, lasted, *file->arena) == DAY_NONE)
        person_file_warn(file, S("対象"), S("W401"), missed_words(file, &c, group, fact));
    else if (fact->ended != DAY_NONE &&
             !case_opens(&c, fact, ledger->act->business_day, &opens, *file->arena))
        person_file_warn(file, S("終了日"), S("W402"), too_old_words(file, group, fact));
}
