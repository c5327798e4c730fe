// Everything about the rows in hand, between reading and judging them. Internal to the intake.
//
//     staging_read, staging_check     each by itself
//     staging_match                   whom each means
//     staging_ask                     what the store knows of them
//     staging_compare                 in the order of the file: have we got it already?
//     staging_keep, staging_tell      what is written for it, and what the outcome says
//
// Nothing here writes into the store, so a row that was returned can be judged anew at any time.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "intake_run.h"
#include "intake_sets.h"

enum { BETWEEN_ITEMS = '\x1f' };  // of a row that is kept

VEC(KnownDoses, KnownDose, known_doses);

typedef struct Staging {
    IntakeRun *run;
    const Str *fields;  // NULL: unreadable
    Submission s;
    int32_t product_no;
    StagedRow *staged;
    MatchLookups keys;
    MatchDecision match;
    MatchCandidates found;
    const MatchPerson *person;  // NULL: not linked
    const IntakeSets *sets;
    int32_t nth;  // in the sets
    KnownDose incoming;
    KnownDoses known;  // the person's doses, as far as they were asked for
    SentDoses sent_others;  // sent for somebody else, and perhaps what the row corrects
    SentDose another;  // the first of them, or the one that was chosen; zero: none
    int32_t others;    // for how many (IntakePerson)
    SentDoses own_asked;  // of those whom the row may mean: what rows that wait under its number ask about
    bool by_number, waited, asked_others, asked_ended;  // IntakePerson
    // A member of staff says that `person` is meant (IntakePerson), and what the row is beside what is stored.
    bool decided, chosen_other;
    IntakeChoice choice;
    int64_t chosen;
    Arena *arena;
} Staging;

// The row as it is read; `run`, `staged` and `arena` are set. `row` is good until it returns.
void staging_read(Staging *g, const CsvRow *row);
// The same of items that were kept: `staged->items`, on `staged->line`.
void staging_read_kept(Staging *g);
void staging_check(Staging *g);
// Steps 5 to 8, of rows that nothing has stopped.
MUST bool staging_match(Staging *rows, ptrdiff_t count, Arena *arena, Error *err);
// `sets` live as long as the rows.
MUST bool staging_ask(Staging *rows, ptrdiff_t count, IntakeSets *sets, Arena *arena, Error *err);
void staging_compare(Staging *g);
// All of it.
MUST bool staging_decide(Staging *g, Arena *arena, Error *err);
// What is written for it, once it is published.
MUST bool staging_keep(Staging *g, Error *err);
// What the outcome will say of it, and who the candidates are.
void staging_tell(Staging *g);
bool staging_means_protected(const Staging *g);
// What this row, now decided, answers waits no longer; one under review or returned waits itself.
void staging_settle(Staging *g);
// Staged, compared and kept, in the order of the file, behind all rows that were before.
MUST bool staging_rows(Staging *rows, ptrdiff_t count, Arena *arena, Error *err);

// The items of a row that waits, as they are kept.
Str staging_waiting_items(const WaitingRow *waiting, Arena *arena);

// The last day that a date may mean; DAY_NONE where it means none.
static inline Day day_asked(PartialDate date)
{
    DaySpan span;
    return partial_date_span(date, &span) ? span.last : DAY_NONE;
}
