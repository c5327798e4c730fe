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

static void postgresql_emptied(const char *url)
{
    Arena whole = arena_reserve(1 << 20), arena = whole;
    Store *store = NULL;
    Error err = {0};
    assert_true(store_open(str_of(url), &arena, &store, &err));
    assert_true(
        store_execute(store, "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public", &err));
    store_close(store);
    arena_release(whole);
}

void test_place_make(TestPlace *place)
{
    const char *url = getenv("SESSHU_TEST_POSTGRESQL");
    (void)snprintf(place->folder, sizeof place->folder, "/tmp/sesshu-test.XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    place->postgresql = url != NULL;
    if (url)
        (void)snprintf(place->store_url, sizeof place->store_url, "%s", url);
    else
        (void)snprintf(place->store_url, sizeof place->store_url, "sqlite:%s/test.db",
                       place->folder);
    if (url) postgresql_emptied(url);
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
