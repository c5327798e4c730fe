// Taking one submission into the ledger: stage every row, judge what was staged, store, all in one
// transaction with its audit leaf. Killed anywhere, the file is whole in the ledger or not at all.
//
// Law     immunization.md 6.1: every row gets exactly one outcome; the engine judges after all rows of
//         the file are staged, so that their order does not matter.
// Memory  does not grow with the file.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "claim_rows.h"
#include "clinic_list.h"
#include "csv.h"
#include "dose_source_rows.h"
#include "intake_rows.h"
#include "intake_spool.h"
#include "ledger.h"
#include "match_rows.h"
#include "progress.h"
#include "submission.h"

// What one run carries from row to row.
typedef struct IntakeRun {
    Ledger *ledger;
    LedgerAct act;
    IntakeFileRow file;
    CsvReader *csv;
    Sha256 index;  // of the file
    IntakeSpool *spool;
    MatchReader *matches;
    ClinicList clinics;
    AddressPlaces places;
    Map corrected;       // 行番号 of this month's rows with 訂正
    Map corrected_here;  // row_id of this file's, which are not stored before they are judged
    Map ended_here;      // doses and, below zero, examinations that rows of this file correct
    Map filled_here;     // doses of which rows of this file made a fuller version: which
    Arena *kept;         // for what the whole run keeps
    SubmissionNotes notes;
    Progress progress;
    int32_t next_row, next_dose, next_record, next_fact, next_claim;
    int64_t warned_gaiji;
} IntakeRun;

typedef struct IntakeReport {
    IntakeFileRow file;
    bool taken_before;  // this file was taken already: nothing was stored now
    bool
        month_unknown;  // its name is not of the contract's form: rows are not known again by number
    Str errors_path;    // {0}: no row was returned
    Str unknown_columns;  // {0}: the layout knows every column
    int64_t wide_digits;  // full-width digits folded
} IntakeReport;

MUST bool intake_take(Ledger *ledger, Str path, CsvEncoding encoding, Arena *arena,
                      IntakeReport *report, Error *err);

// What a run needs before its first row, inside the open transaction: the act, numbers, clinics, places.
// `file.month` is set; `reason` is the act's.
MUST bool intake_begin(IntakeRun *run, ActKind kind, Str reason, Arena *arena, Error *err);

// The two halves of it.
MUST bool intake_stage_row(IntakeRun *run, const CsvRow *row, Arena scratch, Error *err);
MUST bool intake_judge_row(IntakeRun *run, StagedRow *row, Arena scratch, Error *err);
// Of the second, what concerns the dose: the engine's verdict and the claim; `reasons` (may be {0}) in `arena`.
MUST bool intake_judge_dose(IntakeRun *run, StagedRow *row, Arena *arena, Str *reasons, Error *err);
