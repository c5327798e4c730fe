// How long a measure holds, and that its last day only reminds (linkage.md 6.4).
// SPDX-License-Identifier: Apache-2.0
#include "measure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static Day d(const char *text)
{
    Day day = DAY_NONE;
    assert_true(day_read(text, (int)strlen(text), &day));
    return day;
}

static void a_measure_holds_for_a_year_at_most(void **state)
{
    (void)state;
    const struct {
        const char *kind, *begins, *ends, *item;  // item NULL: possible
    } tried[] = {
        {"児童虐待", "2026-10-01", "2027-09-30", NULL},
        {"児童虐待", "2026-10-01", "2027-10-01", "終了日"},
        {"児童虐待", "2026-10-01", "2026-10-01", NULL},
        {"児童虐待", "2026-10-01", "2026-09-30", "終了日"},
        {"児童虐待", "2026-10-02", "2027-09-30", "開始日"},
        {"児童虐待", "2024-02-29", "2025-02-27", NULL},
        {"児童虐待", "2024-02-29", "2025-02-28", "終了日"},
        {"けんか", "2026-10-01", "2027-09-30", "区分"},
    };
    for (size_t i = 0; i < sizeof tried / sizeof *tried; i++) {
        Error err = {0};
        const Measure measure = {str_of(tried[i].kind), d(tried[i].begins), d(tried[i].ends)};
        bool possible = measure_possible(&measure, d("2026-10-01"), &err);
        if (possible != !tried[i].item) fail_msg("%s to %s", tried[i].begins, tried[i].ends);
        if (tried[i].item) assert_memory_equal(err.item.own, tried[i].item, strlen(tried[i].item));
    }
}

static void its_last_day_still_counts(void **state)
{
    (void)state;
    assert_false(measure_over(d("2027-09-30"), d("2027-09-30")));
    assert_true(measure_over(d("2027-09-30"), d("2027-10-01")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_measure_holds_for_a_year_at_most),
        cmocka_unit_test(its_last_day_still_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
