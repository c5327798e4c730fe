// Measures (支援措置) that officers entered.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "measure.h"
#include "register_rows.h"
#include "vec.h"

typedef struct MeasureRow {
    AddresseeNo who;
    int64_t person_id;
    Measure measure;
    Str entered_by;
    Instant entered_at, ended_at;  // ended_at 0: it stands
    Str ended_by;
} MeasureRow;
VEC(MeasureRows, MeasureRow, measure_rows);

// Who, person, measure and by whom; it stands.
MUST bool measure_insert(Store *store, const MeasureRow *row, Error *err);
MUST bool measures_end(Store *store, int64_t person_id, Str by, Instant at, Error *err);
// Newest first.
MUST bool measures_of(Store *store, int64_t person_id, Arena *arena, MeasureRows *rows, Error *err);
// The newest of each protected person, where its last day was before `today`: longest ago first.
MUST bool measures_over(Store *store, Day today, Arena *arena, MeasureRows *rows, Error *err);
