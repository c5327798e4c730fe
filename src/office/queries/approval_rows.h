// Rows of requests that wait for, or had, a second person's decision.
//
// Seal    what was asked, in which words, why and what is to be done, names persons who may come under protection:
//         the three are sealed together, in the column payload; the columns of the words stay empty.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "approval.h"
#include "sealed_column.h"
#include "store.h"
#include "vec.h"

typedef struct ApprovalRow {
    int64_t approval_no;
    Str kind, subject, reason;
    Bytes payload;
    bool unreadable;  // what was sealed does not open any more: somebody changed it
    Approval approval;
    Instant asked_at, decided_at;  // decided_at 0: not yet
    Str decision;
} ApprovalRow;
VEC(ApprovalRows, ApprovalRow, approval_rows);

// Gives it the next number. Inside a writing transaction, like everything below but the reading.
MUST bool approval_row_add(Store *store, Keys *keys, ApprovalRow *row, Arena scratch, Error *err);
MUST bool approval_row_read(Store *store, Keys *keys, int64_t approval_no, Arena *arena, ApprovalRow *row,
                            bool *found, Error *err);
// Those on which somebody may still decide, oldest first.
MUST bool approval_rows_open(Store *store, Keys *keys, Arena *arena, ApprovalRows *rows, Error *err);
// The last ones that this person asked for and that are decided, newest first.
MUST bool approval_rows_decided(Store *store, Keys *keys, Str asker, int most, Arena *arena,
                                ApprovalRows *rows, Error *err);
// State and decision, with the number of its record. E_CONFLICT when it is no longer in state `was`.
MUST bool approval_row_move(Store *store, const ApprovalRow *row, ApprovalState was, int64_t record_no,
                            Error *err);

// What an older version kept in clear is sealed.
MUST bool approval_rows_seal(Store *store, Keys *keys, Arena scratch, Error *err);
// In the list of every program's sealed columns.
extern const SealedColumn approval_sealed;
