// Doses that will be needed: how many people are expected for the next dose of each series, month by month.
//
// Out of what is kept, nobody is named. A dose is expected on the first day of its standard time, on its first legal
// day where that is later or where the standard time begins after its last day, and this month if that day has gone by. Counted is the next dose of each series: the one after it
// is counted once this one is given; nobody who is yet to be born, and nobody whom a contraindication keeps away.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "standing_rows.h"

enum { MONTHS_MOST = 25 };

typedef struct NeededRow {
    int16_t group;
    int32_t position;             // text of the schedule
    int64_t people[MONTHS_MOST];  // by month; the first is that of the day asked about
} NeededRow;
VEC(NeededRows, NeededRow, needed_rows);

// In which month from that of `as_of` on (0) the dose is expected.
int month_needed(const NextStanding *next, Day as_of);

// By series in the order of the rules, then position. `there` as in due_page.h. The rows live in the arena of the act.
MUST bool needed_list(const Ledger *ledger, Day as_of, int months, NeededRows *rows, bool *there,
                      Error *err);
