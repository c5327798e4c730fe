// What changed between two days, person by person and series by series, and why (immunization.md 9.2).
//
// Each day is answered as the ledger would have answered it on that day: by what had happened by then
// (life), by what had been recorded by then (knowledge) and by the rules that were in use (ledger_of_day). A day
// before the ledger was first loaded is asked with what that first load brought.
// Memory  grows with the list, not with the city.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_rows.h"
#include "ledger.h"

typedef enum ChangeCause {
    CHANGE_TIME,    // a day passed: became due, late, closed
    CHANGE_DOSE,    // a dose was given, recorded, corrected or withdrawn
    CHANGE_PERSON,  // born, moved, died, corrected
    CHANGE_RULE,    // a series began or ended by law, or the rules were others on the two days
    CHANGE_FACT,    // a fact of the person
    CHANGE_CAUSES
} ChangeCause;

const char *change_cause_text(ChangeCause cause);  // "TIME"

typedef struct ChangeRow {
    int32_t person_id;
    AddresseeNo who;
    Str name;  // masked where the person is protected
    PartialDate birth;
    int16_t group, cause;
    int32_t from_status, to_status;      // Status; not_target for somebody who is not ours that day
    Str from_position, to_position;      // {0}: no next dose
    Str detail;
    Str held;  // as in DueRow
} ChangeRow;
VEC(ChangeRows, ChangeRow, change_rows);

// What a change means for who is asked, the first that fits.
typedef enum ChangeWay {
    CHANGE_CAME,  // newly asked for
    CHANGE_LATE,  // asked for, and past the standard time now
    CHANGE_DONE,
    CHANGE_LEFT,  // asked for no more
    CHANGE_OTHER,
    CHANGE_WAYS
} ChangeWay;

ChangeWay change_way(const ChangeRow *row);

typedef struct Changes {
    ChangeRows rows;           // by number, then series in the order of the rules
    const Schedule *schedule;  // the rules of the second day, whose series the rows name
    int32_t act_no;            // the last act that was known
} Changes;

// Needs from < to. Reads what is committed; the list lives in the arena of the act.
MUST bool changes_list(const Ledger *ledger, Day from, Day to, Changes *changes, Error *err);

// Are those who may have changed so few that a page judges them as it is asked for? Looks at a few hundred entries of an
// index, whatever the city.
enum { CHANGES_AT_ONCE = 500 };
MUST bool changes_few(const Ledger *ledger, Day from, Day to, bool *few, Error *err);
