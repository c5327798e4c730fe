// SPDX-License-Identifier: Apache-2.0
#include "rehearsal_order.h"

#include <assert.h>

#include "rehearsal_kept.h"

Str rehearsal_order_text(Str rule_set, Day day, Arena *arena)
{
    assert(rule_set.len > 0);
    char text[DAY_TEXT_SIZE];
    return str_format(arena, "%s\t%.*s", day_text(day, text), STR(rule_set));
}

int32_t rehearsal_order_made(const OrderRow *order)
{
    int64_t number;
    bool made = order->state == ORDER_DONE && str_int64(order->made, &number) && number > 0 && number <= INT32_MAX;
    return made ? (int32_t)number : 0;
}

static bool run(Act *act, Str payload, Arena *arena, OrderDone *done, Error *err)
{
    Day day;
    Ledger ledger;
    RehearsalHead head;
    Cut asked = str_cut(payload, '\t');
    if (!day_read(asked.head.at, (int)asked.head.len, &day))
        return FAIL(err, E_INTERNAL, .words = S("依頼の内容を読めません。画面からもう一度依頼してください。"));
    if (!ledger_open(act, arena, &ledger, err) || !rehearsal_keep(&ledger, asked.tail, day, arena, &head, err)) return false;
    *done = (OrderDone){str_format(arena, "%lld人を判定し、%lld人の答えが変わります。", (long long)head.judged, (long long)head.changed),
                        str_format(arena, "%d", (int)head.rehearsal_no)};
    return true;
}

extern const Door command_rehearse;
const OrderKind order_rehearsal = {"rehearse", &command_rehearse, run};
