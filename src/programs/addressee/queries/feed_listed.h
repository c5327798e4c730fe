// Rows of a feed file that were refused, or taken and minded, as its list says them: the list is always written from
// here, so that it can be written again.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "error_csv.h"
#include "sealed_column.h"
#include "vec.h"

enum { LISTED_ROW_MOST = 1 << 19 };  // bytes of a row's text; what is longer is cut

typedef struct PlannedListed {
    int64_t listed_no;
    ErrorCsvRow row;
    Bytes sealed;
} PlannedListed;
VEC(PlannedListeds, PlannedListed, planned_listeds);

// What the list will say of an error, in `arena`. `refused`: of a row that was not taken.
ErrorCsvRow listed_of(int64_t line, const Error *why, Str row_text, bool refused, Arena *arena);
// Seals each; before they are bound.
MUST bool listed_seal(Keys *keys, PlannedListeds *rows, Arena *arena, Error *err);
extern const char listed_add_sql[];
void listed_bind(Query *q, int64_t file_no, const PlannedListed *row);

// All rows of the file, in their order, to `list`.
MUST bool listed_write(Store *store, Keys *keys, int64_t file_no, ErrorCsv *list, Arena scratch, Error *err);

// Of at most `most` rows of files that were imported before `before` nothing is left but that they were; `gone`: how many.
MUST bool listed_forget(Store *store, Instant before, int64_t most, int64_t *gone, Error *err);

extern const SealedColumn feed_listed_sealed;
