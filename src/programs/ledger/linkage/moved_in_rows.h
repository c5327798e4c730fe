// Who moved in from elsewhere, by the newest such event of each.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "person_rows.h"

typedef struct MovedInRow {
    PersonRow person;
    int32_t event_reason;
    Day moved_on;
    Str from, here;  // municipality codes as the register has them; {0}: it does not say
    bool asked;      // about this move already
} MovedInRow;
VEC(MovedInRows, MovedInRow, moved_ins);

// On or after `since`, in the order of moving in.
MUST bool moved_in_since(Store *store, Day since, Arena *arena, MovedInRows *rows, Error *err);
// The same of one person, whenever that was; person_id 0: none is known.
MUST bool moved_in_of(Store *store, int32_t person_id, Arena *arena, MovedInRow *row, Error *err);
