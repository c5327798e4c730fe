// SPDX-License-Identifier: Apache-2.0
#include "batch_asked.h"

#include <assert.h>

bool batch_of(const Visit *visit, BatchRow *row, Error *err)
{
    bool found;
    if (!batch_row_find(visit->act->store, visit->variables[0], visit->arena, row, &found, err)) return false;
    return found || FAIL(err, E_NOT_FOUND,
                         .words = S("この番号の通知はありません。「印刷」から開き直してください。"));
}

Path paper_path(const Visit *visit, Str number, int64_t nth)
{
    assert(number.len > 0);
    assert(nth > 0);
    const Str variables[] = {number, str_format(visit->arena, "%lld", (long long)nth)};
    return visit_path(visit, &route_page_paper, variables, 2);
}

bool letter_path(const Visit *visit, const Route *route, Str number, const AddresseeNo *who, Path *path, Error *err)
{
    assert(number.len > 0);
    Str variables[] = {number, {0}};
    if (!visit_seal(visit, S("person"), addressee_text(who), &variables[1], err)) return false;
    visit_shows(visit, who);
    *path = visit_path(visit, route, variables, 2);
    return true;
}
