// SPDX-License-Identifier: Apache-2.0
#include "test_act.h"

bool test_act_enter(const TestOffice *office, const Door *door, const char *who, Arena *arena,
                    TestAct *in, Error *err)
{
    const ActAsked asked = {.actor = actor_of_process(str_of(who), arena),
                            .now = clock_now(),
                            .business_day = office->business_day};
    if (!office_open(&office->place, office->program, arena, &in->office, err)) return false;
    if (act_enter(&in->office, door, &asked, arena, &in->act, err)) return true;
    office_close(&in->office);
    return false;
}

bool test_office_found(const TestOffice *office, const char *who, Arena *arena, Error *err)
{
    Office founded;
    const Founding founding = {str_of(who), clock_now(), office->business_day};
    bool found = office_found(&office->place, office->program, &founding, arena, &founded, err);
    office_close(&founded);
    return found;
}

void test_act_leave(TestAct *in)
{
    act_leave(&in->act);
    office_close(&in->office);
}
