// A ledger's store for tests: empty, migrated, an act begun in an open transaction.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger_act_rows.h"
#include "test_store.h"

typedef struct Desk {
    TestPlace place;
    Arena whole, arena;
    Store *store;
    LedgerAct act;
    Error err;
} Desk;

// For cmocka_unit_test_setup_teardown; `*state` is the desk.
int desk_open(void **state);
int desk_bare(void **state);  // the store alone, without a table
int desk_close(void **state);
