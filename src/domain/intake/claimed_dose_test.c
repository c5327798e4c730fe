// Every spelling of files.md 3, and what agrees with the engine (immunization.md 6.1 step 10).
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "claimed_dose.h"

static void every_spelling_is_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        ClaimedDose claim;
    } cases[] = {
        {"1回目", {CLAIMED_NUMBER, 1}},
        {"２回目", {CLAIMED_NUMBER, 2}},
        {"3回", {CLAIMED_NUMBER, 3}},
        {"４回", {CLAIMED_NUMBER, 4}},
        {"2", {CLAIMED_NUMBER, 2}},
        {"１", {CLAIMED_NUMBER, 1}},
        {"10", {CLAIMED_NUMBER, 10}},
        {"初回1", {CLAIMED_PRIMARY, 1}},
        {"初回２", {CLAIMED_PRIMARY, 2}},
        {"初回3回目", {CLAIMED_PRIMARY, 3}},
        {"初回３回目", {CLAIMED_PRIMARY, 3}},
        {"追加", {CLAIMED_BOOSTER}},
        {"1期初回1", {CLAIMED_PRIMARY, 1, 1}},
        {"１期初回２", {CLAIMED_PRIMARY, 2, 1}},
        {"1期初回2回目", {CLAIMED_PRIMARY, 2, 1}},
        {"1期2回目", {CLAIMED_NUMBER, 2, 1}},
        {"１期１回目", {CLAIMED_NUMBER, 1, 1}},
        {"1期追加", {CLAIMED_BOOSTER, 0, 1}},
        {"１期追加", {CLAIMED_BOOSTER, 0, 1}},
        {"1期", {CLAIMED_NOTHING, 0, 1}},
        {"２期", {CLAIMED_NOTHING, 0, 2}},
        {"3期", {CLAIMED_NOTHING, 0, 3}},
        {"4期", {CLAIMED_NOTHING, 0, 4}},
        {"５期", {CLAIMED_NOTHING, 0, 5}},
        {"2期1回目", {CLAIMED_NUMBER, 1, 2}},
        {" 1期　初回 1 回目 ", {CLAIMED_PRIMARY, 1, 1}},
    };
    for (int i = 0; i < countof(cases); i++) {
        ClaimedDose claim = {0};
        if (!claimed_dose_parse(str_of(cases[i].text), &claim)) fail_msg("%s", cases[i].text);
        assert_int_equal(claim.kind, cases[i].claim.kind);
        assert_int_equal(claim.number, cases[i].claim.number);
        assert_int_equal(claim.period, cases[i].claim.period);
    }
}

static void other_spellings_are_not_guessed(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",           "　",
        "初回",       "回目",
        "0回目",      "100回目",
        "0期",        "1期初回",
        "追加1",      "目",
        "2目",        "二回目",
        "1回目目",    "期",
        "1期2期",     "最終",
        "ブースター", "100期",
        "1\xFF",      "-1",
        "1.5",        "１期追加接種済みのため二回分をまとめて請求します",
    };
    for (int i = 0; i < countof(cases); i++) {
        ClaimedDose claim = {CLAIMED_BOOSTER, 7, 7};
        if (claimed_dose_parse(str_of(cases[i]), &claim)) fail_msg("%s", cases[i]);
        assert_int_equal(claim.number, 7);  // untouched
    }
}

static void a_claim_agrees_with_the_engine_in_every_part_it_writes(void **state)
{
    (void)state;
    static const DosePlace first_of_dpt = {1, S("P1"), 1}, third_of_dpt = {1, S("P3"), 3},
                           booster_of_dpt = {1, S("B"), 4}, first_rota = {0, S("1"), 1},
                           dt2 = {2, S("1"), 1}, rub5 = {5, S("1"), 1}, je1 = {1, S("P2"), 2},
                           sixth = {6, S("1"), 1};
    static const struct {
        const char *claim;
        const DosePlace *place;
        bool agrees;
    } cases[] = {
        {"1回目", &first_of_dpt, true},
        {"2回目", &first_of_dpt, false},
        {"初回1", &first_of_dpt, true},
        {"初回2", &first_of_dpt, false},
        {"追加", &first_of_dpt, false},
        {"1期初回1", &first_of_dpt, true},
        {"2期初回1", &first_of_dpt, false},
        {"1期初回2", &first_of_dpt, false},
        {"1期1回目", &first_of_dpt, true},
        {"3", &third_of_dpt, true},
        {"4回目", &booster_of_dpt, true},
        {"追加", &booster_of_dpt, true},
        {"1期追加", &booster_of_dpt, true},
        {"2期追加", &booster_of_dpt, false},
        {"1期4回目", &booster_of_dpt, true},
        {"初回1", &booster_of_dpt, false},
        {"1回目", &first_rota, true},
        {"初回1", &first_rota, false},
        {"1期", &first_rota, false},
        {"2期", &dt2, true},
        {"1期", &dt2, false},
        {"2期1回目", &dt2, true},
        {"2期2回目", &dt2, false},
        {"5期", &rub5, true},
        {"1期", &je1, true},
        {"1期初回2", &je1, true},
        {"1期", &first_of_dpt, true},
        {"5期", &dt2, false},
        {"6期", &sixth, true},  // a period of tomorrow
    };
    for (int i = 0; i < countof(cases); i++) {
        ClaimedDose claim;
        assert_true(claimed_dose_parse(str_of(cases[i].claim), &claim));
        if (claimed_dose_agrees(claim, *cases[i].place) != cases[i].agrees)
            fail_msg("%s, %d %.*s", cases[i].claim, cases[i].place->period,
                     STR(cases[i].place->position));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_spelling_is_read),
        cmocka_unit_test(other_spellings_are_not_guessed),
        cmocka_unit_test(a_claim_agrees_with_the_engine_in_every_part_it_writes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
