// A vague date as one number, the way it is written: 20250510, 20250500, 20250000; 0 = nothing known.
// Small, sorted by time, and readable in a table.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "day.h"

static inline int64_t partial_number(PartialDate date)
{
    return (int64_t)date.year * 10000 + date.month * 100 + date.day;
}

static inline PartialDate partial_of_number(int64_t number)
{
    return (PartialDate){(int16_t)(number / 10000), (int8_t)(number / 100 % 100),
                         (int8_t)(number % 100)};
}
