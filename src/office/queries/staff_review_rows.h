// Rows of the periodic review of rights.
//
// Law  controls C-3.3-10: who may do what is confirmed at fixed times.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store.h"
#include "vec.h"

typedef struct StaffReviewRow {
    int64_t staff_no;
    bool keeps;
    Str words, reviewed_by;
    Instant reviewed_at;
    int64_t record_no;
} StaffReviewRow;
VEC(StaffReviewRows, StaffReviewRow, staff_reviews);

// Of a member, or (0) of all: the newest first.
MUST bool staff_reviews_read(Store *store, int64_t staff_no, Arena *arena, StaffReviewRows *rows, Error *err);
MUST bool staff_review_add(Store *store, const StaffReviewRow *row, Error *err);
