// Products by number. The rules name products by code and number them anew at every loading; the
// ledger's own numbers never change, so that a dose of 2005 stays what it was.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "schedule.h"
#include "store.h"

typedef struct Products {
    const int32_t *rule_of;  // by ledger number; PRODUCT_NONE where the rules no longer know it
    const Str *code_of;      // by ledger number
    int32_t *number_of;      // by rule product; 0 where the ledger has not met it
    int32_t count;           // ledger numbers 1 .. count-1
} Products;

MUST bool product_numbers_read(Store *store, const Schedule *schedule, Arena *arena,
                               Products *products, Error *err);
// Has the ledger met everything that the rules know?
bool product_numbers_whole(const Products *products, const Schedule *schedule);
int32_t product_number_of(const Products *products, Str code);  // 0: the ledger has not met it
// Numbers for what the ledger has not met, in memory alone: to judge what would be.
void product_numbers_assumed(const Schedule *schedule, Arena *arena, Products *products);
// Gives a number to one further code, in the open transaction, where it has none.
MUST bool product_number_add(Store *store, Str code, Error *err);
// Gives numbers to what the rules know and the ledger does not, inside the open transaction.
MUST bool product_numbers_complete(Store *store, const Schedule *schedule, Arena *arena,
                                   Products *products, Error *err);
