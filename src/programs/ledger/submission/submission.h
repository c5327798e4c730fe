// One row of a clinic's submission (予診票データ, files.md 3), read once at the door.
//
// What cannot be read becomes a defect with the item it stands in; no row stops the file, and nothing
// behind this door parses text again.
// Memory  texts live in the arena given or in the row, which is good until the reader's next one.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "csv.h"
#include "dates.h"
#include "intake.h"
#include "matching.h"
#include "office_code.h"
#include "schedule.h"

typedef struct Submission {
    int64_t line;
    Str label;   // 行番号 as written, or "L12" where it cannot be read
    Str row_no;  // the same as row numbers are compared (row_number)
    IntakeRow row;
    MatchRow match;
    int32_t product;         // of the rules; PRODUCT_NONE with DEFECT_VACCINE
    InstitutionCode clinic;  // none with DEFECT_INSTITUTION
    Str clinic_name, claimed_position, maker, doctor, venue;
    Day due_date;     // 分娩予定日; DAY_NONE: not filled
    Str defect_item;  // the first item that could not be taken; {0}: all well
} Submission;

// What the run's report counts; no row's outcome depends on it.
typedef struct SubmissionNotes {
    DateNotes dates;
    int64_t wide_digits;  // full-width digits folded outside of dates
} SubmissionNotes;

extern const CsvLayout submission_layout;
extern const int submission_address,
    submission_number;  // columns in it: where somebody lives, 整理番号

Submission submission_read(const Schedule *schedule, const CsvRow *row, SubmissionNotes *notes,
                           Arena *arena);

// 行番号 as one is compared with another: half width, a whole number without zeros before or behind it (３, 03 and 3.0 are
// row 3); anything else as it is written.
Str row_number(Str written, Arena *arena);

// "YOSHIN_202610_4010198762_001.csv": the month, 202610. E_FILE_NAME for another name.
MUST bool submission_month(Str path, int32_t *month, Error *err);
