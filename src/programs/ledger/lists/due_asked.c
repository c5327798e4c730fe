// SPDX-License-Identifier: Apache-2.0
#include "due_asked.h"

#include <assert.h>

Str due_asked_text(const DueAsked *asked, Arena *arena)
{
    assert(asked->within >= -1);
    Str after = asked->after.person_id ? asked_key_text(&asked->after, arena) : S("");
    return str_format(arena, "%.*s|%.*s|%lld|%.*s", STR(asked->series), STR(asked->ward),
                      (long long)asked->within, STR(after));
}

Str due_asked_whole(const DueAsked *asked, Arena *arena)
{
    DueAsked whole = *asked;
    whole.after = (AskedKey){.last_safe = DAY_NONE};
    return due_asked_text(&whole, arena);
}

bool due_asked_read(Str text, DueAsked *asked, Error *err)
{
    Cut series = str_cut(text, '|'), ward = str_cut(series.tail, '|'),
        within = str_cut(ward.tail, '|');
    *asked = (DueAsked){.series = series.head, .ward = ward.head};
    if (within.found && str_int64(within.head, &asked->within) && asked->within >= -1)
        return asked_key_read(within.tail.len ? within.tail : (Str){0}, &asked->after, err);
    return FAIL(err, E_USAGE, .words = S("一覧の条件を読み取れません。条件を選び直してください。"));
}

DuePageWanted due_asked_page(const Ledger *ledger, const DueAsked *asked, Day as_of, int lines)
{
    assert(as_of != DAY_NONE);
    assert(lines > 0);
    int group = group_find(ledger->schedule, asked->series);
    return (DuePageWanted){
        .due = {.as_of = as_of,
                .groups = group == GROUP_NONE ? groups_all(ledger->schedule) : (uint64_t)1 << group,
                .within = asked->within},
        .page = {.ward = asked->ward.len ? asked->ward : (Str){0},
                 .after = asked->after,
                 .count = lines}};
}
