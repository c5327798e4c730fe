// One person as the ledger knew him or her at the end of a day.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger_act_rows.h"
#include "standing.h"

typedef struct DayPicture {
    Day day;
    bool known;          // the ledger had heard of the person
    bool lives;          // and he or she was ours on the day
    ResidenceSpan left;  // where not: the last span that had begun; {0} none had
    PersonRows rows;     // doses given by the day only
} DayPicture;

DayPicture day_picture(const CityPerson *person, const Knowledge *knowledge, Day day, Arena *arena);

bool same_doses(const DayPicture *a, const DayPicture *b);
bool same_facts(const DayPicture *a, const DayPicture *b);  // among those that hold on either day
bool same_identity(const DayPicture *a, const DayPicture *b);
bool dose_in(const DayPicture *picture, int32_t dose_id);
