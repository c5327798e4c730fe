// The eras since the calendar is ours: facts, and which era a day or a year of an era belongs to.
// Private to dates.c and expiry.c.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "day.h"
#include "str.h"

typedef struct Era {
    char letter;              // 'R'
    const char *name, *sign;  // 令和, ㋿
    int year_before;          // year 1 of the era is year_before + 1
    CivilDate first, last;    // both included
} Era;

// The era whose letter, name or sign `text` begins with; `text` then stands behind it. NULL if none.
const Era *era_take(Str *text);
// The later one where a day belongs to two; NULL before 1873.
const Era *era_of(Day day);

typedef enum EraFit { ERA_OUTSIDE, ERA_INSIDE, ERA_CONVERTED } EraFit;
// Whether any day that `date` may mean lies in the era; ERA_CONVERTED: all lie behind it, as papers and
// systems go on counting. Needs a known year (asserted).
EraFit era_fit(const Era *era, PartialDate date);
