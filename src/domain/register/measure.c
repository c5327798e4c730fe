// SPDX-License-Identifier: Apache-2.0
#include "measure.h"

#include "arena.h"
#include "calendar.h"

enum { MEASURE_MONTHS = 12 };

const char *const measure_kinds[] = {"配偶者からの暴力", "ストーカー行為等", "児童虐待", "その他これらに準ずるもの", NULL};

Day measure_last(Day begins_on)
{
    return month_add(begins_on, MEASURE_MONTHS, MONTHS_CLIP) - 1;
}

static bool kind_known(Str kind)
{
    for (ptrdiff_t i = 0; measure_kinds[i]; i++)
        if (str_equal(kind, str_of(measure_kinds[i]))) return true;
    return false;
}

bool measure_possible(const Measure *m, Day today, Error *err)
{
    if (!kind_known(m->kind))
        return FAIL(err, E_CODE_UNKNOWN, .item = S("区分"), .value = m->kind, .words = S("一覧にある区分から選んでください。"));
    if (m->begins_on > today)
        return FAIL(err, E_CONFLICT, .item = S("開始日"), .words = S("業務日より後の日です。始まった日を確かめてください。"));
    if (m->ends_on < m->begins_on)
        return FAIL(err, E_CONFLICT, .item = S("終了日"), .words = S("開始日より前の日です。日付を確かめてください。"));
    if (m->ends_on > measure_last(m->begins_on))
        return FAIL(err, E_CONFLICT, .item = S("終了日"), .words = S("支援措置の期間は1年までです。続けるときは、終わる前に延長してください。"));
    return true;
}

bool measure_over(Day ends_on, Day today)
{
    return today > ends_on;
}
