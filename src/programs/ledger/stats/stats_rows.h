// Figures over time and by sender, as rows keep them.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store.h"
#include "vec.h"

// How many stood due and late at the end of a day (db/ledger/0028_standing_day.sql).
typedef struct StoodDay {
    Day day;
    int64_t due, late;
} StoodDay;
VEC(StoodDays, StoodDay, stood_days);

// All series together, the oldest first, one day a week and the last one.
MUST bool stood_days_read(Store *store, Day from, Arena *arena, StoodDays *days, Error *err);

// What became of the rows of one sender's files.
typedef struct SenderOutcomes {
    Str sender, name;  // as names of files say; of the clinic with that code, {0}: none
    int64_t rows, accepted, warned, review, returned, duplicate;
} SenderOutcomes;
VEC(SenderOutcomeRows, SenderOutcomes, sender_outcomes);

// Of files of these months (202610), both included; who has most rows returned first.
MUST bool sender_outcomes_read(Store *store, int32_t first, int32_t last, Arena *arena,
                               SenderOutcomeRows *rows, Error *err);
