// SPDX-License-Identifier: Apache-2.0
#include "invented.h"

#include "calendar.h"
#include "person_state.h"

#include <assert.h>

PersonShown invented_person(const Ledger *ledger, Day birth, int32_t sex, Day as_of, Arena *arena)
{
    assert(birth != DAY_NONE);
    static const DoseRecords no_doses;
    static const FactRows no_facts;
    static const OriginRows no_origins;
    CivilDate born = civil_of(birth);
    assert(birth <= as_of);
    PersonRow *person = NEW(arena, PersonRow, 1);
    *person = (PersonRow){.birth = {(int16_t)born.year, (int8_t)born.month, (int8_t)born.day},
                          .sex = sex,
                          .status = STATUS_RESIDENT};
    Case *c = NEW(arena, Case, 1);
    Assessment *assessed = NEW(arena, Assessment, 1);
    const PersonRows rows = {.birth = person->birth, .sex = sex};
    *c = case_of(&ledger->judge, &rows, as_of, arena);
    *assessed = case_assess(c, as_of, arena);
    return (PersonShown){.schedule = ledger->schedule,
                         .products = &ledger->products,
                         .person = person,
                         .records = &no_doses,
                         .foreign = &ledger->foreign,
                         .origins = &no_origins,
                         .facts = &no_facts,
                         .c = c,
                         .assessed = assessed,
                         .as_of = as_of,
                         .known_on = DAY_NONE};
}
