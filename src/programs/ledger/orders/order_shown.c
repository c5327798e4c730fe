// SPDX-License-Identifier: Apache-2.0
#include "order_shown.h"

bool order_asked(const Act *act, const OrderKind *kind, Str number, Str none, Arena *arena, OrderRow *row, Error *err)
{
    int64_t order_no;
    bool found = false;
    if (str_int64(number, &order_no) && order_no > 0 && order_no <= INT32_MAX &&
        !order_find(act->store, (int32_t)order_no, arena, row, &found, err))
        return false;
    found = found && str_equal(row->kind, str_of(kind->name));
    return found || FAIL(err, E_NOT_FOUND, .words = none);
}

bool order_shown(const Act *act, const OrderRow *row, OrderShown *shown, Error *err)
{
    *shown = (OrderShown){0};
    if (row->state > ORDER_AT_WORK) return true;
    if (!order_way(act, row->order_no, &shown->way, err)) return false;
    bool lives = shown->way.since && !shown->way.died;
    bool late = act->now - row->asked_at > (Instant)ORDER_START_SECONDS * 1000000;
    shown->works = row->state == ORDER_AT_WORK && lives;
    shown->waits = !late && !lives;
    shown->died = late && !lives;
    return true;
}
