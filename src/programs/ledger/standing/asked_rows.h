// Kept standings of what is asked for now, with the person of each: of those alone of whom they are believed.
//
// Needs an open transaction and a state that speaks of the day (standing_speaks). Whoever is stale is left out, unless
// wanted too: judge him or her beside (city_rows_begin_stale).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "standing_rows.h"

typedef struct AskedWanted {
    const StandingState *state;
    Day as_of;
    Str series;  // {0}: of every series, in order of person; else by last safe day, then person
    Day last_safe_least, last_safe_most;
    bool stale_too;  // as they were kept
} AskedWanted;

// A place in the order of a page: by last safe day (none first), then person, then series.
typedef struct AskedKey {
    Day last_safe;
    int32_t person_id;
    Str series;
} AskedKey;

typedef struct AskedPage {
    Str ward;        // {0}: any
    AskedKey after;  // {DAY_NONE, 0, {0}}: from the beginning
    int count;
} AskedPage;

typedef struct AskedRow {
    int32_t person_id;
    AddresseeNo who;
    Str name;  // good until the next one
    PartialDate birth;
    bool is_protected;
    Str ward;  // good until the next one
    NextStanding next;
} AskedRow;

typedef struct AskedRows AskedRows;
MUST bool asked_rows_begin(Store *store, const Schedule *schedule, const AskedWanted *wanted,
                           Arena *arena, AskedRows **rows, Error *err);
// The next `count` of them in the order of a page.
MUST bool asked_page_begin(Store *store, const Schedule *schedule, const AskedWanted *wanted,
                           const AskedPage *page, Arena *arena, AskedRows **rows, Error *err);
bool asked_rows_next(AskedRows *rows, AskedRow *row);
MUST bool asked_rows_end(AskedRows *rows, Error *err);

// How many next doses of everybody but the stale and those whom a contraindication keeps away are expected, by series,
// position and month up to `month_most` (202610), in no order. Of `next` these three alone are said.
typedef struct MonthCount {
    NextStanding next;
    int64_t people;
} MonthCount;
typedef struct MonthCounts MonthCounts;
MUST bool month_counts_begin(Store *store, const Schedule *schedule, const StandingState *state, Day as_of,
                             int32_t month_most, Arena *arena, MonthCounts **counts, Error *err);
bool month_counts_next(MonthCounts *counts, MonthCount *count);
MUST bool month_counts_end(MonthCounts *counts, Error *err);

// How many there are by series and ward, in no order and of a kind more than once; less than none where stale rows
// are taken away again. Series and ward are good until the next one.
typedef struct AskedCount {
    Str series, ward;
    int64_t people;
} AskedCount;
typedef struct AskedCounts AskedCounts;
MUST bool asked_counts_begin(Store *store, const AskedWanted *wanted, Arena *arena,
                             AskedCounts **counts, Error *err);
bool asked_counts_next(AskedCounts *counts, AskedCount *count);
MUST bool asked_counts_end(AskedCounts *counts, Error *err);

// Open work that holds letters to people, by person: of all of them there are few.
typedef struct Hold {
    int32_t person_id;
    Str code;  // as CityPerson.held
} Hold;
VEC(HoldRows, Hold, holds);
MUST bool holds_read(Store *store, Arena *arena, HoldRows *holds, Error *err);
Str hold_of(const HoldRows *holds, int32_t person_id);  // {0}: none
