// A page of the due list, the soonest last safe day first, and how many there are: out of what is kept, without judging
// anybody but the stale; as known on a day that is over, of which nothing is kept, out of a list that is judged whole.
//
// Law     as due_list.h. A contraindicated person is there, and called `due`.
// Memory  the page and the counts live in the arena given.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "asked_rows.h"
#include "due_list.h"

typedef struct DuePageWanted {
    DueWanted due;
    AskedPage page;  // ward, after which line, how many lines
} DuePageWanted;

// Of a series in a ward: people for whom it is due now, within the days wanted.
typedef struct DueCount {
    int16_t group;
    Str ward;  // code of the municipality; "": not known, or protected
    int64_t people;
} DueCount;
VEC(DueCounts, DueCount, due_counts);

typedef struct DuePage {
    DueRows rows;
    AskedKey last;     // of the last line: the next page begins after it
    bool more;         // there is a next page
    int64_t total;     // lines of all pages
    DueCounts counts;  // of every series and ward, whatever page is wanted; by series, then ward
    bool behind;       // many are shown as they were before what touched them last (DueWanted.as_kept)
} DuePage;

// Is a line of this series and ward wanted, on whatever page?
bool due_page_wants(const DuePageWanted *wanted, int group, Str ward);

// `there`: false where nothing is kept for that day, or too many are stale and not wanted as they were: a roll comes first.
MUST bool due_page(const Ledger *ledger, const DuePageWanted *wanted, Arena *arena, DuePage *page,
                   bool *there, Error *err);

// "20781:123:MR2", to be handed back; {0} for the beginning. E_USAGE when it cannot be read.
Str asked_key_text(const AskedKey *key, Arena *arena);
MUST bool asked_key_read(Str text, AskedKey *key, Error *err);
