// An act of somebody in an office of its own, for tests: opens the office, enters by a door.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "duty_change.h"
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

// What the door of a command does where entering is the story.
DoorCommand test_does_nothing;

// The office of a story in a folder of its own. Nothing is founded yet.
TestOffice test_office_at(const TestPlace *place, const OfficeProgram *program, Day business_day, Arena *arena);
// Sets the office up: `who` holds every duty.
bool test_office_found(const TestOffice *office, const char *who, Arena *arena, Error *err);
// False with `err` where the office refuses; nothing is open then.
bool test_act_enter(const TestOffice *office, const Door *door, const char *who, Arena *arena,
                    TestAct *in, Error *err);
// The same by whom the kernel says that this process is, who claims to be `claimed`; {0}: nothing.
bool test_act_enter_process(const TestOffice *office, const Door *door, Str claimed, Arena *arena,
                            TestAct *in, Error *err);
void test_act_leave(TestAct *in);
// `by` gives `name` a duty without an end, by a door for it, with its record.
bool test_duty_given(const TestOffice *office, const Door *door, const char *by, const char *name, Duty duty,
                     Arena *arena, Error *err);
