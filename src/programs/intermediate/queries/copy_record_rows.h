// 副本: the records that answer others, and how the copies of each data set stand.
//
// Sealed  the items of a record; data set, key, person and version stand in clear.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "copy_checks.h"
#include "relay_message.h"
#include "sealed_column.h"

// ---- records

typedef struct CopyRow {
    int64_t record_no;  // 0: there is none
    UnifiedNo person;
    CopyRecord record;  // its birth is never kept
    int layout;
    int64_t marked;
} CopyRow;
VEC(CopyRows, CopyRow, copy_rows);

// By its key; deleted ones too. Items are read where `keys` is there.
MUST bool copy_find(Store *store, Keys *keys, const DatasetCode *dataset, const CopyKey *key, Arena *arena,
                    CopyRow *row, Error *err);
// New where record_no is 0, which is then filled.
MUST bool copy_save(Store *store, Keys *keys, const DatasetCode *dataset, CopyRow *row, Arena scratch, Error *err);
// That the delivery named it, and nothing else.
MUST bool copy_mark(Store *store, int64_t record_no, int64_t delivery, Error *err);
// Of one person, those that stand, in the order in which they came.
MUST bool copies_of(Store *store, Keys *keys, const DatasetCode *dataset, const UnifiedNo *person, Arena *arena,
                    CopyRows *rows, Error *err);
// Those after `ask->after`, with their hash, as copy_compared_encode.
MUST bool copies_compared(Store *store, Keys *keys, const DatasetCode *dataset, const RelayFeedAsk *ask, Arena *arena,
                          RelayFeed *feed, Error *err);

// How many stand, and how many of them no message of the delivery (or of a later one) named.
MUST bool copies_unnamed(Store *store, const DatasetCode *dataset, int64_t delivery, int64_t *standing,
                         int64_t *unnamed, Error *err);
// Which these are, one behind the other.
MUST bool copies_unnamed_keys(Store *store, const DatasetCode *dataset, int64_t delivery, Arena *arena, Str *keys,
                              Error *err);
// And they go.
MUST bool copies_sweep(Store *store, const DatasetCode *dataset, int64_t delivery, int64_t *gone, Error *err);

// Every copy of the person is somebody else's from now on.
MUST bool copies_rekey(Store *store, const UnifiedNo *from, const UnifiedNo *to, Error *err);

extern const SealedColumn copy_record_sealed;

// ---- sets

typedef struct CopySetRow {
    DatasetCode dataset;
    CopySet set;
    Instant as_of;
    int64_t held;     // delivery whose sweep waits for two people
    int64_t refused;  // of the last message
    Bytes answer;     // to it
} CopySetRow;
VEC(CopySetRows, CopySetRow, copy_set_rows);

// Zeros where nothing ever came.
MUST bool copy_set_find(Store *store, const DatasetCode *dataset, Arena *arena, CopySetRow *row, Error *err);
MUST bool copy_set_save(Store *store, const CopySetRow *row, Error *err);
MUST bool copy_sets(Store *store, Arena *arena, CopySetRows *rows, Error *err);

// ---- 自動応答不可

MUST bool look_first_is(Store *store, const UnifiedNo *person, const DatasetCode *dataset, bool *is, Error *err);
// Of all data sets.
MUST bool look_first_set(Store *store, const UnifiedNo *person, Instant since, bool on, Error *err);
