// Everything about the row in hand, between reading and keeping it. Internal to the intake.
//
// staging_decide reads the store and writes nothing, so a row that was returned can be judged anew at any
// time; staging_keep writes what was decided.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "dose_source_rows.h"
#include "intake_run.h"
#include "waiting_rows.h"

enum { BETWEEN_ITEMS = '\x1f' };  // of a row that waits

VEC(KnownDoses, KnownDose, known_doses);

typedef struct Staging {
    IntakeRun *run;
    const CsvRow *csv;
    Submission s;
    int32_t product_no;
    StagedRow staged;
    MatchDecision match;
    MatchCandidates found;
    const MatchPerson *person;  // NULL: not linked
    KnownDose incoming;
    KnownDoses known;  // the person's doses, as far as they were asked for
    SentDose another;  // sent for somebody else, and perhaps what the row corrects; zero: none
    int32_t others;    // for how many (IntakePerson)
    bool by_number;
    bool decided;      // a member of staff says that `person` is meant (IntakePerson)
    int64_t corrects;  // and that this is the dose corrected; 0: none named
    Arena *arena;
} Staging;

// The row as it is read, and steps 2 to 4. `g->run` and `arena` are set.
void staging_read(Staging *g, const CsvRow *row);
void staging_check(Staging *g);
// Steps 2 to 8: the row, whom it means, whether we have the dose. `g->run`, `arena` and `staged.row_id` are set.
MUST bool staging_decide(Staging *g, const CsvRow *row, Error *err);
// Steps 7 and 8, of one whose person is sought.
MUST bool staging_compare(Staging *g, Error *err);
// Stores what was decided: a dose, a new version, a record of an examination, a due date.
MUST bool staging_keep(Staging *g, Error *err);
// What the outcome will say of it, who the candidates are, and where it was returned its line in that list.
MUST bool staging_tell(Staging *g, Error *err);
bool staging_means_protected(const Staging *g);
// What this row, now decided, answers waits no longer; one under review or returned waits itself.
MUST bool staging_settle(Staging *g, Error *err);
// A row that waits, in the order of the contract; only `fields` are set.
CsvRow staging_waiting_row(const WaitingRow *waiting, Arena *arena);

// The last day that a date may mean; DAY_NONE where it means none.
static inline Day day_asked(PartialDate date)
{
    DaySpan span;
    return partial_date_span(date, &span) ? span.last : DAY_NONE;
}
