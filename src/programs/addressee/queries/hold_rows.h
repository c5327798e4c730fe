// People about whom a row in the feed was refused: held back from letters until what it spoke of is decided
// (held_event.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "held_event.h"
#include "person_change.h"
#include "register_rows.h"

typedef struct PersonHold {  // that nobody has decided yet
    int64_t change_no;       // its place in the sequence, and its number
    int64_t file_no, line;   // of the refused row
    HeldEvent event;
} PersonHold;
VEC(PersonHolds, PersonHold, person_holds);

MUST bool holds_of_person(Store *store, int64_t person_id, Arena *arena, PersonHolds *holds, Error *err);

// Holds the person, as one change in the sequence. The same event is held once.
MUST bool hold_begin(RegisterWriter *writer, PersonRow *person, const HeldEvent *event, int64_t line, Arena scratch,
                     Error *err);

typedef struct HoldDecision {
    Str by;   // "register", or who decided
    Str why;  // {0} of the register
} HoldDecision;

// One is decided. With the last one the person is no longer held, which is a change in the sequence too.
MUST bool hold_decide(RegisterWriter *writer, PersonRow *person, const PersonHold *hold, const HoldDecision *decision,
                      Error *err);
// A good row came: it may decide some. `history` as it was before the row.
MUST bool holds_decide_by_row(RegisterWriter *writer, PersonRow *person, const RegisterVersionRows *history,
                              const FeedRow *row, Arena scratch, Error *err);

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
