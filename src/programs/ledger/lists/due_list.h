// Who is due: out of what is kept and those of whom it does not speak, else in one pass over the city.
//
// Law     予防接種法 第8条 (勧奨); immunization.md 4.4-4.6, 9.1. The unit is a person and a series whose
//         status is `due` or `late` on the day asked about.
// Memory  grows with the list (about 100 bytes a line), not with the city.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_rows.h"
#include "ledger.h"

typedef struct DueWanted {
    Day as_of;
    uint64_t groups;    // set of series
    int64_t within;     // days from `as_of` to the last safe date at most; -1: any
    bool as_kept;       // of a screen that waits for nobody: where many are stale, they are shown as they were kept
} DueWanted;

typedef struct DueRow {
    int32_t person_id;
    AddresseeNo who;
    Str name;  // masked where the person is protected
    PartialDate birth;
    int16_t group;
    int16_t status;  // STATUS_DUE or STATUS_LATE
    bool is_protected, contraindicated;
    bool no_letter;    // by the rules nobody is written to about it: another vaccine covers it
    int32_t position;  // text of the schedule
    Day earliest, standard_from, standard_to, last, last_safe;
    Str held;  // why no letter goes to the person now (CityPerson.held); {0}: nothing is in the way
} DueRow;
VEC(DueRows, DueRow, due);

// By vaccine in the order of the rules, then last safe date (none first: nothing is safe any more),
// then number. Reads what is committed; the list lives as long as the process.
MUST bool due_list(const Ledger *ledger, const DueWanted *wanted, DueRows *rows, Error *err);
