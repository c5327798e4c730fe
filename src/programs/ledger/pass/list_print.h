// A list on its way out of the office: CSV or JSON on standard output, its hash and its count in one
// audit leaf that is written before the first byte.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "csv_write.h"
#include "ledger.h"

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
} ListPrint;

// The hash of the list's lines, as it goes into the leaf.
Sha256 list_hash(const ListPrint *print, Arena scratch);

// The audit leaf alone; then the list on standard output, or the CSV of it into a file.
MUST bool list_audit(Act *act, const ListPrint *print, Arena scratch, Error *err);
MUST bool list_show(const ListPrint *print, OutputFormat format, Arena *arena, Error *err);
void list_csv(const ListPrint *print, CsvWriter *out, Arena scratch);

// Both: the leaf, and the list on standard output.
MUST bool list_print(Act *act, const ListPrint *print, OutputFormat format, Arena *arena,
                     Error *err);

Str list_day(Day day, Arena *arena);  // "2026-10-31", {0} for DAY_NONE
