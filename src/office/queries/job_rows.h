// Rows of jobs.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sha256.h"
#include "store.h"

typedef struct JobRow {
    int64_t job_id, state, done, total;
    Str kind, cursor;
    Sha256 input;
    Instant moved_at;
} JobRow;

// The newest job of this kind whose state is one of the two; `found` says whether there is one.
MUST bool job_row_unfinished(Store *store, Str kind, int64_t state_1, int64_t state_2, Arena *arena,
                             JobRow *row, bool *found, Error *err);
MUST bool job_row_add(Store *store, const JobRow *row, Str started_by, int64_t *job_id, Error *err);
MUST bool job_row_move(Store *store, const JobRow *row, Error *err);  // all but kind and input
MUST bool job_row_finish(Store *store, const JobRow *row, Str report,
                         Error *err);  // state, moved_at
