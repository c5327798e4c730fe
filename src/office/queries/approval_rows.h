// Rows of requests that wait for, or had, a second person's decision.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "approval.h"
#include "store.h"
#include "vec.h"

typedef struct ApprovalRow {
    int64_t approval_no;
    Str kind, subject, reason;
    Bytes payload;
    Approval approval;
    Instant asked_at, decided_at;  // decided_at 0: not yet
    Str decision;
} ApprovalRow;
VEC(ApprovalRows, ApprovalRow, approval_rows);

// Gives it the next number. Inside a writing transaction, like everything below but the reading.
MUST bool approval_row_add(Store *store, ApprovalRow *row, Error *err);
MUST bool approval_row_read(Store *store, int64_t approval_no, Arena *arena, ApprovalRow *row,
                            bool *found, Error *err);
// Those on which somebody may still decide, oldest first.
MUST bool approval_rows_open(Store *store, Arena *arena, ApprovalRows *rows, Error *err);
// State and decision, with the number of its record. E_CONFLICT when it is no longer in state `was`.
MUST bool approval_row_move(Store *store, const ApprovalRow *row, ApprovalState was, int64_t record_no,
                            Error *err);
