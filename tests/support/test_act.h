// An act of somebody in an office of its own, for tests: opens the office, enters by a door.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "test_store.h"

typedef struct TestAct {
    Office office;
    Act act;
} TestAct;

typedef struct TestOffice {
    const OfficeProgram *program;
    OfficePlace place;
    Day business_day;
} TestOffice;

// Sets the office up: `who` holds every duty.
bool test_office_found(const TestOffice *office, const char *who, Arena *arena, Error *err);
// False with `err` where the office refuses; nothing is open then.
bool test_act_enter(const TestOffice *office, const Door *door, const char *who, Arena *arena,
                    TestAct *in, Error *err);
// The same by whom the kernel says that this process is, who claims to be `claimed`; {0}: nothing.
bool test_act_enter_process(const TestOffice *office, const Door *door, Str claimed, Arena *arena,
                            TestAct *in, Error *err);
void test_act_leave(TestAct *in);
