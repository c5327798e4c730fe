// People about whom a row in the feed was refused: held back from letters until what it spoke of is decided
// (held_event.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "held_event.h"
#include "person_change.h"
#include "register_plan.h"

typedef struct PersonHold {  // that nobody has decided yet
    int64_t change_no;       // its place in the sequence, and its number
    int64_t file_no, line;   // of the refused row
    HeldEvent event;
} PersonHold;
VEC(PersonHolds, PersonHold, person_holds);

// One, from HOLD_COLUMNS of person_hold h, the first of the query.
#define HOLD_COLUMNS "h.change_no, h.file_no, h.line, h.event_reason, h.occurred_on"
#define HOLD_OPEN    "h.held = 1 AND h.decided_at IS NULL"
enum { HOLD_COLUMN_COUNT = 5 };
PersonHold hold_row(Query *q);

MUST bool holds_of_person(Store *store, int64_t person_id, Arena *arena, PersonHolds *holds, Error *err);

// Holds the person, as one change in the sequence. The same event is held once. `holds` are the person's open
// ones, and then hold what is new, copied into `arena`.
void hold_begin(RegisterPlan *plan, PersonRow *person, PersonHolds *holds, const HeldEvent *event, int64_t line,
                Arena *arena);

typedef struct HoldDecision {
    Str by;   // "register", or who decided
    Str why;  // {0} of the register
} HoldDecision;

// The one at `place` is decided and leaves `holds`. With the last one the person is no longer held, which is a
// change in the sequence too.
void hold_decide(RegisterPlan *plan, PersonRow *person, PersonHolds *holds, ptrdiff_t place,
                 const HoldDecision *decision);
// A good row came: it may decide some. `history` as it was before the row.
void holds_decide_by_row(RegisterPlan *plan, PersonRow *person, PersonHolds *holds,
                         const RegisterVersionRows *history, const FeedRow *row);

typedef struct HeldPerson {
    AddresseeNo who;
    PersonHold hold;
    Str file;
    Instant since;
} HeldPerson;
VEC(HeldPersons, HeldPerson, held_persons);

// Everybody who is held, and for what, oldest first.
MUST bool holds_open(Store *store, Arena *arena, HeldPersons *held, Error *err);

// Holds after `cursor` up to `last`, in order, as changes that say nothing else.
MUST bool holds_between(Store *store, int64_t cursor, int64_t last, Arena *arena,
                        PersonChangeRows *holds, Error *err);
