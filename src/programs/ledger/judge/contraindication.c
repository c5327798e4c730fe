// SPDX-License-Identifier: Apache-2.0
#include "contraindication.h"

#include <assert.h>

static bool runs(const FactRow *fact, Day day)
{
    return str_equal(fact->kind, S("contraindication")) && fact->since <= day &&
           (fact->until == DAY_NONE || day <= fact->until);
}

static bool names_product(const FactRow *fact, const Schedule *schedule, const ProductView *view)
{
    if (view->rule == PRODUCT_NONE) return false;
    if (str_equal(fact->subject, product_id(schedule, view->rule))) return true;
    int group = group_find(schedule, fact->subject);
    return group != GROUP_NONE && (view->series >> group & 1);
}

bool contraindicated(const FactRows *facts, const Schedule *schedule, const ProductView *view,
                     Day day)
{
    assert(day != DAY_NONE);
    VEC_EACH (const FactRow, f, *facts)
        if (runs(f, day) && (!f->subject.len || names_product(f, schedule, view))) return true;
    return false;
}

bool contraindicated_series(const FactRows *facts, Str series, Day day)
{
    assert(day != DAY_NONE);
    assert(series.len > 0);
    VEC_EACH (const FactRow, f, *facts)
        if (runs(f, day) && (!f->subject.len || str_equal(f->subject, series))) return true;
    return false;
}
