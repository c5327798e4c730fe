// How an office was founded: for practice or for real people, and whether the kernel keeps here who logged in.
//
// The first record of its trail says it. Settings of the database say it too, for people who look there; whoever
// can write SQL turns a setting, but no record without the key, so the record counts, and audit verify names a
// setting that says otherwise.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "office.h"

// The office itself, its first operator, and which keys belong to it. True also where somebody was faster.
MUST bool founding_make(Office *office, const Founding *founding, Error *err);
// Which keys the database says are its own; {0}: its founding was broken off.
MUST bool founding_keys(const Office *office, Str *there, Error *err);
// A record that no act makes.
AuditLeaf founding_leaf(const Office *office, const Founding *founding, Str name);

typedef struct Founded {
    bool practice, login_counts;
    Str trouble;  // the name of a setting that says otherwise; {0}: none
} Founded;

// Asks store and keys of `office`, nothing else of it.
MUST bool founding_read(const Office *office, Arena *arena, Founded *founded, Error *err);
