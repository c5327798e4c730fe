// Which of two forecasts a case is compared with.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cdsi_score.h"

enum { POX, OTHER };

static MergedAssessment forecast_from(int merge, SeriesKind kind, Day earliest)
{
    return (MergedAssessment){.merge = merge,
                              .kind = kind,
                              .status = STATUS_DUE,
                              .has_next = true,
                              .number = 1,
                              .earliest = earliest,
                              .recommended = earliest + 30,
                              .past_due = DAY_NONE};
}

static CdsiCase case_from(Day earliest)
{
    return (CdsiCase){.merge = POX,
                      .status = S("Not Complete"),
                      .number = 1,
                      .earliest = earliest,
                      .recommended = earliest + 30,
                      .past_due = DAY_NONE};
}

static CdsiScore score_of(Day wanted, const MergedAssessment *merged, int count)
{
    CdsiCase of = case_from(wanted);
    Assessment answer = {.merged = merged, .merged_count = count};
    return cdsi_score(NULL, &of, &answer);
}

static void either_of_two_forecasts_may_be_the_one_a_case_shows(void **state)
{
    (void)state;
    MergedAssessment both[] = {forecast_from(POX, SERIES_RISK, 100),
                               forecast_from(POX, SERIES_STANDARD, 200),
                               forecast_from(OTHER, SERIES_STANDARD, 300)};
    assert_true(cdsi_score_all(score_of(100, both, 3)));
    assert_true(cdsi_score_all(score_of(200, both, 3)));
    assert_false(cdsi_score_all(score_of(300, both, 3)));  // another group's
}

// Two halves do not make a whole: one forecast must meet every field.
static void the_fields_of_two_forecasts_are_not_mixed(void **state)
{
    (void)state;
    MergedAssessment both[] = {forecast_from(POX, SERIES_RISK, 100),
                               forecast_from(POX, SERIES_STANDARD, 200)};
    both[0].recommended = 230;
    both[1].recommended = 130;
    CdsiScore score = score_of(100, both, 2);
    assert_true(score.status);
    assert_false(score.dates);
}

static void a_group_without_a_forecast_meets_nothing(void **state)
{
    (void)state;
    assert_false(score_of(100, NULL, 0).status);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(either_of_two_forecasts_may_be_the_one_a_case_shows),
        cmocka_unit_test(the_fields_of_two_forecasts_are_not_mixed),
        cmocka_unit_test(a_group_without_a_forecast_meets_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
