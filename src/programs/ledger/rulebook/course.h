// How a vaccine goes when everything goes well: each dose on the first day of its standard time, judged by the engine
// on that day, group after group, until they ask for no more.
//
// The course is an example, not the rule: it is what the rules of each day answer to somebody who keeps to them.
// Memory  in the arena; texts in the schedule.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "schedule.h"
#include "vec.h"

enum { COURSE_DOSES_MOST = 16 };

typedef struct CourseDose {
    int group;
    int number;        // from 1, in its group
    DaySpan legal;     // `last` DAY_NONE: no last day
    DaySpan standard;  // DAY_NONE: none
    Day given;         // of the example
    Str law;           // by which it is asked
} CourseDose;
VEC(CourseDoses, CourseDose, course_doses);

// Of a set of groups and somebody of whom only birth and sex are known, asked on `as_of` (on or after birth,
// asserted). `status`: what the last group that is in force then says at first; STATUS_NONE: none is.
CourseDoses course_of(const Schedule *schedule, uint64_t groups, const Subject *subject, Day as_of,
                      Status *status, Arena *arena);
