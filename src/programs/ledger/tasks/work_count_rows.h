// Rows behind the counts of work (work_count.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "person_rows.h"
#include "work_rows.h"

typedef struct WorkCount {
    int64_t count;
    Day since;  // of the oldest; DAY_NONE: not known
} WorkCount;

typedef struct WorkCounts {
    WorkCount of[WORK_KINDS];
} WorkCounts;

// Work that is rows, rows under review, and vague birth dates, as far as rows alone tell. Adds to `counts`.
MUST bool work_counts_read(Store *store, WorkCounts *counts, Error *err);

// A sender that sent a file in one of the three months before the last one, and none for that: expected from the
// tenth of the month on.
typedef struct ExpectedFile {
    int32_t month;  // 202610
    Str sender;     // as the names of its files say
    Str name;       // of the clinic with that code; {0}: there is none
} ExpectedFile;
VEC(ExpectedFiles, ExpectedFile, expected_files);
MUST bool files_expected(Store *store, Day as_of, Arena *arena, ExpectedFiles *files, Error *err);

// Whose birth date or sex was corrected after a business day, and on which one last, where doses that stand are judged
// otherwise since: how many.
typedef struct CorrectedBirth {
    PersonRow person;
    Day since;
    int32_t doses;
} CorrectedBirth;
VEC(CorrectedBirths, CorrectedBirth, corrected_births);
// The longest corrected first.
MUST bool births_corrected(Store *store, Day after, Arena *arena, CorrectedBirths *rows, Error *err);
