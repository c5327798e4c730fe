// Rows whose ground has moved since they were staged from a picture: they are decided and judged again, inside the turn
// that publishes the file. Others' acts are few in that time; what is many is staged from a newer picture.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "intake_run.h"

enum { TOUCHED_MOST = 500 };  // persons, and rows, that are worked on in the turn

typedef struct Touched {
    bool too_much;    // more than these, or residents, clinics or another file: stage anew
    StagedRows rows;  // in the order of the file
} Touched;

// Which rows of the run hang on what was recorded after `picture`, the last act that they were staged from.
MUST bool intake_touched(const IntakeRun *run, int32_t picture, Arena *arena, Touched *touched, Error *err);
// Decides and judges them again, as the store knows their persons now.
MUST bool intake_again_rows(IntakeRun *run, const StagedRows *rows, Arena scratch, Error *err);
