// What stands in the ledger and decides nothing until a person has looked: facts that a later kind replaced, birth
// dates without a day.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "person_rows.h"
#include "vec.h"

typedef struct UndecidedRow {
    PersonRow person;
    Day since;        // business day on which it was recorded
    Str value;        // of the fact
    Str source, who;  // on what it rests; who recorded it
    Str subject;      // of a fact that runs: the series or product it speaks of; {0}: all
    Day from, until;  // and its days; DAY_NONE: open
} UndecidedRow;
VEC(UndecidedRows, UndecidedRow, undecided);

// Facts of `kind` that stand, of people for whom none of `replacement` does. In the order of recording.
MUST bool facts_replaced(Store *store, Str kind, Str replacement, Arena *arena, UndecidedRows *rows,
                         Error *err);
// Facts of `kind` that run on `day`, of residents, in the order of recording.
MUST bool facts_running(Store *store, Str kind, Day day, Arena *arena, UndecidedRows *rows,
                        Error *err);
// Residents whose birth date is known to the month or to the year, in the order of recording.
MUST bool births_vague(Store *store, Arena *arena, UndecidedRows *rows, Error *err);
