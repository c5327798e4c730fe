// Rows of submissions under review, and what was decided about them.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "waiting_rows.h"

// How a row is named: by its own number, or by its file (name or number) and its 行番号.
typedef struct ReviewAsked {
    int64_t row_id;  // 0: by file and label
    Str file, label;
} ReviewAsked;

// The one row under review that is meant. E_NOT_FOUND: no row is called so; E_CONFLICT: it does not wait for a
// decision any more, or several of that name do.
MUST bool review_find(Store *store, const ReviewAsked *asked, Arena *arena, WaitingRow *row,
                      Error *err);

typedef struct ReviewCandidate {
    int32_t person_id;
    AddresseeNo who;
    Str name;
    bool is_protected;
} ReviewCandidate;
VEC(ReviewCandidates, ReviewCandidate, review_candidates);

// Best first; they are as they stand now.
MUST bool review_candidates_of(Store *store, int32_t row_id, Arena *arena,
                               ReviewCandidates *candidates, Error *err);

typedef struct ReviewRow {
    int32_t row_id;
    Str file, label, codes, message, evidence;
    Day since;  // business day on which it was taken in
} ReviewRow;
VEC(ReviewRows, ReviewRow, review_rows);

// All that wait for a decision, oldest first.
MUST bool review_rows_all(Store *store, Arena *arena, ReviewRows *rows, Error *err);

typedef struct ReviewDecision {
    int32_t row_id;
    IntakeOutcome outcome;
    int32_t person_id, dose_id;  // 0: none
    DoseStatus dose_status;
    Str reasons, codes, message;
    int32_t moved_dose;  // that was somebody else's; 0: none
    AddresseeNo moved_from;
} ReviewDecision;

// Keeps the decision; the row waits under review no longer. One that was returned waits for the clinic.
MUST bool review_decide(Store *store, const LedgerAct *act, const ReviewDecision *decision,
                        Error *err);
