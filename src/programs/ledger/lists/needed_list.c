// SPDX-License-Identifier: Apache-2.0
#include "needed_list.h"

#include <assert.h>

#include "calendar.h"
#include "due_judge.h"

static int months_of(int32_t month)
{
    return month / 100 * 12 + month % 100;
}

static int32_t month_of(Day day)
{
    CivilDate c = civil_of(day);
    return c.year * 100 + c.month;
}

int month_needed(const NextStanding *next, Day as_of)
{
    assert(as_of != DAY_NONE);
    int months = months_of(next->month) - months_of(month_of(as_of));
    return months > 0 ? months : 0;
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

static void needed_add(Needed *needed, const NextStanding *next, int64_t people)
{
    if (next->contraindicated || next->group == GROUP_NONE || !people) return;
    int month = month_needed(next, needed->as_of);
    if (month < needed->months) row_for(needed, next)->people[month] += people;
}

static bool kept_count(Needed *needed, const DueKept *kept, Arena scratch, Error *err)
{
    MonthCounts *counts;
    MonthCount count;
    Day last = month_add(needed->as_of, needed->months - 1, MONTHS_OVERFLOW);
    if (!month_counts_begin(kept->store, needed->ledger->schedule, &kept->state, needed->as_of, month_of(last), &scratch,
                            &counts, err))
        return false;
    while (month_counts_next(counts, &count)) needed_add(needed, &count.next, count.people);
    return month_counts_end(counts, err);
}

static void stale_count(void *context, const CityPerson *person, Arena scratch)
{
    Needed *needed = context;
    Standing standing = standing_of(needed->ledger, NULL, person, needed->as_of, &scratch);
    for (int i = 0; i < standing.next_count; i++) needed_add(needed, &standing.next[i], 1);
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
