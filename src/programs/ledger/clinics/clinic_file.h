// The list of clinics and contracts (CLINIC_<yyyymmdd>.csv, files.md 3).
//
// One row is one contract: a clinic, a period, vaccines (several in one cell are separated by blanks,
// commas or 、; an empty cell means all). The list replaces the one before: what it says again
// stays, what it no longer says ends; where a row could not be read nothing ends for being absent, for
// it may be that row. All of it is read before the turn, in which it is compared with the list that stands. A list without one good row is refused, each row with its faults in the list of refused rows.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "clinic_rows.h"
#include "csv.h"
#include "file_told.h"
#include "ledger.h"
#include "row_items.h"

// Every contract that the list says is new, changed or as before: `contracts` is their sum, and of `rows` those that
// were not refused said them, `twice` of them for the second time.
typedef struct ClinicReport {
    int64_t rows, refused, contracts, twice, added, changed, kept;
    int64_t ended;   // of before, and not in the list
    int64_t spared;  // absent, and not ended because of refused rows
    bool undated;    // its name has no day, so nobody can tell whether it is older than the list before it
    FileTold told;   // file_told_print; also where the file is refused
} ClinicReport;

// E_CONFLICT where the day in its name lies before that of the list which stands, unless `older` was asked for.
MUST bool clinic_file_take(Ledger *ledger, Str path, CsvEncoding encoding, bool older, Arena *arena,
                           ClinicReport *report, Error *err);

// One row into contracts, one for each vaccine. False with every fault of the row when it is refused. A month
// given for the first or last day of a contract means its own first or last day: `read_as` tells it.
typedef struct ClinicNote {
    Str item, code, words;
} ClinicNote;
VEC(ClinicNotes, ClinicNote, clinic_notes);
MUST bool clinic_row_read(const Schedule *schedule, const CsvRow *row, Arena *arena,
                          ClinicRows *rows, ClinicNotes *read_as, RowFaults *faults);
extern const CsvLayout clinic_layout;
