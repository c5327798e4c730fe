// A change of the rules before it is in force: the whole city under two rule sets on one day, and whose
// answers differ.
//
// Same people, same rows, same day; only the rules differ. Series are the same where their ids are; one
// that only one set knows is `not_target` in the other, and tells of those alone for whom it asks or
// judges something.
// Memory  grows with the people whose answers differ, not with the city.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"
#include "ledger.h"

typedef struct RuleSet {
    Str name;  // as it was given: a folder, RULE_SET_BUILT_IN or RULE_SET_OFFICE
    const Schedule *schedule;
    Products products;
    Judge judge;
} RuleSet;

#define RULE_SET_BUILT_IN "built-in"
#define RULE_SET_OFFICE   "office"

// The rules that were built into this program, those by which the office judges, or every *.json of a folder. A faulty set is refused whole, and
// all its faults are written to standard error. E_RULE, E_FILE_OPEN, E_FILE_READ.
MUST bool rule_set_open(const Ledger *ledger, Str name, Arena *arena, RuleSet *set, Error *err);

typedef struct SeriesPair {
    Str id, name;
    int group[2];  // GROUP_NONE: this set does not know it
} SeriesPair;
VEC(SeriesPairs, SeriesPair, series_pairs);

// The first of these that differs.
typedef enum RehearsalChange {
    REHEARSAL_STATUS,
    REHEARSAL_POSITION,  // of the next dose
    REHEARSAL_DAYS,      // of the next dose
    REHEARSAL_DOSES,     // verdicts of doses given
    REHEARSAL_CHANGES
} RehearsalChange;

const char *rehearsal_change_text(RehearsalChange change);  // "STATUS"

// What one set answers. Texts are its own.
typedef struct RehearsalSide {
    Str status, position;
    Day earliest, standard_from, standard_to, last;
} RehearsalSide;

typedef struct RehearsalRow {
    int32_t person_id;
    AddresseeNo who;
    Str name;  // masked where the person is protected
    PartialDate birth;
    int16_t pair, change;
    RehearsalSide side[2];
    Str doses;  // whose verdicts differ: "17:valid→invalid"
} RehearsalRow;
VEC(RehearsalRows, RehearsalRow, rehearsal_rows);

typedef struct Rehearsal {
    SeriesPairs pairs;        // in the order of the old set, then what is new
    RehearsalRows rows;       // by number, then series
    int64_t judged, changed;  // residents
    int64_t *unknown[2];      // by ledger product: doses of residents that this set does not know
} Rehearsal;

// Old set first. Reads what is committed; the rows live as long as the process.
MUST bool rehearsal_run(const Ledger *ledger, const RuleSet *const sets[2], Day as_of, Arena *arena,
                        Rehearsal *rehearsal, Error *err);
