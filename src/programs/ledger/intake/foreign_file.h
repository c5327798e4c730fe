// A file of vaccinations abroad into the ledger: every good row is kept with its origin, in one act; a row
// that cannot be kept is refused with item, value and words, and stops no other.
//
// Safe    number and birth date must both be those of one resident; a dose of the same series on the same
//         day is never kept twice. The same row again changes nothing; a row that now bears a physician's
//         decision makes a new version.
// Law     immunization.md 5.4: voluntary, counted only where the table of CVX codes or a physician says so.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "foreign_row.h"
#include "ledger.h"

typedef struct ForeignReport {
    int64_t rows, added, decided, known, refused;
    int64_t waiting;      // of those kept now: a physician must decide
    Str errors_path;      // {0}: no row was refused
    Str unknown_columns;  // {0}: the layout knows every column
} ForeignReport;

MUST bool foreign_file_take(Ledger *ledger, Str path, CsvEncoding encoding, Arena *arena,
                            ForeignReport *report, Error *err);
