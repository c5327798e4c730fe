// The lines of a list that leaves the office (list_leave.h): CSV or JSON on standard output, CSV in a file.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger.h"
#include "list_leave.h"

enum { LIST_ITEMS_MAX = 18 };

typedef struct ListLine {
    Str items[LIST_ITEMS_MAX];
} ListLine;

typedef struct ListPrint {
    const char *const *names;  // of the columns
    int item_count;            // at most LIST_ITEMS_MAX
    int64_t lines;
    // Says line number `nth`; texts live in the scratch.
    ListLine (*line)(const void *list, int64_t nth, Arena *scratch);
    const void *list;
    const Schedule *schedule;  // whose words a spreadsheet shows; NULL: nothing in it is judged
} ListPrint;

// Records the list and lets it leave: to `out`, or to standard output for {0}; FORMAT_EXCEL in words (list_columns.h). JSON goes to standard output alone
// (E_USAGE).
MUST bool list_print(Act *act, const ListPrint *print, OutputFormat format, Str out, Arena *arena,
                     Error *err);

Str list_day(Day day, Arena *arena);  // "2026-10-31", {0} for DAY_NONE
