// Rows of the numbers that an office sets for itself.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store.h"
#include "vec.h"

typedef struct NumberRow {
    Str name;
    int64_t value;
    Instant set_at;
    Str set_by;
    int64_t record_no;
} NumberRow;
VEC(NumberRows, NumberRow, number_rows);

MUST bool numbers_read(Store *store, Arena *arena, NumberRows *rows, Error *err);  // that count
// Ends the one of this name. Inside a writing transaction.
MUST bool number_set(Store *store, const NumberRow *row, Error *err);

// Rows here that owe a record (audit.h).
extern const char numbers_owed_sql[];
