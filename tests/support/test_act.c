// SPDX-License-Identifier: Apache-2.0
#include "test_act.h"

#include "actor_made.h"

bool test_does_nothing(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    (void)act, (void)line, (void)arena, (void)status, (void)err;
    return true;
}

TestOffice test_office_at(const TestPlace *place, const OfficeProgram *program, Day business_day, Arena *arena)
{
    return (TestOffice){program, {str_format(arena, "%s/city/data", place->folder), str_of(place->base_url)}, business_day};
}

// As if the kernel had said so: everybody has a login of his own.
static const Actor *actor_named(const char *who, Arena *arena)
{
    Actor *actor = NEW(arena, Actor, 1);
    actor->name = actor->person = str_of(who);
    actor->account = str_format(arena, "login:%s", who);
    actor->login = NO_ACCOUNT;
    return actor;
}

static bool enter(TestAct *in, const Door *door, const Actor *actor, const TestOffice *office,
                  Arena *arena, Error *err)
{
    const ActAsked asked = {
        .actor = actor, .now = clock_now(), .business_day = office->business_day};
    return act_enter(&in->office, door, &asked, arena, &in->act, err);
}

static bool opened(const TestOffice *office, Arena *arena, TestAct *in, Error *err)
{
    return office_open(&office->place, office->program, clock_now(), arena, &in->office, err);
}

bool test_act_enter(const TestOffice *office, const Door *door, const char *who, Arena *arena,
                    TestAct *in, Error *err)
{
    if (!opened(office, arena, in, err)) return false;
    if (enter(in, door, actor_named(who, arena), office, arena, err)) return true;
    office_close(&in->office);
    return false;
}

bool test_act_enter_process(const TestOffice *office, const Door *door, Str claimed, Arena *arena,
                            TestAct *in, Error *err)
{
    const Actor *actor;
    if (!opened(office, arena, in, err)) return false;
    if (actor_of_process(&in->office, claimed, arena, &actor, err) &&
        enter(in, door, actor, office, arena, err))
        return true;
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

bool test_duty_given(const TestOffice *office, const Door *door, const char *by, const char *name, Duty duty,
                     Arena *arena, Error *err)
{
    TestAct in;
    DutyChanged changed;
    DutyChange change = {.name = str_of(name), .duty = duty, .given = true, .by = str_of(by)};
    if (!test_act_enter(office, door, by, arena, &in, err)) return false;
    change.now = in.act.now;
    bool given = act_begin(&in.act, err) && duty_change(&in.act, &change, &changed, err) && store_commit(in.act.store, err);
    test_act_leave(&in);
    return given;
}
