// A fact at a screen: what there is to choose from, and the row that would say a stored one again.
// SPDX-License-Identifier: Apache-2.0
#include "fact_said.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rules_house.h"

static bool among(const char *const *words, const char *word)
{
    for (; *words; words++)
        if (!strcmp(*words, word)) return true;
    return false;
}

// "種類=接種拒否 開始日=2026-04-01": the items of the row in their order.
static void assert_says(House *h, PersonRowItems items, const char *expected)
{
    Text text = {0};
    VEC_EACH (const PersonRowItem, item, items)
        text_addf(&text, &h->arena, "%s%.*s=%.*s", text.len ? " " : "", STR(item->item), STR(item->value));
    Str is = text_str(&text);
    if (!str_equal(is, str_of(expected))) fail_msg("%.*s instead of %s", STR(is), expected);
}

static FactRow fact_of(const char *kind, const char *subject, const char *value)
{
    return (FactRow){.kind = str_of(kind),
                     .subject = str_of(subject),
                     .value = str_of(value),
                     .source = S("paper"),
                     .since = day("2026-04-01"),
                     .until = DAY_NONE,
                     .began = DAY_NONE,
                     .ended = DAY_NONE,
                     .recognised_on = DAY_NONE};
}

static void what_may_be_chosen_is_what_there_is(void **state)
{
    House *h = *state;
    const char *const *kinds = fact_kinds_to_choose(h->rules, &h->arena);
    for (ptrdiff_t i = 0; i < 4; i++)
        assert_true(among(kinds, ((const char *const[]){"接種拒否", "禁忌", "宛所不明", "医師が認めた接種"})[i]));
    for (int f = 0; f < fact_count(h->rules); f++)
        if (fact_replaced_by(h->rules, f) != FACT_NONE) assert_false(among(kinds, str_z(&h->arena, fact_name(h->rules, f))));
    const char *const *subjects = fact_subjects_to_choose(h->rules, &h->arena);
    assert_true(among(subjects, str_z(&h->arena, group_name(h->rules, group_find(h->rules, S("MR1"))))));
    assert_true(among(fact_causes_to_choose(&h->arena), "臓器移植"));
    const char *const *sources = fact_sources_to_choose(&h->arena);
    assert_true(among(sources, "医師の証明") && among(sources, "申出"));
    assert_false(among(sources, "理由書"));  // another word for the first
}

static void a_refusal_is_said_again_with_its_day(void **state)
{
    House *h = *state;
    FactRow fact = fact_of("refusal", "MR1", "1");
    fact.source = S("word");
    assert_says(h, fact_again(h->rules, &fact, &h->arena), "種類=接種拒否 対象=麻しん風しん 第1期 開始日=2026-04-01 根拠=申出");
    assert_false(fact_has_value(h->rules, &fact));
    fact.until = day("2026-09-30");
    assert_says(h, fact_again(h->rules, &fact, &h->arena),
                "種類=接種拒否 対象=麻しん風しん 第1期 開始日=2026-04-01 終了日=2026-09-30 根拠=申出");
}

static void a_day_of_birth_to_come_is_a_value_that_may_be_another(void **state)
{
    House *h = *state;
    FactRow fact = fact_of("edd", "", "2026-12-24");
    assert_true(fact_has_value(h->rules, &fact));
    fact.recognised_on = day("2026-05-01");
    fact.recognised_by = S("健康課");
    Str kind = fact_name(h->rules, fact_find(h->rules, S("edd")));
    assert_says(h, fact_again(h->rules, &fact, &h->arena),
                str_z(&h->arena, str_format(&h->arena, "種類=%.*s 開始日=2026-04-01 値=2026-12-24 認定日=2026-05-01 認定者=健康課 根拠=書類", STR(kind))));
}

static void a_special_circumstance_says_its_own_days_and_its_reason(void **state)
{
    House *h = *state;
    FactRow fact = fact_of("special_circumstance", "JE1", "illness");
    fact.began = day("2022-01-01");
    fact.ended = day("2026-08-31");
    fact.since = day("2026-09-10");
    PersonRowItems items = fact_again(h->rules, &fact, &h->arena);
    int days = 0;
    Str told = {0};
    VEC_EACH (const PersonRowItem, item, items) {
        assert_false(str_equal(item->item, S("値")));
        if (str_equal(item->item, S("理由"))) told = item->value;
        days += str_equal(item->item, S("開始日")) && str_equal(item->value, S("2022-01-01"));
        days += str_equal(item->item, S("終了日")) && str_equal(item->value, S("2026-08-31"));
    }
    assert_int_equal(days, 2);
    assert_true(str_equal(told, S("疾病")));
}

static void what_is_withdrawn_is_named_and_nothing_more(void **state)
{
    House *h = *state;
    FactRow fact = fact_of("contraindication", "MR1", "1");
    assert_says(h, fact_withdrawn(h->rules, &fact, &h->arena), "種類=禁忌 対象=麻しん風しん 第1期 開始日=2026-04-01 取消=1");
    fact = fact_of("physician_accepts", "MR1", "2025-03-01 MR");
    assert_says(h, fact_withdrawn(h->rules, &fact, &h->arena),
                "種類=医師が認めた接種 対象=麻しん風しん 第1期 値=2025-03-01 MR 取消=1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_may_be_chosen_is_what_there_is),
        cmocka_unit_test(a_refusal_is_said_again_with_its_day),
        cmocka_unit_test(a_day_of_birth_to_come_is_a_value_that_may_be_another),
        cmocka_unit_test(a_special_circumstance_says_its_own_days_and_its_reason),
        cmocka_unit_test(what_is_withdrawn_is_named_and_nothing_more),
    };
    return cmocka_run_group_tests(tests, house_open, house_close);
}
