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

// By number, then series in the order of the rules. Needs from < to. Reads what is
// committed; the list lives in the arena of the act.
// `schedule`: the rules of the second day, whose series the rows name.
MUST bool changes_list(const Ledger *ledger, Day from, Day to, ChangeRows *rows,
                       const Schedule **schedule, Error *err);
