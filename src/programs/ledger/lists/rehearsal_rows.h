// Rehearsals of rule sets as they are kept: db/ledger/0068_rehearsal.sql says what each column means.
//
// Memory  what is read lives in the arena that is given.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "rehearsal.h"

typedef struct RehearsalHead {
    int32_t rehearsal_no;  // 0: there is none
    Str rule_set, from_version, to_version;
    Day day;
    int64_t judged, changed, unknown;
    Instant made_at;
} RehearsalHead;

// Inside the open transaction. It begins as one that nobody sees, with the next free number.
MUST bool rehearsal_begin(Store *store, RehearsalHead *head, Error *err);
// Its lines from the `first`th of the rows on, `count` of them; statuses in the words of each set.
MUST bool rehearsal_lines_put(Store *store, int32_t rehearsal_no, const Rehearsal *rehearsal, const RuleSet *const sets[2],
                              ptrdiff_t first, ptrdiff_t count, Arena scratch, Error *err);
MUST bool rehearsal_end(Store *store, int32_t rehearsal_no, Error *err);

// One whose lines are all there.
MUST bool rehearsal_find(Store *store, int32_t rehearsal_no, Arena *arena, RehearsalHead *head, Error *err);

// How many lines of each series and change, series in the order of the rules.
typedef struct RehearsalCount {
    int32_t series_place;
    Str vaccine;
    RehearsalChange change;
    int64_t persons;
} RehearsalCount;
VEC(RehearsalCounts, RehearsalCount, rehearsal_counts);
MUST bool rehearsal_counts_read(Store *store, int32_t rehearsal_no, Arena *arena, RehearsalCounts *counts, Error *err);

typedef struct RehearsalLine {
    int32_t person_id;
    AddresseeNo who;
    Str name;  // masked as the person is protected now
    PartialDate birth;
    RehearsalChange change;
    Str series, vaccine;
    Str status[2], position[2];  // the old set first
    Day earliest[2], standard_from[2], standard_to[2], last[2];
    Str doses;
} RehearsalLine;
VEC(RehearsalLines, RehearsalLine, rehearsal_lines);

typedef struct RehearsalPage {
    int32_t series_place;  // -1: of every series and change
    RehearsalChange change;
    int64_t behind, most;
} RehearsalPage;
MUST bool rehearsal_lines_read(Store *store, int32_t rehearsal_no, const RehearsalPage *page, Arena *arena,
                               RehearsalLines *lines, Error *err);

// Takes away what was made before `before`, up to `most` rows or a little more. `gone` less than `most`: nothing is left.
MUST bool rehearsals_forget(Store *store, Instant before, int64_t most, int64_t *gone, Error *err);
