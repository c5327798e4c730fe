// 期回数: which dose the clinic says it gave (files.md 3), and whether the engine agrees
// (immunization.md 6.1 step 10; W302 where it does not).
//
// Read    N回目 N回 N, 初回N 初回N回目, 追加, and N期 alone or before one of them, full-width or not,
//         blanks ignored. Any other spelling is a warning of the caller, never a refusal; so is a period
//         of which the rules have no series.
// Memory  none; pure.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

typedef enum ClaimedKind {
    CLAIMED_NOTHING,  // only a period, or nothing at all
    CLAIMED_NUMBER,   // N回目: the N-th dose of its series
    CLAIMED_PRIMARY,  // 初回N: position PN
    CLAIMED_BOOSTER,  // 追加: position B
} ClaimedKind;

typedef struct ClaimedDose {
    ClaimedKind kind;
    int number;  // 1 to 99 for NUMBER and PRIMARY
    int period;  // 1 to 99; 0: none was written
} ClaimedDose;

// What the engine made of the dose.
typedef struct DosePlace {
    int period;    // of its series, by the rules' table of periods; 0: it has none
    Str position;  // "P1", "B", "2"
    int ordinal;   // the how-manieth judged dose of its series, from 1
} DosePlace;

// False for a spelling that this contract does not know.
bool claimed_dose_parse(Str text, ClaimedDose *claim);
// Both parts must agree, where both are written.
bool claimed_dose_agrees(ClaimedDose claim, DosePlace place);
