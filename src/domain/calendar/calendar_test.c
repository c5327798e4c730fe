// Days worked out on a paper calendar from the law's wording; none is copied from a run.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "arena.h"
#include "calendar.h"

static Day day(const char *text)
{
    Day d;
    assert_true(day_read(text, (int)strlen(text), &d));
    return d;
}

static void same_day(Day got, const char *expected, const char *why)
{
    char text[DAY_TEXT_SIZE];
    if (got == day(expected)) return;
    fail_msg("%s: expected %s, got %s", why, expected, day_text(got, text));
}

typedef struct Row {
    const char *from;
    int months;
    const char *expected, *why;
} Row;

static void an_age_is_attained_the_day_before_the_birthday(void **state)
{
    (void)state;
    // clang-format off
    static const Row rows[] = {
        {"2025-04-10", 12, "2026-04-09", "ordinary"},
        {"2025-05-01", 2, "2025-06-30", "the day before the 1st is the last day of the month before"},
        {"2025-12-30", 2, "2026-02-28", "no 30 February: last day, no day before"},
        {"2025-12-29", 2, "2026-02-28", "no 29 February in 2026"},
        {"2027-12-29", 2, "2028-02-28", "29 February exists in 2028: the day before it"},
        {"2027-12-31", 2, "2028-02-29", "no 31 February"},
        {"2012-02-29", 36, "2015-02-28", "leap child in a common year"},
        {"2012-02-29", 48, "2016-02-28", "leap child in a leap year"},
        {"2012-02-29", 12, "2013-02-28", "leap child, one year"},
        {"2012-02-29", 240, "2032-02-28", "leap child, twenty years"},
        {"2026-10-31", 1, "2026-11-30", "the 31st into a short month"},
        {"2026-10-31", 2, "2026-12-30", "the 31st into a month of 31 days"},
        {"2026-10-31", 4, "2027-02-28", "the 31st into February"},
        {"2026-10-31", 6, "2027-04-30", "the 31st into April"},
        {"2026-03-01", 12, "2027-02-28", "1 March less one"},
        {"2027-03-01", 12, "2028-02-29", "1 March less one in a leap year"},
        {"1961-04-02", 65 * 12, "2026-04-01", "65 on the day before the birthday"},
        {"2026-02-28", 24, "2028-02-27", "two years counted with the first day"},
        {"2028-02-29", 24, "2030-02-28", "two years from a leap day"},
    };
    // clang-format on
    for (ptrdiff_t i = 0; i < countof(rows); i++)
        same_day(age_attained_months(day(rows[i].from), rows[i].months), rows[i].expected,
                 rows[i].why);
}

static void a_gap_of_months_ends_before_the_corresponding_day(void **state)
{
    (void)state;
    static const Row rows[] = {
        {"2026-01-15", 3, "2026-04-15", "corresponding day"},
        {"2025-11-29", 3, "2026-03-01", "no 29 February 2026"},
        {"2027-11-29", 3, "2028-02-29", "29 February 2028 exists"},
        {"2027-11-30", 3, "2028-03-01", "no 30 February"},
        {"2026-08-31", 6, "2027-03-01", "no 31 February"},
        {"2026-05-31", 6, "2026-12-01", "no 31 November"},
        {"2026-03-31", 18, "2027-10-01", "no 31 September"},
        {"2026-02-28", 6, "2026-08-28", "a month's end is no month's end"},
        {"2026-11-30", 3, "2027-03-01", "no 30 February"},
    };
    for (ptrdiff_t i = 0; i < countof(rows); i++)
        same_day(gap_months(day(rows[i].from), rows[i].months), rows[i].expected, rows[i].why);
}

static void full_days_lie_between_two_doses(void **state)
{
    (void)state;
    static const struct {
        int days, after;
    } rows[] = {{6, 7}, {20, 21}, {27, 28}, {56, 57}, {60, 61}, {139, 140}};
    for (ptrdiff_t i = 0; i < countof(rows); i++)
        assert_int_equal(gap_days(day("2026-03-10"), rows[i].days),
                         day("2026-03-10") + rows[i].after);
    same_day(gap_days(day("2026-03-10"), 27), "2026-04-07", "10 March with 27 days");
}

static void half_a_month_is_half_of_the_month_reached(void **state)
{
    (void)state;
    static const Row rows[] = {
        {"2025-06-10", 2, "2025-08-26", "August has 31 days: 16"},
        {"2025-04-10", 2, "2025-06-25", "June has 30 days: 15"},
        {"2025-12-10", 2, "2026-02-24", "February has 28 days: 14"},
        {"2027-12-10", 2, "2028-02-25", "February has 29 days: 15"},
        {"2024-12-31", 2, "2025-03-17", "no 31 February: 1 March, then 16"},
    };
    for (ptrdiff_t i = 0; i < countof(rows); i++)
        same_day(gap_half_months(day(rows[i].from), rows[i].months), rows[i].expected, rows[i].why);
}

static void a_month_without_the_day_is_cut_short_only_when_asked(void **state)
{
    (void)state;
    same_day(month_add(day("2024-01-31"), 1, MONTHS_CLIP), "2024-02-29", "clip");
    same_day(month_add(day("2024-01-31"), 1, MONTHS_OVERFLOW), "2024-03-01", "overflow");
    same_day(month_add(day("2024-01-31"), 1, MONTHS_ATTAIN), "2024-02-29", "attain");
    same_day(month_add(day("2024-03-31"), -1, MONTHS_CLIP), "2024-02-29", "backwards");
    assert_int_equal(month_add(DAY_MAX, 1, MONTHS_OVERFLOW), DAY_MAX);
    assert_int_equal(month_add(DAY_MIN, -1, MONTHS_OVERFLOW), DAY_MIN);
}

static void completed_age_is_the_largest_attained(void **state)
{
    (void)state;
    Day born = day("1961-04-02");
    assert_int_equal(age_completed(born, day("2026-03-31")), 64);
    assert_int_equal(age_completed(born, day("2026-04-01")), 65);
    assert_int_equal(age_completed(born, born), 0);
    assert_int_equal(age_completed(born, born - 1), -1);
    assert_int_equal(age_completed(day("2012-02-29"), day("2016-02-27")), 3);
    assert_int_equal(age_completed(day("2012-02-29"), day("2016-02-28")), 4);
    assert_int_equal(age_completed_months(day("2026-10-31"), day("2026-11-29")), 0);
    assert_int_equal(age_completed_months(day("2026-10-31"), day("2026-11-30")), 1);
    assert_int_equal(age_completed_months(day("2025-05-01"), day("2025-06-30")), 2);
}

// However a day lies, counting months by looking at every one gives the same number.
static void completed_months_agree_with_counting_one_by_one(void **state)
{
    (void)state;
    for (Day birth = day("2023-11-01"); birth <= day("2024-03-31"); birth++)
        for (Day on = birth; on <= birth + 800; on += 3) {
            int months = 0;
            while (age_attained_months(birth, months + 1) <= on) months++;
            assert_int_equal(age_completed_months(birth, on), months);
        }
}

static void a_birthday_on_the_first_of_april_belongs_to_the_year_before(void **state)
{
    (void)state;
    assert_int_equal(fiscal_year(age_attained(day("1961-04-01"), 65)), 2025);
    assert_int_equal(fiscal_year(age_attained(day("1961-04-02"), 65)), 2026);
    same_day(fiscal_year_start(day("2027-03-31")), "2026-04-01", "last day of the year");
    same_day(fiscal_year_end(day("2026-04-01")), "2027-03-31", "first day of the year");
    same_day(year_next(day("2026-04-01"), 4, 1), "2026-04-01", "a start is its own next");
    same_day(year_next(day("2026-04-02"), 4, 1), "2027-04-01", "a day late waits a year");
}

static void school_begins_on_the_april_after_six(void **state)
{
    (void)state;
    same_day(school_entry(day("2021-04-01")), "2027-04-01", "six on 31 March 2027");
    same_day(school_entry(day("2021-04-02")), "2028-04-01", "six on 1 April 2027");
    same_day(school_entry(day("2020-02-29")), "2026-04-01", "leap child");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_age_is_attained_the_day_before_the_birthday),
        cmocka_unit_test(a_gap_of_months_ends_before_the_corresponding_day),
        cmocka_unit_test(full_days_lie_between_two_doses),
        cmocka_unit_test(half_a_month_is_half_of_the_month_reached),
        cmocka_unit_test(a_month_without_the_day_is_cut_short_only_when_asked),
        cmocka_unit_test(completed_age_is_the_largest_attained),
        cmocka_unit_test(completed_months_agree_with_counting_one_by_one),
        cmocka_unit_test(a_birthday_on_the_first_of_april_belongs_to_the_year_before),
        cmocka_unit_test(school_begins_on_the_april_after_six),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
