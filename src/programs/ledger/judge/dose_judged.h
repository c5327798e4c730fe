// The verdict on one stored dose on its own day: what the intake decides by, and what is kept beside the dose.
//
// Law     immunization.md 2.7: where the day of a vague birth date tips the verdict, there is none.
// Memory  texts live in the arena given or in the rules.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "judge.h"

typedef struct DoseJudged {
    const DoseVerdict *verdict;  // NULL: no series judges it, or its birth date tips
    int32_t group, ordinal;      // of a verdict: its series, the how-manieth judged dose there
    bool routine;                // some series lists it for this person (dose_is_routine)
    bool date_partial;           // the birth date tips it; `kept.reasons` says what each reading gives
    DoseJudgement kept;          // without the rules by which
} DoseJudged;

// Of the dose at `place` in the rows of which the case was made.
DoseJudged dose_judged(const Judge *judge, const Case *c, const DoseRow *dose, ptrdiff_t place,
                       Day day, Arena *arena);
