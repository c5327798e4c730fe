// SPDX-License-Identifier: Apache-2.0
#include "coverage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { MONTHS = 24, WARDS = 3 };

static Arena whole;

static int setup(void **state)
{
    (void)state;
    whole = arena_reserve(16 << 20);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(whole);
    return 0;
}

static void people(CoverageCount *count, int month, int ward, Status status, int how_many)
{
    const char letter = (char)('A' + status);
    coverage_add(count, &(CoveredPeople){month, ward, {&letter, 1}, how_many});
}

static CoverageCount *begin(Arena *arena)
{
    return coverage_begin(1, MONTHS, WARDS, arena);
}

static void the_cohort_is_the_last_year_in_which_hardly_anybody_is_still_in_time(void **state)
{
    (void)state;
    Arena arena = whole;
    CoverageCount *count = begin(&arena);
    for (int m = 0; m < MONTHS; m++) people(count, m, 0, m < 20 ? STATUS_COMPLETE : STATUS_NOT_YET, 20);
    people(count, 19, 0, STATUS_DUE, 4);         // four of 24
    people(count, 20, 0, STATUS_COMPLETE, 80);   // twenty of 100
    Coverages found = coverage_end(count, &arena);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.at[0].first_month, 19 - 11);
    assert_int_equal(found.at[0].all.people, 244);
    assert_int_equal(found.at[0].all.done, 240);
}

static void what_nobody_has_finished_is_not_theirs(void **state)
{
    (void)state;
    Arena arena = whole;
    CoverageCount *count = begin(&arena);
    for (int m = 0; m < MONTHS; m++) people(count, m, 0, STATUS_CLOSED, 20);
    assert_int_equal(coverage_end(count, &arena).count, 0);
}

static void whom_it_is_not_for_is_no_part_of_it(void **state)
{
    (void)state;
    Arena arena = whole;
    CoverageCount *count = begin(&arena);
    for (int m = 0; m < MONTHS; m++) {
        people(count, m, 0, STATUS_COMPLETE, 19);
        people(count, m, 0, STATUS_LATE, 1);
        people(count, m, 0, STATUS_CLOSED, 1);
        people(count, m, 0, STATUS_NOT_TARGET, 7);
        people(count, m, 0, STATUS_IMMUNE, 7);
    }
    const Coverage *c = &coverage_end(count, &arena).at[0];
    assert_int_equal(c->month[0].people, 21);
    assert_int_equal(c->month[0].done, 19);
}

static void a_small_cell_is_hidden_and_nobody_subtracts_it(void **state)
{
    (void)state;
    Arena arena = whole;
    CoverageCount *count = begin(&arena);
    for (int m = 0; m < MONTHS; m++) {
        people(count, m, 0, STATUS_COMPLETE, 9);
        people(count, m, 1, STATUS_COMPLETE, 10);
        people(count, m, 2, STATUS_COMPLETE, 40);
        people(count, m, -1, STATUS_COMPLETE, 1);  // under protection: in the city's figure alone
    }
    const Coverage *c = &coverage_end(count, &arena).at[0];
    assert_true(c->ward_month[0][3].hidden);
    assert_true(c->ward_month[1][3].hidden);
    assert_false(c->ward_month[2][3].hidden);
    assert_false(c->month[3].hidden);
    assert_int_equal(c->month[3].people, 60);
    assert_false(c->ward[0].hidden);  // 108 in a year
}

static void a_month_is_not_subtracted_from_the_year(void **state)
{
    (void)state;
    Arena arena = whole;
    CoverageCount *count = begin(&arena);
    for (int m = 0; m < MONTHS; m++) people(count, m, 0, STATUS_COMPLETE, m == 17 ? 9 : 20 + m);
    const Coverage *c = &coverage_end(count, &arena).at[0];
    int hidden = 0;
    for (int m = 0; m < COVERAGE_MONTHS; m++) hidden += c->month[m].hidden;
    assert_true(c->month[17 - c->first_month].hidden);
    assert_true(c->month[12 - c->first_month].hidden);  // the smallest of the others
    assert_int_equal(hidden, 2);
    assert_false(c->all.hidden);
}

static void what_is_missing_is_told_in_people(void **state)
{
    (void)state;
    static const struct {
        int32_t people, done;
        int tenths, missing;
    } rows[] = {{100, 95, 950, 0},   {100, 94, 940, 1}, {10000, 9499, 949, 1}, {10000, 9500, 950, 0},
                {21, 19, 904, 1}, {20, 19, 950, 0},  {0, 0, 0, 0},          {1, 0, 0, 1}};
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        const CoverageCell cell = {rows[i].people, rows[i].done, false};
        assert_int_equal(coverage_tenths(&cell), rows[i].tenths);
        assert_int_equal(coverage_missing(&cell), rows[i].missing);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cohort_is_the_last_year_in_which_hardly_anybody_is_still_in_time),
        cmocka_unit_test(what_nobody_has_finished_is_not_theirs),
        cmocka_unit_test(whom_it_is_not_for_is_no_part_of_it),
        cmocka_unit_test(a_small_cell_is_hidden_and_nobody_subtracts_it),
        cmocka_unit_test(a_month_is_not_subtracted_from_the_year),
        cmocka_unit_test(what_is_missing_is_told_in_people),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
