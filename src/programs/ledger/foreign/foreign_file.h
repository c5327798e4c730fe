// A file of vaccinations abroad into the ledger, each kept with its origin (a person_file).
//
// Safe    a dose of the same series on the same day is never kept twice. The same row again changes
//         nothing; a row that now bears a physician's decision makes a new version.
// Law     immunization.md 5.4: voluntary, counted only where the table of CVX codes or a physician says so.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "foreign_row.h"
#include "person_file.h"

// ROW_CHANGED: a physician's decision; `waiting`: of those kept now, a physician must decide.
MUST bool foreign_file_take(Ledger *ledger, Str path, CsvEncoding encoding, Arena *arena,
                            PersonFileReport *report, Error *err);
