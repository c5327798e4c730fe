// Stores for tests: each story begins on an empty one. On SQLite a file in a temporary folder; run through
// tests/support/with_postgresql.sh the same stories run on PostgreSQL.
//
//     test('store', store_test, suite: 'adapters')
//     test('store on PostgreSQL', with_postgresql, args: store_test, suite: 'postgresql')
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store.h"

typedef struct TestPlace {
    char folder[64];      // an empty folder of its own
    char store_url[256];  // an empty store
    char base_url
        [256];  // for --store and office_open: "sqlite" or the server; no program's database there
    bool postgresql;
} TestPlace;

// Asserts (cmocka) that all went well.
void test_place_make(TestPlace *place);
// Runs `sql` as the server's superuser in `database`, which is there.
void test_place_administrate(const TestPlace *place, const char *database, const char *sql);
void test_place_remove(TestPlace *place);
