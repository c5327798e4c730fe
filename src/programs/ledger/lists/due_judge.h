// Inside the lists: one person's lines of the due list, and the whole list out of what is kept.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "asked_rows.h"
#include "city_slices.h"
#include "due_list.h"
#include "standing_roll.h"

// A part of the list that grows: of a thread, or of those who are judged beside what is kept.
typedef struct DuePart {
    const Ledger *ledger;
    const DueWanted *wanted;
    SliceMemory *memory;
    CityPass *pass;  // of the day wanted
    DueRows rows;
} DuePart;

// Adds the lines of one person.
void due_judge(DuePart *part, const CityPerson *person, Arena scratch);

DueRow due_row(const CityPerson *person, Str name, const NextStanding *next);
bool due_soon_enough(const DueWanted *wanted, Day safe);
int due_order(const void *left, const void *right);  // of two DueRow

// What is kept as one picture shows it, and who is judged beside it.
typedef struct DueKept {
    const Ledger *ledger;
    const DueWanted *wanted;
    Store *store;  // in a reading transaction: the act's where nothing is open there, else one of its own
    StandingState state;
    int64_t stale_count;  // people who are judged beside it; most often nobody is
    bool behind;          // many are stale: they are shown as they were kept, and nobody is judged
    SliceMemory memory;
    SliceMemory reserved;  // to be given back
    HoldRows holds;
    DuePart stale;  // the lines of the stale ones
} DueKept;

// `speaks`: false where the city must be judged: nothing is kept for that day, for the past, or too many are stale.
MUST bool due_kept_open(const Ledger *ledger, const DueWanted *wanted, DueKept *kept, bool *speaks,
                        Error *err);
// Ends the picture; lines and their texts stay until lines_forget, or live as long as the process.
void due_kept_close(DueKept *kept);
void due_lines_forget(DueKept *kept);

// Each of the stale, from the same picture.
MUST bool stale_each(DueKept *kept,
                     void (*judge)(void *context, const CityPerson *person, Arena scratch),
                     void *context, Error *err);

// What to ask of the kept lines of one series, or of all ({0}).
AskedWanted due_asked(const DueKept *kept, Str series);
void due_kept_add(DueKept *kept, const AskedRow *row, DueRows *rows);

// The whole list; `kept` as `speaks`.
MUST bool due_kept(const Ledger *ledger, const DueWanted *wanted, DueRows *rows, bool *kept,
                   Error *err);
