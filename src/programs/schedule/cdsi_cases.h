// CDC's published cases as one CSV, one row a case: a person, doses, a day, and what the
// answer of one vaccine group must be.
//
// Memory  everything lives in the arena.
// Errors  E_FILE_OPEN and E_FILE_LAYOUT from the reader; E_VECTOR with line and item for a row that
//         cannot be read. Cases and data are of different age: an observation or a product that the data
//         do not know means nothing to them, is left out and told.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "schedule.h"
#include "vec.h"

enum { CDSI_DOSES_MAX = 7, CDSI_OBSERVATIONS_MAX = 3 };

typedef struct CdsiCase {
    Str set, id, name;
    Subject subject;
    History history;  // reference: number of the dose in the row, from 0
    Day as_of;
    int merge;  // the vaccine group asked about
    Str status;
    int number;                           // 0: not said
    Day earliest, recommended, past_due;  // DAY_NONE: must be empty
    Str dose_status[CDSI_DOSES_MAX];
    Str dose_reason[CDSI_DOSES_MAX];
    bool dose_unknown;  // one of the doses is of a product that the data do not know
} CdsiCase;
VEC(CdsiCases, CdsiCase, cdsi_cases);

// What the data do not know, each once, separated by blanks.
typedef struct CdsiUnknown {
    Text observations, products;
} CdsiUnknown;

MUST bool cdsi_cases_read(const char *path, const Schedule *schedule, Arena *arena,
                          CdsiCases *cases, CdsiUnknown *unknown, Error *err);
