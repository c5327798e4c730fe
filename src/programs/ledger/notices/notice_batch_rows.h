// Batches of letters as they stand, for whoever looks at them: how many letters, what was taken back, which files.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"
#include "store.h"
#include "vec.h"

typedef struct BatchRow {
    int32_t run_no;
    Str number;  // "N20261001-001", as on the papers
    Day as_of;
    bool reminder, reprint;
    int64_t letters, taken_back;                 // of persons and series
    int64_t sent, held;                          // persons: with papers, and with none because none could be made
    int64_t files_waiting, files_there, files_lost;
    Str done_by;
    Instant done_at;
} BatchRow;
VEC(BatchRows, BatchRow, batch_rows);

// "N20261001-001": of the run, its day and what kind it is.
Str batch_number(const BatchRow *row, Arena *arena);

// The newest first.
MUST bool batch_rows_read(Store *store, int most, Arena *arena, BatchRows *rows, Error *err);
// `found` false: there is none of this number.
MUST bool batch_row_find(Store *store, Str number, Arena *arena, BatchRow *row, bool *found, Error *err);

// A letter of a batch, with the person as he or she stands now.
typedef struct BatchLetter {
    AddresseeNo who;
    int32_t person_id;
    Str name;
    bool is_protected, dead, gone;  // gone: no resident any more
    Str series, position;
    bool taken_back;
} BatchLetter;
VEC(BatchLetters, BatchLetter, batch_letters);

// By person; `more`: there are others behind.
MUST bool batch_letters_read(Store *store, int32_t run_no, int64_t after, int most, Arena *arena,
                             BatchLetters *letters, bool *more, Error *err);
