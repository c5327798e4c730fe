// Periods at their edges, and that a thing is erased once. Proves C-3.6-21, F-4-10.
// SPDX-License-Identifier: Apache-2.0
#include "retention.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static Instant noon_in_japan(int year, int month, int day)
{
    return day_of(year, month, day) * INSTANT_DAY + 3 * 60 * INSTANT_MINUTE;
}

static void a_result_goes_after_the_days_that_the_city_set(void **state)
{
    (void)state;
    Instant ended = noon_in_japan(2026, 11, 30);
    Kept kept = {.kind = RETAIN_RESULT, .since = ended};
    const struct {
        int set, days;
    } cases[] = {{0, 14}, {1, 1}, {90, 90}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Instant end = ended + cases[i].days * INSTANT_DAY;
        assert_false(kept_step(&kept, end - 1, cases[i].set).destroy_key);
        KeptStep step = kept_step(&kept, end, cases[i].set);
        assert_true(step.destroy_key);
        assert_int_equal(step.next.erased_at, end);
        assert_false(kept_step(&step.next, end + INSTANT_DAY, cases[i].set).destroy_key);
        assert_int_equal(kept_step(&step.next, end + INSTANT_DAY, cases[i].set).next.erased_at,
                         end);
    }
}

static void every_kind_of_days_has_its_own(void **state)
{
    (void)state;
    Instant since = noon_in_japan(2026, 11, 30);
    assert_int_equal(retention_end(RETAIN_RESULT, since, 0), since + 14 * INSTANT_DAY);
    assert_int_equal(retention_end(RETAIN_ONE_TIME_KEY, since, 0), since);  // at once
    assert_int_equal(retention_end(RETAIN_SEALED_ANSWER, since, 0), since + INSTANT_DAY);
}

static void what_is_needed_stays(void **state)
{
    (void)state;
    Kept kept = {.kind = RETAIN_RESULT, .since = noon_in_japan(2026, 1, 1), .needed = true};
    assert_false(kept_step(&kept, noon_in_japan(2027, 1, 1), 0).destroy_key);
    kept.needed = false;
    assert_true(kept_step(&kept, noon_in_japan(2027, 1, 1), 0).destroy_key);
}

// 民法: the day of the request does not count, so the whole of the same day seven years later belongs to it.
static void a_record_is_kept_for_seven_whole_years(void **state)
{
    (void)state;
    const struct {
        int y, m, d, last_y, last_m, last_d;
    } cases[] = {
        {2026, 11, 30, 2033, 11, 30}, {2026, 3, 31, 2033, 3, 31},
        {2028, 2, 29, 2035, 2, 28},  // no such day in 2035: the last of the month
        {2028, 2, 28, 2035, 2, 28},   {2027, 12, 31, 2034, 12, 31},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Kept kept = {.kind = RETAIN_RECORD,
                     .since = noon_in_japan(cases[i].y, cases[i].m, cases[i].d)};
        Instant end = retention_end(RETAIN_RECORD, kept.since, 0);
        assert_int_equal(instant_day_in_japan(end - 1),
                         day_of(cases[i].last_y, cases[i].last_m, cases[i].last_d));
        assert_int_equal(instant_day_in_japan(end),
                         day_of(cases[i].last_y, cases[i].last_m, cases[i].last_d) + 1);
        assert_false(kept_step(&kept, end - 1, 0).destroy_key);
        assert_true(kept_step(&kept, end, 0).destroy_key);
    }
}

static void only_the_bounds_of_a_rule_can_be_set(void **state)
{
    (void)state;
    Error err;
    assert_true(retention_days_valid(RETAIN_RESULT, 1, &err));
    assert_true(retention_days_valid(RETAIN_RESULT, 90, &err));
    assert_false(retention_days_valid(RETAIN_RESULT, 0, &err));
    assert_int_equal(err.code, E_LIMIT);
    assert_false(retention_days_valid(RETAIN_RESULT, 91, &err));
    assert_false(retention_days_valid(RETAIN_RECORD, 2555, &err));
    assert_false(retention_days_valid(RETAIN_ONE_TIME_KEY, 1, &err));
    for (int k = 0; k < RETAIN_KIND_COUNT; k++)
        assert_true(retention_rule((RetentionKind)k)->law[0]);
}

// What is asked of one and what is asked of many is one answer, on every day around the ends of months and leap days.
static void many_are_over_when_each_of_them_is(void **state)
{
    (void)state;
    for (int kind = 0; kind < RETAIN_KIND_COUNT; kind++)
        for (Day day = day_of(2031, 1, 1); day < day_of(2036, 3, 10); day++) {
            Instant now = noon_in_japan(2026, 1, 1) + (day - day_of(2026, 1, 1)) * INSTANT_DAY;
            Instant before = retention_before((RetentionKind)kind, now, 0);
            assert_true(retention_end((RetentionKind)kind, before - 1, 0) <= now);
            assert_true(retention_end((RetentionKind)kind, before, 0) > now);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_result_goes_after_the_days_that_the_city_set),
        cmocka_unit_test(every_kind_of_days_has_its_own),
        cmocka_unit_test(what_is_needed_stays),
        cmocka_unit_test(a_record_is_kept_for_seven_whole_years),
        cmocka_unit_test(only_the_bounds_of_a_rule_can_be_set),
        cmocka_unit_test(many_are_over_when_each_of_them_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
