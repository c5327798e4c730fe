// Rows of duties with the terms in which they are held.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store.h"
#include "vec.h"

// A duty that was given and not taken away, in every programme at once.
typedef struct StaffTermRow {
    Str name, duty, department;
    bool limited;  // else it was given without an end, and department and days say nothing
    Day begins_on, ends_on;
    Str wards;  // codes (ward_scope.h); {0}: the whole city
    Str granted_by;
    Instant granted_at;
} StaffTermRow;
VEC(StaffTermRows, StaffTermRow, staff_terms);

// By name, duty, first day.
MUST bool staff_terms_read(Store *store, Arena *arena, StaffTermRows *rows, Error *err);
// Of the grant written last. Inside its transaction.
MUST bool staff_term_add(Store *store, Str department, Day begins_on, Day ends_on, Str wards, Error *err);
