// Taking one submission into the ledger: stage every row, judge what was staged, publish, each from what the one
// before prepared. Killed anywhere, the file is whole in the ledger or not at all.
//
// Law     immunization.md 6.1: every row gets exactly one outcome; the engine judges after all rows of
//         the file are staged, so that their order does not matter.
// Store   staging and judging read one picture, by sets (intake_sets.h), and wait for nobody. Only publishing takes the
//         writing turn: it looks which persons others have touched since (intake_touched.h), decides their rows again
//         and writes what was prepared. Where too much has changed the file is staged anew from a newer picture, and
//         the third time in the turn.
// Memory  some 2 KiB a row, until the file is published; at most INTAKE_ROWS_MOST rows (E_LIMIT).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "clinic_list.h"
#include "csv.h"
#include "intake_overlay.h"
#include "intake_rows.h"
#include "ledger.h"
#include "match_rows.h"
#include "progress.h"
#include "submission.h"

enum { INTAKE_ROWS_MOST = 2000000 };

// What one run carries from row to row.
typedef struct IntakeRun {
    Ledger *ledger;
    LedgerAct act;
    IntakeFileRow file;
    Sha256 index;  // of the file
    MatchReader *matches;
    ClinicList clinics;
    AddressPlaces places;
    Map corrected;  // 行番号 of this month's rows with 訂正
    StagedRows rows;
    IntakeOverlay overlay;
    Arena *kept;  // for what the whole run keeps
    SubmissionNotes notes;
    int32_t doses, records, facts, claims;  // how many numbers were given out from PROVISIONAL on
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

// What a run reads before its first row: clinics, places, which numbers were corrected. `file.month` is set.
MUST bool intake_prepare(IntakeRun *run, Arena *arena, Error *err);

// The verdicts and claims of rows that are staged. Texts live in run->kept.
MUST bool intake_judge(IntakeRun *run, StagedRow *const *rows, ptrdiff_t count, Arena scratch,
                       Error *err);
// Writes all that run->rows prepared, but for the file and the outcome of its rows; inside the open transaction, the
// act begun. Numbers are final afterwards.
MUST bool intake_publish(IntakeRun *run, Arena scratch, Error *err);
// The outcomes, and the file itself.
MUST bool intake_publish_outcomes(IntakeRun *run, Arena scratch, Error *err);
