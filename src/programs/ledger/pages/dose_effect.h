// What a change of a person's doses or facts would turn: for whoever checks what he typed, and for whoever approves it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "change_check_html.h"
#include "dose_change.h"
#include "dose_told.h"
#include "life_series.h"

typedef struct DoseEffect {
    Str verdict;  // on the changed dose itself, as a sentence; {0}: none stands after it
    bool good, bad;
    EffectReasonRows reasons;
    EffectRows effects;  // on other doses, and on what comes next
} DoseEffect;

DoseEffect dose_effect(const Ledger *ledger, const PersonShown *now, const DoseChange *change, Arena *arena);

// What other facts of a person would turn.
EffectRows facts_effect(const Ledger *ledger, const PersonShown *now, const FactRows *facts, Arena *arena);

// The items of a dose as a person reads them, before and after; `old` is NULL for an entry.
CheckLineRows dose_lines(const Ledger *ledger, const DoseChange *change, const DoseRecord *old, bool hide, Arena *arena);
