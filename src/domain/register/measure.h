// 支援措置 as an office decides it: what kind, from when, until when.
//
// Law     住民基本台帳事務処理要領 第5-10: a measure holds for one year from the decision and may be renewed before
//         that. Its last day ends nothing by itself (protection.h): an officer is reminded, and two people end it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "day.h"

// Ended by NULL.
extern const char *const measure_kinds[];

typedef struct Measure {
    Str kind;
    Day begins_on, ends_on;  // both days included
} Measure;

Day measure_last(Day begins_on);  // the last day that it may have: a year
// E_CODE_UNKNOWN, E_CONFLICT with the item: no such kind, begins after `today`, ends before it begins or after a year.
MUST bool measure_possible(const Measure *measure, Day today, Error *err);
bool measure_over(Day ends_on, Day today);  // somebody must look whether it goes on
