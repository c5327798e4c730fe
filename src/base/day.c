// SPDX-License-Identifier: Apache-2.0
#include "day.h"

#include <assert.h>
#include <stdio.h>

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int month_days(int year, int month)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    assert(month >= 1 && month <= 12);
    return month == 2 && leap(year) ? 29 : days[month - 1];
}

static inline bool in_calendar(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           (day <= 28 || day <= month_days(year, month));
}

bool civil_valid(int year, int month, int day)
{
    return in_calendar(year, month, day);
}

// Years are counted from March, so that the leap day is the last day of a year. Unsigned: dividing by
// a constant is then one multiplication.
Day day_of(int year, int month, int day)
{
    assert(in_calendar(year, month, day));
    unsigned y = (unsigned)(month <= 2 ? year - 1 : year);
    unsigned day_of_year = (153 * (unsigned)(month > 2 ? month - 3 : month + 9) + 2) / 5;
    unsigned leap_days = y / 4 - y / 100 + y / 400;
    return (Day)(y * 365 + leap_days + day_of_year) + day - 1 - 719468;
}

// Eras are the 400-year cycles of the Gregorian calendar.
CivilDate civil_of(Day day)
{
    assert(day >= DAY_MIN && day <= DAY_MAX);
    int shifted = day + 719468;
    int era = shifted / 146097;
    int day_of_era = shifted - era * 146097;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month_from_march = (5 * day_of_year + 2) / 153;
    int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return (CivilDate){
        .year = year_of_era + era * 400 + (month <= 2),
        .month = month,
        .day = day_of_year - (153 * month_from_march + 2) / 5 + 1,
    };
}

int weekday_of(Day day)
{
    int w = (day + 4) % 7;  // 1970-01-01 was a Thursday
    return w < 0 ? w + 7 : w;
}

bool partial_date_valid(int year, int month, int day)
{
    if (year == 0) return month == 0 && day == 0;
    if (year < 1 || year > 9999) return false;
    if (month == 0) return day == 0;
    if (month < 1 || month > 12) return false;
    return day >= 0 && day <= month_days(year, month);
}

bool partial_date_equal(PartialDate a, PartialDate b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

bool partial_date_whole(PartialDate date)
{
    return date.year && date.month && date.day;
}

PartialDate partial_of(Day day)
{
    CivilDate c = civil_of(day);
    return (PartialDate){(int16_t)c.year, (int8_t)c.month, (int8_t)c.day};
}

bool partial_date_span(PartialDate date, DaySpan *span)
{
    assert(partial_date_valid(date.year, date.month, date.day));
    if (!date.year) return false;
    int first_month = date.month ? date.month : 1;
    int last_month = date.month ? date.month : 12;
    int last_day = date.day ? date.day : month_days(date.year, last_month);
    span->first = day_of(date.year, first_month, date.day ? date.day : 1);
    span->last = day_of(date.year, last_month, last_day);
    return true;
}

static const char *date_text(int year, int month, int day, char text[DAY_TEXT_SIZE])
{
    assert(year >= 0 && year <= 9999);
    text[0] = (char)('0' + year / 1000);
    text[1] = (char)('0' + year / 100 % 10);
    text[2] = (char)('0' + year / 10 % 10);
    text[3] = (char)('0' + year % 10);
    text[4] = text[7] = '-';
    text[5] = (char)('0' + month / 10);
    text[6] = (char)('0' + month % 10);
    text[8] = (char)('0' + day / 10);
    text[9] = (char)('0' + day % 10);
    text[10] = '\0';
    return text;
}

const char *day_text(Day day, char text[DAY_TEXT_SIZE])
{
    if (day == DAY_NONE) {
        text[0] = '\0';
        return text;
    }
    CivilDate c = civil_of(day);
    return date_text(c.year, c.month, c.day, text);
}

const char *partial_date_text(PartialDate date, char text[DAY_TEXT_SIZE])
{
    return date_text(date.year, date.month, date.day, text);
}

static bool digits_at(const char *text, int count, int *number)
{
    *number = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        *number = *number * 10 + (text[i] - '0');
    }
    return true;
}

bool day_read(const char *text, int len, Day *day)
{
    int y, m, d;
    if (len != 10 || text[4] != '-' || text[7] != '-') return false;
    if (!digits_at(text, 4, &y) || !digits_at(text + 5, 2, &m) || !digits_at(text + 8, 2, &d))
        return false;
    if (!civil_valid(y, m, d)) return false;
    *day = day_of(y, m, d);
    return true;
}
