// SPDX-License-Identifier: Apache-2.0
#include "standing.h"

#include <assert.h>

// The day of death still is a day of residence, but nobody is invited on it.
static bool covers(const ResidenceSpan *span, Day day)
{
    if (span->end == RESIDENCE_DEAD && day == span->last) return false;
    return (span->first == DAY_NONE || span->first <= day) &&
           (span->last == DAY_NONE || day <= span->last);
}

bool lives_here(const CityPerson *person, Day day)
{
    assert(day != DAY_NONE);
    DaySpan born;
    if (person->withdrawn) return false;
    if (partial_date_span(person->birth, &born) && born.first > day) return false;
    VEC_EACH (const SpanRow, s, person->spans)
        if (covers(&s->span, day)) return true;
    return false;
}

PersonRows rows_now(const CityPerson *person)
{
    return (PersonRows){person->birth,       person->sex,      person->doses.at,
                        person->doses.count, person->facts.at, person->facts.count};
}
