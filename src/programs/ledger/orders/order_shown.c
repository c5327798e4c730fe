// SPDX-License-Identifier: Apache-2.0
#include "order_shown.h"

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
