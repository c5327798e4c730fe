// The doses of all years before the month, as an old system hands them over: one file per year, in the
// layout of submissions with the columns that the old system had.
//
// A dose from before somebody moved in stands as 接種区分 3 (given elsewhere, reported).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_person.h"
#include "errors.h"

typedef enum HistoryLength { HISTORY_FULL, HISTORY_SHORT } HistoryLength;  // short: two years

MUST bool history_write(const City *city, HistoryLength length, Str dir, Arena scratch,
                        int64_t *rows, Error *err);
