// A file of facts into the ledger (a person_file): recognised, corrected or withdrawn.
//
// Safe    nothing is overwritten: a corrected fact is a new row, the one before it ends with the act. The
//         same row again changes nothing.
// Since   where 開始日 is empty: a due date from the beginning of the pregnancy, another date from that day, a
//         flag or number from birth, everything else from the business day.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "fact_row.h"
#include "person_file.h"

// How a row is read and decided, of a file and alone (person_row.h).
extern const PersonFileKind fact_file_kind;

MUST bool fact_file_take(Ledger *ledger, Str path, CsvEncoding encoding, Arena *arena,
                         PersonFileReport *report, Error *err);
