// 符号 as the server keeps them, and the acquisition numbers that the network gave in advance.
//
// Law     番号法 第21条の2; C-3.6-38: a code stands here and in the core alone. Nothing here is told to anybody but as the
//         state of a person's code.
// Inside a writing transaction what writes; a code is held by one person (whoever saves asks first: E105).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "code_hold.h"
#include "identity.h"
#include "relay_message.h"
#include "store.h"

typedef struct CodeRow {
    UnifiedNo person;
    CodeHold hold;
} CodeRow;

// A person nobody ever asked about has the hold of zeros.
MUST bool code_find(Store *store, const UnifiedNo *person, Arena scratch, CodeHold *hold, Error *err);
MUST bool code_save(Store *store, const CodeRow *row, Instant now, Error *err);
// Who is known by this code, of this epoch or of the one before, doubted or not.
MUST bool code_of(Store *store, const PairwiseCode *code, Instant now, Arena scratch, CodeRow *row, bool *found, Error *err);
MUST bool code_of_acquisition(Store *store, const AcquisitionNo *no, Arena scratch, CodeRow *row, bool *found, Error *err);
// Whose acquisition number ran out before `until`: at most `most` of them.
VEC(CodeRows, CodeRow, code_rows);
MUST bool codes_overdue(Store *store, Instant asked_before, int most, Arena *arena, CodeRows *rows, Error *err);
// Payloads are code_standing_encode.
MUST bool code_standings(Store *store, const RelayFeedAsk *ask, Arena *arena, RelayFeed *feed, Error *err);

// ---- acquisition numbers

MUST bool acquisition_add(Store *store, const AcquisitionNo *no, Instant now, Error *err);
MUST bool acquisitions_fresh(Store *store, Instant given_after, int64_t *count, Error *err);
// Takes the oldest that was given after that moment out of the table, and all that are older; false in `found`: there is none.
MUST bool acquisition_take(Store *store, Instant given_after, Arena scratch, AcquisitionNo *no, bool *found, Error *err);
// Those that were given before that moment; `gone`: how many.
MUST bool acquisitions_forget(Store *store, Instant given_before, int64_t *gone, Error *err);

// How many people are in which state, by CodeState; and how many in doubt.
typedef struct CodeCounts {
    int64_t of_state[CODE_STATE_COUNT], doubted;
} CodeCounts;
MUST bool code_counts(Store *store, CodeCounts *counts, Error *err);
