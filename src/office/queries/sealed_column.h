// A column whose values are sealed: how its rows are read, sealed anew and written back, so that an old
// key can be retired. Every sealed column of a program stands in its list (doors.c); what does not would
// be lost with the key.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "seal.h"
#include "store.h"

enum { SEALED_ROWS = 500 };

typedef struct SealedColumn {
    const char *words;  // what it holds, for people
    // Row number and sealed value of the next SEALED_ROWS rows after row $1, in order of number.
    const char *read;
    const char *write;  // row $1 gets the value $2
    // The same text under the newest key. `again` lives in `arena`.
    bool (*reseal)(Keys *keys, int64_t row, Bytes sealed, Arena *arena, Bytes *again, Error *err);
} SealedColumn;

typedef struct SealedColumns {
    const SealedColumn *const *at;
    int count;
} SealedColumns;
