// All rows of a store, counted and hashed table by table, and carried into another store.
//
// Both engines say the same of the same rows: a table's rows are taken in the order of its key, each value
// with its kind and length. So a copy is proven by reading it back, whichever engines stand at its ends.
// The list of applied migrations belongs to each place, and is left out.
// Tables that others refer to come before these.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sha256.h"
#include "store.h"
#include "vec.h"

typedef struct TableHeld {
    Str name;
    int64_t rows;
    Sha256 content;  // of clear columns too: compare it, never print or keep it
} TableHeld;
VEC(TablesHeld, TableHeld, tables_held);

// What the open picture of `store` holds, by name of table. `arena` must live as long as the store.
MUST bool store_held(Store *store, Arena *arena, TablesHeld *tables, Error *err);

// Carries what the open picture of `from` holds into `to`: inside the writing transaction of `to`, whose
// schema is the same. What a migration laid into a table of `to` gives way. `tables` is what was carried.
// `arena` must live as long as both stores.
MUST bool store_copy(Store *from, Store *to, Arena *arena, TablesHeld *tables, Error *err);

// The first table in which they differ; {0}: none.
Str tables_differ(const TablesHeld *a, const TablesHeld *b);
