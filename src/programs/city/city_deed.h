// What a register office does in a month, one deed at a time: changes the arrays and tells the feed.
//
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_feed.h"
#include "vec.h"

typedef enum Deed {
    DEED_BIRTH,
    DEED_MOVE_IN,
    DEED_MOVE_WITHIN,
    DEED_PLAN_OUT,
    DEED_DEATH,
    DEED_NAME,
    DEED_ALIAS,
    DEED_PROTECTION,
    DEED_RETURN,
    DEED_BIRTH_FIX,
    DEED_DEATH_BY_MISTAKE,
    DEED_MOVE_BY_MISTAKE,
    DEED_REMOVAL,
    DEED_FIRST_LATER,
    // What follows from an earlier deed, on a later day.
    LATER_NUMBER = DEED_FIRST_LATER,
    LATER_OUT,
    LATER_STAYS,
    LATER_ALIVE,
    LATER_NAME,
    LATER_HOME_AGAIN,
    LATER_RESTORED,
    DEED_COUNT
} Deed;

typedef struct Task {
    Deed deed;
    Day on;  // told on the first working day from here
    int32_t person;
    Day occurred;    // of the deed that this one ends or takes back
    Household home;  // the one to go back to
} Task;
VEC(TaskRows, Task, tasks);

typedef struct Month {
    City *city;
    Dice dice;
    FeedFile feed;
    Day today;
    TaskRows tasks;
    Arena *notes;
    bool *touched;  // by person: one story a month each
    Arena scratch;  // of one row
} Month;

// Follow-ups of later days are pushed to `month->tasks`.
void task_do(Month *month, const Task *task);
