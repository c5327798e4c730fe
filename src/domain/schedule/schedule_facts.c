// Of whom a fact may be said.
// SPDX-License-Identifier: Apache-2.0
#include "calendar.h"
#include "schedule_walk.h"

#include <assert.h>

FactWhose fact_whose(const Schedule *schedule, int fact)
{
    assert(fact >= 0 && fact < schedule->facts.count);
    const FactRule *rule = &schedule->facts.at[fact];
    return (FactWhose){rule->age_first, rule->age_last, schedule_text(schedule, rule->whose)};
}

// Whichever of the days was that of birth.
FactFit fact_fit(const Schedule *schedule, int fact, DaySpan birth, SubjectSex sex, Day date)
{
    assert(fact >= 0 && fact < schedule->facts.count);
    const FactRule *rule = &schedule->facts.at[fact];
    if (rule->age_last && (date < age_attained(birth.first, rule->age_first) ||
                           date >= age_attained(birth.last, rule->age_last + 1)))
        return FACT_OF_NO_SUCH_AGE;
    bool other = rule->sex != SUBJECT_SEX_UNKNOWN && sex != SUBJECT_SEX_UNKNOWN && (int32_t)sex != rule->sex;
    return other ? FACT_OF_ANOTHER_SEX : FACT_FITS;
}
