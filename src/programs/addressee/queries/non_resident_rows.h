// People who were registered by hand, and how it was proven who they are.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "register_rows.h"
#include "vec.h"

// The highest count of the numbering rule that was given; 0: none.
MUST bool non_resident_last_count(Store *store, int64_t *count_no, Error *err);
MUST bool non_resident_insert(Store *store, int64_t person_id, int64_t count_no, Error *err);

typedef struct IdentityCheck {
    int64_t person_id, change_no;  // change_no 0: nothing changed
    Day checked_on;
    Str document, checked_by;
    Instant recorded_at;
} IdentityCheck;
VEC(IdentityChecks, IdentityCheck, identity_checks);

MUST bool identity_check_insert(Store *store, const IdentityCheck *check, Error *err);
// Newest first.
MUST bool identity_checks_of(Store *store, int64_t person_id, Arena *arena, IdentityChecks *checks, Error *err);

typedef struct NonResidentRow {
    AddresseeNo who;
    PersonRow person;
    PersonState state;  // told: of the newest version, what may stand in clear now
    Day checked_on;     // the last time
    Str document, checked_by;
} NonResidentRow;
VEC(NonResidentRows, NonResidentRow, non_resident_rows);

typedef struct NonResidentsAsked {
    Day checked_before;  // only who was confirmed last before this day, longest ago first; DAY_NONE: all, newest first
    int most;
} NonResidentsAsked;

// Those who are still non-residents; `count`: of them all.
MUST bool non_residents_listed(Store *store, const NonResidentsAsked *asked, Arena *arena, NonResidentRows *rows,
                               int64_t *count, Error *err);
