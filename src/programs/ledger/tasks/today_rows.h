// What has been done on a business day, and what stopped: for the first page of that day.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store.h"

typedef struct TodayRows {
    int64_t jobs_running, jobs_stopped;
    int64_t files_today, rows_today;  // submissions taken in, and their rows
    int64_t letters_today;
    Day synced;  // business day of the last difference; DAY_NONE: there was none
} TodayRows;

MUST bool today_rows_read(Store *store, Day day, TodayRows *rows, Error *err);
