// SPDX-License-Identifier: Apache-2.0
#include "needed_list.h"

#include <assert.h>

#include "calendar.h"
#include "due_judge.h"

static int months_of(Day day)
{
    CivilDate c = civil_of(day);
    return c.year * 12 + c.month;
}

int month_needed(const NextStanding *next, Day as_of)
{
    assert(as_of != DAY_NONE);
    assert(next->earliest != DAY_NONE);
    Day day = next->standard_from > next->earliest ? next->standard_from : next->earliest;
    if (next->last != DAY_NONE && day > next->last) day = next->earliest;
    return day <= as_of ? 0 : months_of(day) - months_of(as_of);
}

typedef struct Needed {
    const Ledger *ledger;
    Day as_of;
    int months;
    NeededRows rows;
    Arena *arena;
} Needed;

static NeededRow *row_for(Needed *needed, const NextStanding *next)
{
    NeededRows *rows = &needed->rows;
    ptrdiff_t at = 0;
    for (; at < rows->count; at++) {
        const NeededRow *row = &rows->at[at];
        if (row->group == next->group && row->position == next->position) return &rows->at[at];
        if (row->group > next->group ||
            (row->group == next->group && row->position > next->position))
            break;
    }
    (void)needed_rows_push(rows, needed->arena);
    for (ptrdiff_t i = rows->count - 1; i > at; i--) rows->at[i] = rows->at[i - 1];
    rows->at[at] = (NeededRow){.group = next->group, .position = next->position};
    return &rows->at[at];
}

static void needed_add(Needed *needed, const NextStanding *next)
{
    if (next->contraindicated || next->group == GROUP_NONE) return;
    int month = month_needed(next, needed->as_of);
    if (month < needed->months) row_for(needed, next)->people[month]++;
}

static bool kept_count(Needed *needed, const DueKept *kept, Arena scratch, Error *err)
{
    NextRows *nexts;
    NextStanding next;
    Day until = month_add(needed->as_of, needed->months + 1, MONTHS_OVERFLOW);
    if (!next_rows_begin(kept->store, needed->ledger->schedule, &kept->state,
                         (DaySpan){needed->as_of, until}, &scratch, &nexts, err))
        return false;
    while (next_rows_next(nexts, &next)) needed_add(needed, &next);
    return next_rows_end(nexts, err);
}

static void stale_count(void *context, const CityPerson *person, Arena scratch)
{
    Needed *needed = context;
    Standing standing = standing_of(needed->ledger, NULL, person, needed->as_of, &scratch);
    for (int i = 0; i < standing.next_count; i++) needed_add(needed, &standing.next[i]);
}

bool needed_list(const Ledger *ledger, Day as_of, int months, NeededRows *rows, bool *there,
                 Error *err)
{
    DueKept kept;
    const DueWanted everything = {
        .as_of = as_of, .groups = groups_all(ledger->schedule), .within = -1};
    Needed needed = {
        .ledger = ledger, .as_of = as_of, .months = months, .arena = ledger->act->arena};
    assert(months > 0 && months <= MONTHS_MOST);
    *rows = (NeededRows){0};
    if (!due_kept_open(ledger, &everything, &kept, there, err)) return false;
    bool good = !*there || (kept_count(&needed, &kept, kept.memory.tables, err) &&
                            stale_each(&kept, stale_count, &needed, err));
    due_kept_close(&kept);
    due_lines_forget(&kept);
    *rows = needed.rows;
    return good;
}
