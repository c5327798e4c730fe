// SPDX-License-Identifier: Apache-2.0
#include "birth_slip.h"

#include <assert.h>

enum { DATE_DIGITS = 8 };

// Year 1 of each era is `before` + 1, its last year `before` + `years`.
static const struct {
    int before, years;
} eras[] = {
    {1867, 45},  // 明治
    {1911, 15},  // 大正
    {1925, 64},  // 昭和
    {1988, 31},  // 平成
    {2018, 99},  // 令和
};
enum { ERA_COUNT = sizeof eras / sizeof eras[0] };

static bool in_era(int year, int era)
{
    return year > eras[era].before && year <= eras[era].before + eras[era].years;
}

static void digits_of(PartialDate date, int out[DATE_DIGITS])
{
    assert(date.year >= 0 && date.month >= 0 && date.day >= 0);
    int number = date.year * 10000 + date.month * 100 + date.day;
    for (int i = DATE_DIGITS - 1; i >= 0; i--, number /= 10) out[i] = number % 10;
}

static bool one_digit(PartialDate a, PartialDate b)
{
    int x[DATE_DIGITS], y[DATE_DIGITS], differing = 0;
    digits_of(a, x);
    digits_of(b, y);
    for (int i = 0; i < DATE_DIGITS; i++) differing += x[i] != y[i];
    return differing == 1;
}

static bool neighbours_exchanged(PartialDate a, PartialDate b)
{
    int x[DATE_DIGITS], y[DATE_DIGITS], first = 0;
    digits_of(a, x);
    digits_of(b, y);
    while (first < DATE_DIGITS && x[first] == y[first]) first++;
    if (first >= DATE_DIGITS - 1 || x[first] != y[first + 1] || x[first + 1] != y[first])
        return false;
    for (int i = first + 2; i < DATE_DIGITS; i++)
        if (x[i] != y[i]) return false;
    return true;
}

static bool day_and_month_exchanged(PartialDate a, PartialDate b)
{
    return a.year == b.year && a.month == b.day && a.day == b.month;
}

static bool same_day_of_year(PartialDate a, PartialDate b)
{
    return a.month == b.month && a.day == b.day;
}

// 平成9 for 平成19: one digit in the year of one era.
static bool one_digit_of_era_year(PartialDate a, PartialDate b)
{
    if (!same_day_of_year(a, b)) return false;
    for (int era = 0; era < ERA_COUNT; era++) {
        if (!in_era(a.year, era) || !in_era(b.year, era)) continue;
        int x = a.year - eras[era].before, y = b.year - eras[era].before;
        return (x / 10 == y / 10) != (x % 10 == y % 10);
    }
    return false;
}

// 平成63 for 昭和63: the written era need not have had that year.
static bool era_slipped(PartialDate written, PartialDate registered)
{
    if (!same_day_of_year(written, registered)) return false;
    int years = written.year - registered.year;
    for (int meant = 0; meant < ERA_COUNT; meant++) {
        for (int chosen = 0; chosen < ERA_COUNT; chosen++) {
            if (chosen != meant && in_era(registered.year, meant) &&
                years == eras[chosen].before - eras[meant].before)
                return true;
        }
    }
    return false;
}

static bool may_mean_the_same(PartialDate a, PartialDate b)
{
    DaySpan x, y;
    return partial_date_span(a, &x) && partial_date_span(b, &y) && x.first <= y.last &&
           y.first <= x.last;
}

static bool neighbours(PartialDate a, PartialDate b)
{
    Day days = day_of(a.year, a.month, a.day) - day_of(b.year, b.month, b.day);
    return days == 1 || days == -1;
}

BirthSlip birth_slip(PartialDate written, PartialDate registered)
{
    if (!written.year || !registered.year) return BIRTH_OTHER;
    if (partial_date_equal(written, registered)) return BIRTH_EQUAL;
    if (!partial_date_whole(written) || !partial_date_whole(registered))
        return may_mean_the_same(written, registered) ? BIRTH_VAGUE : BIRTH_OTHER;
    if (one_digit(written, registered)) return BIRTH_DIGIT;
    if (neighbours_exchanged(written, registered)) return BIRTH_EXCHANGED;
    if (day_and_month_exchanged(written, registered)) return BIRTH_EXCHANGED;
    if (neighbours(written, registered)) return BIRTH_NEIGHBOUR;
    if (one_digit_of_era_year(written, registered)) return BIRTH_DIGIT;
    return era_slipped(written, registered) ? BIRTH_ERA : BIRTH_OTHER;
}

Str birth_slip_words(BirthSlip slip)
{
    static const Str words[] = {
        [BIRTH_EQUAL] = S("生年月日一致"),           [BIRTH_DIGIT] = S("生年月日1桁違い"),
        [BIRTH_EXCHANGED] = S("生年月日の数字入替"), [BIRTH_ERA] = S("生年月日の元号違い"),
        [BIRTH_NEIGHBOUR] = S("生年月日1日違い"),    [BIRTH_VAGUE] = S("生年月日一部不詳"),
        [BIRTH_OTHER] = S("生年月日相違"),
    };
    return words[slip];
}
