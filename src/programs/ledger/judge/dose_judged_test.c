// The verdict that is kept beside a dose: its series and position, why it does not count, as which kind it was given.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "dose_judged.h"
#include "judged_case_test.h"

static DoseJudged judged(const JudgedHouse *h, const JudgedPerson *person, ptrdiff_t place, const char *date)
{
    Case c = case_on(h, person, date);
    return dose_judged(&h->judge, &c, &person->doses[place], place, day(date), &h->house->arena);
}

static void assert_text(Str is, const char *expected)
{
    if (!str_equal(is, str_of(expected))) fail_msg("%.*s instead of %s", STR(is), expected);
}

static void a_dose_in_its_time_is_kept_with_series_and_position(void **state)
{
    JudgedPerson child;
    const JudgedHouse *h = *state;
    born(&child, "2024-04-10", 1);
    given(&child, h, "MR", "2025-05-01");
    DoseJudged found = judged(h, &child, 0, "2025-05-01");
    assert_non_null(found.verdict);
    assert_int_equal(found.kept.status, DOSE_VALID);
    assert_text(found.kept.series, "MR1");
    assert_text(found.kept.position, "1");
    assert_text(found.kept.reasons, "");
    assert_int_equal(found.kept.legal_class, LEGAL_ROUTINE_A);
    assert_int_equal(found.ordinal, 1);
    assert_true(found.routine);
    assert_false(found.date_partial);
}

static void a_dose_before_its_time_says_why_it_does_not_count(void **state)
{
    JudgedPerson child;
    const JudgedHouse *h = *state;
    born(&child, "2024-04-10", 1);
    given(&child, h, "MR", "2025-04-08");  // one day before the first birthday is reached
    DoseJudged found = judged(h, &child, 0, "2025-04-08");
    assert_int_equal(found.kept.status, DOSE_INVALID);
    assert_true(found.kept.reasons.len > 0);
    // The eve of the birthday is its first day (年齢計算ニ関スル法律).
    child.doses[0].given_on = written("2025-04-09");
    assert_int_equal(judged(h, &child, 0, "2025-04-09").kept.status, DOSE_VALID);
}

static void who_pays_says_as_what_it_was_given(void **state)
{
    JudgedPerson child;
    const JudgedHouse *h = *state;
    born(&child, "2024-04-10", 1);
    DoseRow *dose = given(&child, h, "MR", "2025-05-01");
    dose->funding = FUNDING_VOLUNTARY;
    assert_int_equal(judged(h, &child, 0, "2025-05-01").kept.legal_class, LEGAL_VOLUNTARY);
    dose->funding = FUNDING_INSURANCE;
    assert_int_equal(judged(h, &child, 0, "2025-05-01").kept.legal_class, LEGAL_INSURANCE);
}

static void a_dose_of_nobodys_routine_is_voluntary(void **state)
{
    JudgedPerson grown;
    const JudgedHouse *h = *state;
    born(&grown, "1995-04-10", 1);
    given(&grown, h, "BCG", "2025-05-01");
    DoseJudged found = judged(h, &grown, 0, "2025-05-01");
    assert_int_equal(found.kept.legal_class, LEGAL_VOLUNTARY);
}

static void a_dose_from_abroad_is_voluntary_and_may_count(void **state)
{
    JudgedPerson child;
    const JudgedHouse *h = *state;
    born(&child, "2024-04-10", 1);
    given(&child, h, "CVX 03", "2025-05-01")->provenance = PROVENANCE_FOREIGN;
    DoseJudged found = judged(h, &child, 0, "2025-05-01");
    assert_int_equal(found.kept.legal_class, LEGAL_VOLUNTARY);
    assert_text(found.kept.series, "MR1");
}

// Born on the 1st of the month the dose was late by days, on the 30th it was in time: nobody says which.
static void where_the_day_of_birth_tips_it_both_readings_are_told(void **state)
{
    JudgedPerson child;
    const JudgedHouse *h = *state;
    born(&child, "2024-04-00", 1);
    given(&child, h, "MR", "2025-04-15");
    DoseJudged found = judged(h, &child, 0, "2025-04-15");
    assert_true(found.date_partial);
    assert_null(found.verdict);
    assert_true(found.routine);
    assert_true(str_starts(found.kept.reasons, S("DATE_PARTIAL 2024-04-01:valid 2024-04-30:invalid/")));
    assert_int_equal(found.kept.legal_class, LEGAL_ROUTINE_A);
    // In the middle of the year every day of the month gives the same.
    child.doses[0].given_on = written("2025-08-15");
    found = judged(h, &child, 0, "2025-08-15");
    assert_false(found.date_partial);
    assert_int_equal(found.kept.status, DOSE_VALID);
}

static void a_year_alone_is_no_birth_date_to_judge_by(void **state)
{
    JudgedPerson child;
    const JudgedHouse *h = *state;
    born(&child, "2024-00-00", 1);
    given(&child, h, "MR", "2025-12-31");
    DoseJudged found = judged(h, &child, 0, "2025-12-31");
    assert_true(found.date_partial);
    assert_text(found.kept.reasons, "DATE_PARTIAL");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dose_in_its_time_is_kept_with_series_and_position),
        cmocka_unit_test(a_dose_before_its_time_says_why_it_does_not_count),
        cmocka_unit_test(who_pays_says_as_what_it_was_given),
        cmocka_unit_test(a_dose_of_nobodys_routine_is_voluntary),
        cmocka_unit_test(a_dose_from_abroad_is_voluntary_and_may_count),
        cmocka_unit_test(where_the_day_of_birth_tips_it_both_readings_are_told),
        cmocka_unit_test(a_year_alone_is_no_birth_date_to_judge_by),
    };
    return cmocka_run_group_tests(tests, judged_open, judged_close);
}
