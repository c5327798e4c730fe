// SPDX-License-Identifier: Apache-2.0
#include "calendar.h"

static Day day_held(int64_t day)
{
    if (day < DAY_MIN) return DAY_MIN;
    if (day > DAY_MAX) return DAY_MAX;
    return (Day)day;
}

static Day month_end(int year, int month, MonthRule rule)
{
    Day end = day_of(year, month, month_days(year, month));
    return rule == MONTHS_OVERFLOW ? day_held((int64_t)end + 1) : end;
}

Day month_add_civil(CivilDate from, int months, MonthRule rule)
{
    int64_t count = (int64_t)from.year * 12 + from.month - 1 + months;
    if (count < 12) return DAY_MIN;
    if (count >= 12 * 10000) return DAY_MAX;
    int year = (int)(count / 12), month = (int)(count % 12) + 1;
    if (from.day > 28 && from.day > month_days(year, month)) return month_end(year, month, rule);
    Day same = day_of(year, month, from.day);
    return rule == MONTHS_ATTAIN ? day_held((int64_t)same - 1) : same;
}

Day month_add(Day from, int months, MonthRule rule)
{
    return month_add_civil(civil_of(from), months, rule);
}

Day age_attained_months(Day birth, int months)
{
    return month_add(birth, months, MONTHS_ATTAIN);
}

Day age_attained(Day birth, int years)
{
    return age_attained_months(birth, years * 12);
}

int age_completed_months(Day birth, Day on)
{
    if (on < birth) return -1;
    CivilDate b = civil_of(birth), d = civil_of(on);
    int months = (d.year - b.year) * 12 + d.month - b.month;
    // The age is attained the day before, so the count of calendar months may be one too small too.
    if (age_attained_months(birth, months + 1) <= on) return months + 1;
    return age_attained_months(birth, months) <= on ? months : months - 1;
}

int age_completed(Day birth, Day on)
{
    int months = age_completed_months(birth, on);
    return months < 0 ? -1 : months / 12;
}

Day gap_days(Day from, int days)
{
    return day_held((int64_t)from + days + 1);
}

Day gap_months(Day from, int months)
{
    return month_add(from, months, MONTHS_OVERFLOW);
}

int half_month_days(int month_length)
{
    return (month_length + 1) / 2;
}

Day gap_half_months(Day from, int months)
{
    CivilDate whole = civil_of(gap_months(from, months));
    return day_held((int64_t)day_of(whole.year, whole.month, whole.day) +
                    half_month_days(month_days(whole.year, whole.month)));
}

Day year_start(Day on, int month, int day)
{
    CivilDate c = civil_of(on);
    bool begun = c.month > month || (c.month == month && c.day >= day);
    if (!begun && c.year == 1) return DAY_MIN;
    return day_of(begun ? c.year : c.year - 1, month, day);
}

Day year_end(Day on, int month, int day)
{
    CivilDate c = civil_of(year_start(on, month, day));
    return c.year == 9999 ? DAY_MAX : day_of(c.year + 1, month, day) - 1;
}

Day year_next(Day on, int month, int day)
{
    Day start = year_start(on, month, day);
    return start == on ? on : day_held((int64_t)year_end(on, month, day) + 1);
}

int fiscal_year(Day on)
{
    return civil_of(year_start(on, 4, 1)).year;
}

Day fiscal_year_start(Day on)
{
    return year_start(on, 4, 1);
}

Day fiscal_year_end(Day on)
{
    return year_end(on, 4, 1);
}

Day school_entry(Day birth)
{
    return year_next(age_attained(birth, 6) + 1, 4, 1);
}
