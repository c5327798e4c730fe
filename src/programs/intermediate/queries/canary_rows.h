// Canaries: whom we read of others' copies, and what the last reading brought (canary.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "canary.h"
#include "store.h"
#include "vec.h"

typedef struct CanaryRow {
    int64_t canary_no;  // 0: a new one
    UnifiedNo person;
    OrganisationCode provider;
    DatasetCode dataset;
    int days;
    Instant since, asked_at, read_at;
    InquiryNo inquiry;  // under way; empty: none is
    LinkageResult result;
    Day as_of;
} CanaryRow;
VEC(CanaryRows, CanaryRow, canary_rows);

MUST bool canaries(Store *store, Arena *arena, CanaryRows *rows, Error *err);
MUST bool canary_save(Store *store, CanaryRow *row, Error *err);  // new where its number is 0
MUST bool canary_end(Store *store, int64_t canary_no, bool *found, Error *err);
// The number of its next inquiry, which no ledger gives and none hears of.
MUST bool canary_inquiry_next(Store *store, InquiryNo *inquiry, Error *err);

CanaryNo canary_row_objection(const CanaryRow *row, Instant now);
