// SPDX-License-Identifier: Apache-2.0
#include "eras.h"

#include <assert.h>

// clang-format off
static const Era eras[] = {
    {'R', "令和", "㋿", 2018, {2019,  5,  1}, {9999, 12, 31}},
    {'H', "平成", "㍻", 1988, {1989,  1,  8}, {2019,  4, 30}},
    {'S', "昭和", "㍼", 1925, {1926, 12, 25}, {1989,  1,  7}},
    {'T', "大正", "㍽", 1911, {1912,  7, 30}, {1926, 12, 25}},
    // From 明治6年1月1日: before it the months were those of the moon (明治5年太政官布告第337号).
    {'M', "明治", "㍾", 1867, {1873,  1,  1}, {1912,  7, 30}},
};
// clang-format on

static Day day_of_civil(CivilDate date)
{
    return day_of(date.year, date.month, date.day);
}

static bool take(Str *text, Str word)
{
    if (!str_starts(*text, word)) return false;
    *text = str_from(*text, word.len);
    return true;
}

const Era *era_take(Str *text)
{
    for (int i = 0; i < (int)countof(eras); i++) {
        const Era *era = &eras[i];
        char small = (char)(era->letter - 'A' + 'a');
        if (take(text, (Str){&era->letter, 1}) || take(text, (Str){&small, 1}) ||
            take(text, str_of(era->name)) || take(text, str_of(era->sign)))
            return era;
    }
    return NULL;
}

const Era *era_of(Day day)
{
    for (int i = 0; i < (int)countof(eras); i++)
        if (day >= day_of_civil(eras[i].first)) return &eras[i];
    return NULL;
}

EraFit era_fit(const Era *era, PartialDate date)
{
    DaySpan span;
    bool year_known = partial_date_span(date, &span);
    assert(year_known);
    if (span.last < day_of_civil(era->first)) return ERA_OUTSIDE;
    if (span.first <= day_of_civil(era->last)) return ERA_INSIDE;
    return ERA_CONVERTED;
}
