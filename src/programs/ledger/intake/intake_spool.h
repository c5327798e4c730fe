// Rows of one file between staging and judging: on disk, so that memory does not grow with the file.
//
// The spool is a file in the data directory without a name (nobody else can open it, and it is gone
// with the process): what stands in it is as private as the file that was read.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "intake.h"

typedef struct IntakeSpool IntakeSpool;

typedef struct StagedRow {
    int64_t line;
    IntakeRow row;  // with its texts
    IntakeClinic clinic;
    IntakeDecision decision;
    int32_t row_id, person_id, dose_id, record_id, product_no;  // 0: none
    int32_t score;                                              // -1: none
    PartialDate birth;                                          // of the person, as registered
    int32_t sex;
    Str label, item, clinic_code, candidates, evidence, content, as_read;
} StagedRow;

MUST bool spool_open(Str data_dir, Arena *arena, IntakeSpool **spool, Error *err);
MUST bool spool_write(IntakeSpool *spool, const StagedRow *row, Error *err);
// From writing to reading, at the beginning.
MUST bool spool_rewind(IntakeSpool *spool, Error *err);
// False at the end and when reading failed; spool_close tells which.
bool spool_read(IntakeSpool *spool, StagedRow *row, Arena *arena);
MUST bool spool_close(IntakeSpool *spool, Error *err);  // NULL is fine
