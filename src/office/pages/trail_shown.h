// The trail as the pages of the review read it: between two days, or about one person.
//
// Shown   sentences, and the sign under which the same person is the same. Names of residents stand in no record; who
//         was shown on a list stays with the record.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "audit_found_html.h"
#include "identity.h"
#include "marked_days.h"
#include "office_routes.h"

enum { TRAIL_SHOWN_MOST = 200, TRAIL_DAYS_MOST = 62 };

// What is asked for.
typedef struct TrailAsked {
    Str staff;  // {0}: anybody
    bool about_person;
    AddresseeNo person;
    Day first, last;
    int act, result;  // 0: any
} TrailAsked;

// The newest TRAIL_SHOWN_MOST of what fits, newest first; `found`: how many there are.
MUST bool trail_searched(Visit *visit, const TrailAsked *asked, TrailLineRows *lines, int64_t *found, Error *err);
MUST bool trail_limits(const Visit *visit, MarkLimits *limits, Error *err);
// When the trail was last walked from end to end (`audit verify`, every night), and what that found.
typedef struct TrailProof {
    Instant at;       // 0: not in these days
    int64_t records;  // that stood
    bool whole;
} TrailProof;

// Everybody's days from `first` to `last`, and the last proof among them.
MUST bool trail_days(Visit *visit, const MarkLimits *limits, Day first, Day last, StaffDays *days, TrailProof *proof,
                     Error *err);
