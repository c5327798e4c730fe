// Submissions that were taken, each row with its one outcome.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "list_leave.h"
#include "error_csv.h"
#include "intake.h"
#include "ledger_act_rows.h"
#include "map.h"

typedef struct IntakeCounts {
    int32_t rows, of_outcome[INTAKE_DUPLICATE + 1];
} IntakeCounts;

typedef struct IntakeFileRow {
    int32_t file_no;  // 0: not taken yet
    Str digest;       // keyed, of name and bytes: how a file is known again
    Str index;  // keyed, of the bytes alone: how one is known that was taken before names counted
    Str name;
    int32_t month;  // 202610; 0: the name does not say
    IntakeCounts counts;
    Day taken_on;  // business day; of one that was taken before
} IntakeFileRow;

// Files that an older version took are known by a bare SHA-256 of what may hold an Individual Number: each
// is keyed, and the bare one is gone. In a transaction of its
// own; the caller rolls back what stays open.
MUST bool intake_files_keyed(Store *store, const Keys *keys, Arena scratch, Error *err);

// `asked`: digest, index and name. `file->file_no` 0: not taken yet.
MUST bool intake_file_find(Store *store, const IntakeFileRow *asked, IntakeFileRow *file,
                           Error *err);
MUST bool intake_file_insert(Store *store, const LedgerAct *act, const IntakeFileRow *file,
                             Error *err);

// The numbers (行番号) of rows of this month's files that carried 訂正, as keys.
MUST bool intake_corrected_labels(Store *store, int32_t month, Arena *arena, Map *labels,
                                  Error *err);

typedef struct IntakeRowKept {
    int32_t row_id, file_no;
    int64_t line;
    Str label, row_no;  // Submission
    IntakeOutcome outcome;
    int32_t person_id, dose_id;  // 0: none
    Str candidates;              // of a row under review: numbers, best first
    int32_t score;               // -1: none
    Str evidence;
    DoseStatus dose_status;
    Str reasons, codes, message;
    Str content;  // hash of all items
    Str item;     // of a returned row: what is wrong with it, as the file calls it; {0}: all of it
    Str as_read;  // {0} where nobody needs to see the row again
    bool corrects;
} IntakeRowKept;

MUST bool intake_row_insert(Store *store, const IntakeRowKept *row, Error *err);
// Each made when its turn comes, its texts in `scratch`: all of a file at once would be tens of megabytes.
typedef IntakeRowKept IntakeRowMaker(const void *context, ptrdiff_t nth, Arena *scratch);
MUST bool intake_rows_insert(Store *store, ptrdiff_t count, IntakeRowMaker *row, const void *context,
                             Arena scratch, Error *err);

// Whom a row under review may mean, best first.
typedef struct IntakeCandidate {
    int32_t row_id, rank, person_id;
} IntakeCandidate;
VEC(IntakeCandidates, IntakeCandidate, intake_candidates);

MUST bool intake_candidates_insert(Store *store, const IntakeCandidates *candidates, Error *err);

// The last files that were taken, newest first.
typedef struct IntakeTaken {
    IntakeFileRow file;
    Instant taken_at;
    Str taken_by;
    int32_t waiting;  // of its rows under review so many still wait for a decision
} IntakeTaken;
VEC(IntakeTakenRows, IntakeTaken, intake_taken);
MUST bool intake_files_taken(Store *store, int most, Arena *arena, IntakeTakenRows *rows, Error *err);
MUST bool intake_file_taken(Store *store, int32_t file_no, Arena *arena, IntakeTaken *taken, bool *found, Error *err);

// How many rows of a file bear the same codes, the most first.
typedef struct IntakeCodeCount {
    IntakeOutcome outcome;
    Str codes;
    int32_t rows;
} IntakeCodeCount;
VEC(IntakeCodeCounts, IntakeCodeCount, intake_code_counts);
MUST bool intake_codes_counted(Store *store, int32_t file_no, Arena *arena, IntakeCodeCounts *counts, Error *err);

// The returned rows of a file, in its order, onto their list.
MUST bool intake_returned_write(Store *store, int32_t file_no, ErrorCsv *errors, Error *err);
// Writes the outcome of every row of a file in its order, without the header.
MUST bool intake_outcome_write(Store *store, int32_t file_no, List *out, Error *err);
extern const char *const intake_outcome_items[];
extern const int intake_outcome_item_count;
