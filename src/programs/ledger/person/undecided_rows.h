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
} UndecidedRow;
VEC(UndecidedRows, UndecidedRow, undecided);

// Facts of `kind` that stand, of people for whom none of `replacement` does. In the order of recording.
MUST bool facts_replaced(Store *store, Str kind, Str replacement, Arena *arena, UndecidedRows *rows,
                         Error *err);
// Residents whose birth date is known to the month or to the year, in the order of recording.
MUST bool births_vague(Store *store, Arena *arena, UndecidedRows *rows, Error *err);
