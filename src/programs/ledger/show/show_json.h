// One person as JSON (files.md 4; fields of immunization.md 4.5 and 4.7).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdio.h>

#include "fact_row.h"
#include "foreign_standing.h"
#include "judge.h"
#include "person_rows.h"
#include "recorded.h"

// All that `show` shows.
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
    Str held;  // why no letter goes now (resident_held); {0}: nothing is in the way
    const Recorded *record;  // of the look
    FILE *to;
    bool filed;  // a file, which bears the number of the record
} PersonShown;

// What a vaccination abroad counts for. One that the table would count and no series accepts waits for a
// physician: only he or she may count what the rules of its day do not.
ForeignStanding origin_standing(const PersonShown *shown, const OriginRow *origin, Arena *arena);

// The answer hangs on which day of a vague birth date is meant: then `born` is the first and the last of them.
bool two_readings(const PersonShown *shown, const GroupAssessment *group, DaySpan *born);

// Writes to `to`.
MUST bool show_json(const PersonShown *shown, Arena scratch, Error *err);
// The same for people to read.
void show_text(const PersonShown *shown, Arena scratch);
