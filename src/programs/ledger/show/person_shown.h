// One person as the ledger shows him or her, to a terminal, a program or a page: what is known, what the rules
// say about it, and masked here and nowhere else where the person is protected (masked.h).
//
// The look is on record before this is made: command_show.c, visit_person.h.
// Memory  in the arena given; points into the ledger.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "fact_row.h"
#include "foreign_standing.h"
#include "ledger.h"
#include "person_rows.h"
#include "recorded.h"
#include "waiting_dose_rows.h"

#include <stdio.h>

typedef struct PersonShown {
    const Schedule *schedule;
    const Products *products;
    const PersonRow *person;
    const DoseRecords *records;
    const ForeignCodes *foreign;
    const OriginRows *origins;
    const FactRows *facts;
    const Case *c;
    const Assessment *assessed;
    Day as_of;
    Day known_on;  // DAY_NONE: as things are known now
    Str held;      // why no letter goes to the person then (resident_held); {0}: nothing is in the way
    WaitingDoses waiting;  // that hold the letters of their series
    const Judge *judge;
    const Recorded *record;  // of the look
    FILE *to;                // where a command says it; NULL: a page does
    bool filed;              // a file, which bears the number of the record
} PersonShown;

// `person` as read from the ledger, which knows him or her (asserted); `record` is that of the look.
// `known_on`, `to` and `filed` are the caller's.
MUST bool person_shown(const Ledger *ledger, const PersonRow *person, const Recorded *record,
                       Day as_of, Arena *arena, PersonShown *shown, Error *err);
// Why no letter about this series goes to the person then, in the words of due and changes (work_kind_named); {0}:
// nothing is in the way.
Str group_held(const PersonShown *shown, int group);
// The same person with other doses and facts, judged as `now` was: nothing is read and nothing is written.
PersonShown person_shown_with(const Ledger *ledger, const PersonShown *now,
                              const DoseRecords *records, const FactRows *facts, Arena *arena);
