// Rows of submissions under review, and what was decided about them.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "waiting_rows.h"

// How a row is named: by its own number, or by its file (name or number) and its 行番号.
typedef struct ReviewAsked {
    int64_t row_id;  // 0: by file and label
    Str file, label;
    bool at_screen;  // what to do then is told as what to press
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

// Evidence that names records of others ends so, for whoever decides by command; a screen has choices of its own.
#define REVIEW_MOVE_WORDS "。この人に移すのは --move でその記録を選んだときだけです"
Str review_evidence_alone(Str evidence);

typedef struct ReviewRow {
    int32_t row_id, file_no;
    Str file, label, codes, message, evidence;
    Day since;  // business day on which it was taken in
} ReviewRow;
VEC(ReviewRows, ReviewRow, review_rows);

// One of them.
MUST bool review_row_read(Store *store, int32_t row_id, Arena *arena, ReviewRow *row, bool *found,
                          Error *err);
// All that wait for a decision, oldest first.
MUST bool review_rows_all(Store *store, Arena *arena, ReviewRows *rows, Error *err);

// Who looks at a row has it to himself for a while: two people never decide the same one.
enum { REVIEW_CLAIM_SECONDS = 600 };
typedef struct ReviewClaim {
    Str by;
    Instant until;
} ReviewClaim;
// Takes it, or says who has it (`claim`): in a transaction of its own.
MUST bool review_claim(Store *store, int32_t row_id, Str who, Instant now, Arena *arena,
                       ReviewClaim *claim, Error *err);
// The first row of the file (0: of any) that nobody else has and nobody is asked about, after row `after`; 0: there is none.
MUST bool review_next(Store *store, int32_t file_no, int32_t after, Str who, Instant now,
                      int32_t *row_id, Error *err);
// How many wait, and nobody is asked about them.
MUST bool review_waiting(Store *store, int32_t file_no, int32_t *count, Error *err);

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
