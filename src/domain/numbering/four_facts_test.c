// Two records of one person, and of two people who are nearly the same. Proves F8 of linkage.md 13.
// SPDX-License-Identifier: Apache-2.0
#include "four_facts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static Arena arena;

static FourFacts hanako(void)
{
    return (FourFacts){S("タカハシ　ハナコ"), {2024, 2, 29}, 2, S("北九州市小倉北区馬借二丁目６番１号")};
}

static void what_two_offices_write_alike_agrees(void **state)
{
    (void)state;
    FourFacts a = hanako(), b = hanako();
    assert_int_equal(facts_missing(&a), 0);
    b.kana = S("ﾀｶﾊｼ ﾊﾅｺ");
    b.address = S("北九州市小倉北区 馬借二丁目6番1号");
    assert_int_equal(facts_differ(&a, &b, arena), 0);
}

// Each alone is enough: twins differ in kana alone, a namesake next door in the address alone.
static void each_fact_alone_keeps_two_people_apart(void **state)
{
    (void)state;
    static const struct {
        FourFacts other;
        int differ;
    } rows[] = {
        {{S("タカハシ　ハナエ"), {2024, 2, 29}, 2, S("北九州市小倉北区馬借二丁目６番１号")}, FACT_KANA},
        {{S("タカハシ　ハナコ"), {2024, 2, 28}, 2, S("北九州市小倉北区馬借二丁目６番１号")}, FACT_BIRTH},
        {{S("タカハシ　ハナコ"), {2024, 2, 29}, 1, S("北九州市小倉北区馬借二丁目６番１号")}, FACT_SEX},
        {{S("タカハシ　ハナコ"), {2024, 2, 29}, 2, S("北九州市小倉北区馬借二丁目６番２号")}, FACT_ADDRESS},
    };
    FourFacts a = hanako();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(facts_differ(&a, &rows[i].other, arena), rows[i].differ);
}

static void what_is_not_known_never_agrees(void **state)
{
    (void)state;
    FourFacts nothing = {0}, vague = hanako();
    assert_int_equal(facts_missing(&nothing), FACTS_ALL);
    assert_int_equal(facts_differ(&nothing, &nothing, arena), FACTS_ALL);
    vague.birth = (PartialDate){2024, 2, 0};
    vague.sex = 9;
    assert_int_equal(facts_differ(&vague, &vague, arena), FACT_BIRTH | FACT_SEX);
    assert_true(str_equal(facts_words(FACT_KANA | FACT_ADDRESS, &arena), S("氏名カナ、住所")));
    assert_true(str_equal(facts_words(FACT_SEX, &arena), S("性別")));
}

int main(void)
{
    arena = arena_reserve(1 << 24);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_two_offices_write_alike_agrees),
        cmocka_unit_test(each_fact_alone_keeps_two_people_apart),
        cmocka_unit_test(what_is_not_known_never_agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
