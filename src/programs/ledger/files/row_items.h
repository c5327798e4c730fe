// The items of one row of a person file, read one by one: whatever is wrong names its item and value.
//
// Errors  the functions say false and leave a whole error: E_LENGTH, E_CODE_UNKNOWN, those of dates.h.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "csv.h"
#include "day.h"
#include "vec.h"

VEC(RowFaults, Error, row_faults);

typedef struct RowItems {
    const CsvRow *row;
    Arena *arena;
    Error *err;         // of the item in hand
    RowFaults *faults;  // of the row
} RowItems;

// Whoever sends a file is told every fault of a row at once: notes that of an item which was not `good`, so that
// the next one may be read. Returns `good`.
bool row_item_checked(const RowItems *r, bool good);

// A word that an item may have, and what it means.
typedef struct RowWord {
    const char *text;
    int value;
} RowWord;

Str row_item(const RowItems *r, int which);       // without blanks around it
Str row_item_name(const RowItems *r, int which);  // as the file calls it
// Names the item in the error that a lower reader left. Always false.
bool row_item_blame(const RowItems *r, int which);
// Of an item that a lower reader read: where it was not `good`, its error is named and noted. Returns `good`.
bool row_item_read(const RowItems *r, int which, bool good);

// What is kept as the paper has it: 100 characters at most, an Individual Number in it masked.
MUST bool row_item_text(const RowItems *r, int which, Str *text);
// One of `count` words; `told` says which there are.
MUST bool row_item_word(const RowItems *r, int which, const RowWord *words, ptrdiff_t count,
                        Str told, int *value);
// Yes or no, in the words of coded_word.h; empty is no.
MUST bool row_item_yes(const RowItems *r, int which, Str told, bool *value);
// The days that a date may mean, of one that is not known to the day too; false where nothing is written or can be read.
bool row_item_span(const RowItems *r, int which, DaySpan *span);
MUST bool row_item_day(const RowItems *r, int which, Day *day);  // DAY_NONE where it is empty

// What to tell of a date that names an era which had ended before it, and how it is read; {0}: nothing.
Str row_era_words(Str written, Arena *arena);
