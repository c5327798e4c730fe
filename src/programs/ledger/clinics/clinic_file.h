// The list of clinics and contracts (CLINIC_<yyyymmdd>.csv, files.md 3).
//
// One row is one contract: a clinic, a period, vaccines (several in one cell are separated by blanks,
// commas or 、; an empty cell means all). The list replaces the one before: what it says again
// stays, what it no longer says ends; where a row could not be read nothing ends for being absent, for
// it may be that row. A list without one good row is refused.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "clinic_rows.h"
#include "csv.h"
#include "error_csv.h"
#include "ledger.h"

typedef struct ClinicReport {
    int64_t rows, refused, added, ended, kept;
    int64_t spared;       // absent, and not ended because of refused rows
    Text warnings;        // about rows that were kept, one a line
    Str errors_path;      // {0}: no row was refused
    Str unknown_columns;  // {0}: the layout knows every column
} ClinicReport;

MUST bool clinic_file_take(Ledger *ledger, Str path, CsvEncoding encoding, Arena *arena,
                           ClinicReport *report, Error *err);

// One row into contracts, one for each vaccine. False with item and words when the row is refused.
MUST bool clinic_row_read(const Schedule *schedule, const CsvRow *row, Arena *arena,
                          ClinicRows *rows, Error *err);
extern const CsvLayout clinic_layout;
