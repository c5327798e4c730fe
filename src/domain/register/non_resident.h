// 住登外者: people with whom the office deals and whom the resident register does not hold. They are registered by hand,
// with what was shown to prove who they are, and looked at again from time to time.
//
// Law     controls F-2-02, C-3.2-07 (no registration without the proof of identity), C-3.7-26 (updated whenever
//         identity is confirmed); linkage.md 1.7, 6.5.
// Flow    a registration is a version like any other: it goes to the ledger with the daily difference. Its status is
//         STATUS_NON_RESIDENT and it has no residence, so nothing is due for the person, and doses are kept.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "register_step.h"

// What may prove who somebody is; ended by NULL.
extern const char *const identity_documents[];
bool identity_document_known(Str words);

// What may prove an Individual Number (番号法 第16条); ended by NULL.
extern const char *const number_documents[];
bool number_document_known(Str words);

// What an office enters of a non-resident. `state` as typed: household and municipality may be empty.
typedef struct NonResidentEntry {
    PersonState state;
    Day occurred_on;   // since when it is so
    Day known_on;      // the day of the office
} NonResidentEntry;

// Nobody has the number yet: `history` is empty (asserted). Refused where it cannot be true.
RegisterStep non_resident_added(const NonResidentEntry *entry, Arena *arena);
// On top of what stands; the status may become dead or removed. UNCHANGED where it says what we hold.
RegisterStep non_resident_corrected(const RegisterVersionRows *history, const NonResidentEntry *entry, Arena *arena);

// Who the person is was confirmed on `confirmed_on`; is it time to ask again?
bool confirmation_stale(Day confirmed_on, Day today, int months);
