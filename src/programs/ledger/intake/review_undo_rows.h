// Decisions about rows under review that stand, and files that are closed.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"
#include "intake.h"
#include "ledger_act_rows.h"
#include "vec.h"

typedef struct DecidedRow {
    int32_t row_id, file_no, act_no, person_id, dose_id;  // 0: none
    IntakeOutcome outcome;
    AddresseeNo who;  // whom it means; empty: it was returned
    Str label, by;
    Instant at;
    bool file_closed;
} DecidedRow;
VEC(DecidedRows, DecidedRow, decided_rows);

MUST bool review_decided(Store *store, int32_t row_id, Arena *arena, DecidedRow *row, bool *found, Error *err);
// Of a file (0: of any), the last one first. `by` {0}: of anybody.
MUST bool review_decided_of_file(Store *store, int32_t file_no, Str by, int most, Arena *arena, DecidedRows *rows, Error *err);
// What the act changed beside the waiting row and one dose with its claim: 0, and it can be taken back.
MUST bool review_decision_reach(Store *store, const DecidedRow *row, int64_t *others, Error *err);
// Does the dose stand that this very decision stored? 0: it stored none.
MUST bool review_stored_dose(Store *store, const DecidedRow *row, int32_t *dose_id, bool *stands, Error *err);
// The decision ends; the row waits under review.
MUST bool review_decision_end(Store *store, const LedgerAct *act, const DecidedRow *row, Error *err);

typedef struct FileClosing {
    int32_t waiting;  // rows that somebody must decide, also those about which somebody is asked
    bool closed;
    Instant at;
    Str by;
} FileClosing;
MUST bool intake_closing_read(Store *store, int32_t file_no, Arena *arena, FileClosing *closing, Error *err);
MUST bool intake_file_closed(Store *store, const LedgerAct *act, int32_t file_no, Error *err);
