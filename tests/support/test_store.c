// SPDX-License-Identifier: Apache-2.0
#include "test_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// What the programs of an earlier story made for themselves.
static void programs_dropped(Store *store, const char *list_sql, const char *drop, const char *how,
                             Arena arena)
{
    Error err = {0};
    Query *q = query_begin(store, list_sql, &err);
    assert_non_null(q);
    while (query_next(q)) {
        Str sql = str_format(&arena, "%s %.*s %s", drop, STR(column_view(q, 0)), how);
        assert_true(store_execute(store, str_z(&arena, sql), &err));
    }
    assert_true(query_end(q, &err));
}

static void postgresql_emptied(const char *url)
{
    Arena whole = arena_reserve(1 << 20), arena = whole;
    Store *store = NULL;
    Error err = {0};
    assert_true(store_open(str_of(url), &arena, &store, &err));
    assert_true(
        store_execute(store, "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public", &err));
    programs_dropped(
        store,
        "SELECT datname FROM pg_database WHERE datname LIKE 'sesshu%' AND datname <> 'sesshu_test'",
        "DROP DATABASE", "WITH (FORCE)", arena);
    programs_dropped(
        store,
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'sesshu%' AND rolname <> 'sesshu_test'",
        "DROP ROLE", "", arena);
    store_close(store);
    arena_release(whole);
}

void test_place_make(TestPlace *place)
{
    const char *url = getenv("SESSHU_TEST_POSTGRESQL");
    (void)snprintf(place->folder, sizeof place->folder, "/tmp/sesshu-test.XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    place->postgresql = url != NULL;
    (void)snprintf(place->base_url, sizeof place->base_url, "%s", url ? url : "sqlite");
    (void)snprintf(place->store_url, sizeof place->store_url, "%s%s%s", url ? url : "sqlite:",
                   url ? "" : place->folder, url ? "" : "/test.db");
    if (url) postgresql_emptied(url);
}

void test_place_administrate(const TestPlace *place, const char *database, const char *sql)
{
    Arena whole = arena_reserve(1 << 20), arena = whole;
    Store *store = NULL;
    Error err = {0};
    ptrdiff_t server = str_of(place->base_url).len - S("sesshu_test").len;
    Str url = str_format(&arena, "%.*s%s", (int)server, place->base_url, database);
    assert_true(store_open(url, &arena, &store, &err));
    assert_true(store_execute(store, sql, &err));
    store_close(store);
    arena_release(whole);
}

static int forget(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

void test_place_remove(TestPlace *place)
{
    (void)nftw(place->folder, forget, 8, FTW_DEPTH | FTW_PHYS);
}
