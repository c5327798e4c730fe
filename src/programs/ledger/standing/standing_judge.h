// Where one resident stands with every series on a day, and until when that holds.
//
// Law     immunization.md 4.4-4.6, 5.2: `due` and `late` are asked for now; nobody is called late because of a
//         contraindication.
// Memory  what is found lives in the arena that is given.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_rows.h"
#include "ledger.h"

// A series that asks for a next dose, as the rules answer.
typedef struct NextStanding {
    int16_t group;
    int16_t status;        // STATUS_NOT_YET, STATUS_DUE or STATUS_LATE
    bool contraindicated;  // one runs on the day
    bool no_letter;        // by the rules nobody is written to about it
    int32_t position;      // text of the schedule
    Day earliest, standard_from, standard_to, last;
    Day last_safe;  // of what is due or late; DAY_NONE otherwise, and where there is none
    int32_t month;  // in which the dose is expected (month_expected)
} NextStanding;

typedef struct Standing {
    Day turns_on;  // as long as nothing new is written, the same on every day before this; DAY_MAX: for ever
    Str statuses;  // a letter for each series in the order of the rules; {0}: no resident on the day
    NextStanding *next;
    int next_count;
} Standing;

// Is a dose of this series asked for now?
static inline bool status_asks(Status status)
{
    return status == STATUS_DUE || status == STATUS_LATE;
}

// In which month the dose is expected, as 202610: that of the first day of its standard time, or of its first legal day
// where that is later or where the standard time begins after its last day.
int32_t month_expected(const NextStanding *next);

// What an answer says of the next dose; `safe`: its last safe day.
NextStanding next_standing(const Ledger *ledger, const CityPerson *person,
                           const GroupAssessment *answer, Day safe, Day as_of);

// `pass`: of all series on this day; NULL: the person is judged alone.
Standing standing_of(const Ledger *ledger, CityPass *pass, const CityPerson *person, Day as_of,
                     Arena *arena);

// The same person, all of it in words: two standings are the same where these are, byte for byte.
Str standing_words(const Schedule *schedule, const Standing *standing, Arena *arena);
