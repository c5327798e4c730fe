// Kept differences of two days: db/ledger/0057_change_list.sql says what each column means.
//
// Memory  what is read lives in the arena that is given.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "changes_list.h"

typedef enum ChangeListState { CHANGE_LIST_MAKING = 1, CHANGE_LIST_WHOLE, CHANGE_LIST_OVER } ChangeListState;

typedef struct ChangeListRow {
    int32_t list_no;
    Day from, to;
    Str judged_by;
    int32_t act_no;
    Instant made_at;
} ChangeListRow;

// Inside the open transaction. A list begins as one being made, with the next free number.
MUST bool change_list_begin(Store *store, ChangeListRow *row, Error *err);
// Its lines from the `first`th of the rows on, `count` of them.
MUST bool change_lines_put(Store *store, int32_t list_no, const Changes *changes, ptrdiff_t first, ptrdiff_t count,
                           Error *err);
// All lines are there: it takes the place of the others of these days.
MUST bool change_list_end(Store *store, const ChangeListRow *row, Error *err);

// The whole list of two days that these rules judged; `list_no` 0: there is none.
MUST bool change_list_find(Store *store, Day from, Day to, Str judged_by, ChangeListRow *row, Error *err);
// How many people were written about after this act.
MUST bool change_list_written(Store *store, int32_t act_no, int64_t *people, Error *err);

MUST bool change_line_counts(Store *store, int32_t list_no, int64_t counts[CHANGE_WAYS], Error *err);
// Lines of one way, or of all (CHANGE_WAYS), in the order of the list, `most` of them behind the first `behind`. Names are
// masked as the person is protected now; `held` is not said.
MUST bool change_lines_read(Store *store, const Schedule *schedule, int32_t list_no, ChangeWay way, int64_t behind,
                            int64_t most, Arena *arena, ChangeRows *rows, Error *err);

// Takes away lists that are over, that were made before `before`, or that nobody has come to the end of since `broken`: up
// to `most` rows or a little more. `gone` less than `most`: nothing is left of them.
MUST bool change_lists_forget(Store *store, Instant before, Instant broken, int64_t most, int64_t *gone, Error *err);
