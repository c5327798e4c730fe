// Residents whose row in the feed was refused: what it spoke of, and which row decides that.
//
// What a refused row would have said is not known: perhaps that somebody died. So no letter goes to its person
// until it is decided. What the register says about something else decides nothing: a full copy made before
// the vendor mended the death still lists the person as before.
// Decides  a good row about the same event in its right form; a death, which ends every letter; an officer.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "register_step.h"

typedef struct HeldEvent {
    int32_t event_reason;  // as the refused row said it; 0: it could not be read
    Day occurred_on;       // the earliest reading; DAY_NONE: it could not be read
} HeldEvent;

// `history` as it was before the good row.
bool held_event_decided(const HeldEvent *held, const RegisterVersionRows *history, const FeedRow *row);
bool held_event_same(const HeldEvent *a, const HeldEvent *b);
