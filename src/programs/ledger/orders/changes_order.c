// SPDX-License-Identifier: Apache-2.0
#include "changes_order.h"

#include <assert.h>

#include "changes_kept.h"

Str changes_order_text(Day from, Day to, Arena *arena)
{
    assert(from < to);
    char first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
    return str_format(arena, "%s\t%s", day_text(from, first), day_text(to, last));
}

static bool run(Act *act, Str payload, Arena *arena, OrderDone *done, Error *err)
{
    Day from, to;
    Ledger ledger;
    int64_t lines;
    Cut days = str_cut(payload, '\t');
    if (!day_read(days.head.at, (int)days.head.len, &from) || !day_read(days.tail.at, (int)days.tail.len, &to) || from >= to)
        return FAIL(err, E_INTERNAL, .words = S("依頼の内容を読めません。画面からもう一度依頼してください。"));
    if (!ledger_open(act, arena, &ledger, err) || !changes_keep(&ledger, from, to, &lines, err)) return false;
    done->said = str_format(arena, "%lld行の一覧を作りました。", (long long)lines);
    return true;
}

// Whoever may read the list may have it made; the night does the same by `keep-changes`, with the right of its own work.
static const Door door = COMMAND("keep-changes", "immunization", DUTY_READ, AUDIT_CHANGE, SHARED, NULL);
const OrderKind order_changes = {"keep-changes", &door, run};
