// Rows of cards: whose each is. entry_proof.h tells whether our programs wrote one.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store.h"

typedef struct CardRow {
    int64_t card_no, staff_no;
    Str name;  // of the member of staff
    Str key;   // "sha256//..."
    Instant bound_at;
    Str bound_by;
    int64_t record_no;
    Instant ended_at;  // 0: still so
    Bytes proof;
} CardRow;

// One that has not ended: of this key, of this member of staff.
MUST bool card_by_key(Store *store, Str key, Arena *arena, CardRow *row, bool *found, Error *err);
MUST bool card_of_staff(Store *store, int64_t staff_no, Arena *arena, CardRow *row, bool *found,
                        Error *err);
MUST bool card_next_no(Store *store, int64_t *card_no, Error *err);
MUST bool card_add(Store *store, const CardRow *row, Error *err);
MUST bool card_end(Store *store, const CardRow *row, int64_t ended_record, Error *err);
Query *cards_walk(Store *store, Error *err);  // all of everybody
CardRow card_here(Query *q, Arena *arena);
