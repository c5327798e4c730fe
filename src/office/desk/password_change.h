// A new password: what it must be, and how it comes to count. The command line and the screens share it.
//
// Law  controls C-3.3-07: changed at fixed times, none of the last twelve, none that is tried first.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "session.h"

// Until when a password opens more than the page on which it is changed.
typedef enum PasswordStanding {
    PASSWORD_HOLDS,
    PASSWORD_OVER_AGE,
    PASSWORD_OF_ANOTHER  // somebody else knows it
} PasswordStanding;

// `days`: how long it counts. An office for practice hands its passwords out: there only their age counts.
PasswordStanding password_standing(const PasswordRow *row, Instant now, int64_t days, bool practice);
int64_t password_days_left(const PasswordRow *row, Instant now, int64_t days);  // 0: over age

// E_LENGTH, E_CONFLICT with words: too short, tried first, holds the name, or one of the last that this person had.
MUST bool password_fit(Store *store, const StaffRow *staff, Str typed, Arena *arena, Error *err);

typedef struct PasswordNew {
    const StaffRow *staff;
    const PasswordKept *kept;
    Instant now;
    Str by;
    int64_t record_no;  // of the change, in the same transaction
} PasswordNew;

// Inside a writing transaction. Whoever was kept out by wrong tries may come in.
MUST bool password_begin(Store *store, const Keys *keys, const PasswordNew *fresh, Arena scratch, Error *err);
