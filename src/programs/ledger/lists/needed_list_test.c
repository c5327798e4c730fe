// In which month a next dose is expected.
// SPDX-License-Identifier: Apache-2.0
#include "needed_list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static Day today(void)
{
    return day_of(2026, 10, 31);
}

static void expect_month(Day earliest, Day standard_from, Day last, int month)
{
    NextStanding next = {.earliest = earliest, .standard_from = standard_from, .last = last};
    next.month = month_expected(&next);
    assert_int_equal(month_needed(&next, today()), month);
}

static void a_day_gone_by_means_this_month(void **state)
{
    (void)state;
    expect_month(day_of(2025, 1, 1), DAY_NONE, DAY_NONE, 0);
    expect_month(day_of(2025, 1, 1), day_of(2026, 10, 31), DAY_NONE, 0);
}

static void the_standard_time_is_waited_for(void **state)
{
    (void)state;
    expect_month(day_of(2025, 1, 1), day_of(2026, 11, 1), DAY_NONE, 1);
    expect_month(day_of(2026, 12, 31), day_of(2026, 11, 1), DAY_NONE, 2);
    expect_month(day_of(2027, 10, 1), DAY_NONE, DAY_NONE, 12);
}

static void a_standard_time_after_the_last_day_is_not(void **state)
{
    (void)state;
    expect_month(day_of(2026, 11, 5), day_of(2027, 3, 1), day_of(2026, 12, 31), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_gone_by_means_this_month),
        cmocka_unit_test(the_standard_time_is_waited_for),
        cmocka_unit_test(a_standard_time_after_the_last_day_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
