// A copy holds what the source holds, and whatever differs is named.
// SPDX-License-Identifier: Apache-2.0
#include "store_copy.h"

#include "test_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char schema_sql[] =
    "CREATE TABLE dose (dose_id integer PRIMARY KEY, lot text, sealed bytea, at bigint)";
static const char pair_sql[] =
    "CREATE TABLE pair (name text NOT NULL, no integer NOT NULL, PRIMARY KEY (name, no))";
static const char loose_sql[] = "CREATE TABLE loose (a integer, b text)";

typedef struct Desk {
    TestPlace place, there;
    Arena arena;
    Store *from, *to;
    Error err;
} Desk;

static void must(bool done, const Error *err)
{
    if (!done) fail_msg("%s", error_code_text(err->code));
}

static void run_sql(Desk *d, Store *store, const char *sql)
{
    must(store_begin(store, &d->err) && store_execute(store, sql, &d->err) &&
             store_commit(store, &d->err),
         &d->err);
}

static void schema(Desk *d, Store *store)
{
    run_sql(d, store, schema_sql);
    run_sql(d, store, pair_sql);
    run_sql(d, store, loose_sql);
}

static int begin(void **state)
{
    static Desk desk;
    desk = (Desk){.arena = arena_reserve(1 << 24)};
    test_place_make(&desk.place);
    test_place_make(&desk.there);
    must(store_open(str_of(desk.place.store_url), &desk.arena, &desk.from, &desk.err), &desk.err);
    // Whatever the engine under test is, the copy lies in a file of SQLite.
    Str path = str_format(&desk.arena, "sqlite:%s/copy.db", desk.there.folder);
    must(store_open(path, &desk.arena, &desk.to, &desk.err), &desk.err);
    schema(&desk, desk.from);
    schema(&desk, desk.to);
    *state = &desk;
    return 0;
}

static int end(void **state)
{
    Desk *d = *state;
    store_close(d->from);
    store_close(d->to);
    test_place_remove(&d->there);
    test_place_remove(&d->place);
    arena_release(d->arena);
    return 0;
}

static void fill(Desk *d)
{
    run_sql(d, d->from, "INSERT INTO dose VALUES (2, '', NULL, -9223372036854775807)");
    run_sql(d, d->from, "INSERT INTO dose VALUES (10, 'ロット', NULL, NULL)");
    run_sql(d, d->from, "INSERT INTO pair VALUES ('い', 1), ('あ', 2), ('あ', 1)");
    run_sql(d, d->from, "INSERT INTO loose VALUES (NULL, 'b'), (1, NULL), (NULL, NULL)");
    must(store_begin(d->from, &d->err), &d->err);
    Query *q = query_begin(d->from, "INSERT INTO dose (dose_id, sealed) VALUES ($1, $2)", &d->err);
    assert_non_null(q);
    bind_int64(q, 1, 1);
    bind_bytes(q, 2, (Bytes){(const unsigned char *)"\0\xff\0", 3});
    must(query_run(q, &d->err) && store_commit(d->from, &d->err), &d->err);
}

static TablesHeld held(Desk *d, Store *store)
{
    TablesHeld tables;
    must(store_begin_read(store, &d->err) && store_held(store, &d->arena, &tables, &d->err) &&
             store_commit(store, &d->err),
         &d->err);
    return tables;
}

static TablesHeld copied(Desk *d)
{
    TablesHeld tables;
    must(store_begin_read(d->from, &d->err) && store_begin(d->to, &d->err) &&
             store_copy(d->from, d->to, &d->arena, &tables, &d->err) &&
             store_commit(d->to, &d->err) && store_commit(d->from, &d->err),
         &d->err);
    return tables;
}

static void a_copy_reads_back_as_the_source(void **state)
{
    Desk *d = *state;
    fill(d);
    run_sql(d, d->to, "INSERT INTO pair VALUES ('laid by a migration', 1)");
    TablesHeld carried = copied(d), there = held(d, d->to), here = held(d, d->from);
    assert_int_equal(carried.count, 3);
    assert_int_equal(carried.at[0].rows, 3);
    assert_false(str_present(tables_differ(&carried, &there)));
    assert_false(str_present(tables_differ(&here, &there)));
}

static void whatever_differs_is_named(void **state)
{
    static const struct {
        const char *change, *table;
    } changes[] = {
        {"UPDATE dose SET lot = NULL WHERE dose_id = 2", "dose"},  // no value is not an empty one
        {"UPDATE dose SET at = 0 WHERE dose_id = 10", "dose"},
        {"UPDATE dose SET dose_id = 3 WHERE dose_id = 2", "dose"},
        {"DELETE FROM loose WHERE a = 1", "loose"},
        {"INSERT INTO loose VALUES (NULL, NULL)", "loose"},
        {"UPDATE pair SET no = 9 WHERE name = 'い'", "pair"},
    };
    Desk *d = *state;
    fill(d);
    for (ptrdiff_t i = 0; i < countof(changes); i++) {
        TablesHeld carried = copied(d);
        run_sql(d, d->to, changes[i].change);
        TablesHeld there = held(d, d->to);
        Str differs = tables_differ(&carried, &there);
        assert_true(str_equal(differs, str_of(changes[i].table)));
    }
}

static void a_table_more_or_less_is_named(void **state)
{
    Desk *d = *state;
    TablesHeld before = held(d, d->to);
    run_sql(d, d->to, "CREATE TABLE zebra (a integer)");
    TablesHeld after = held(d, d->to);
    assert_true(str_equal(tables_differ(&before, &after), S("zebra")));
    assert_true(str_equal(tables_differ(&after, &before), S("zebra")));
}

// The child comes before its parent by name.
static void rows_that_are_referred_to_come_first(void **state)
{
    Desk *d = *state;
    Store *const both[] = {d->from, d->to};
    for (int i = 0; i < 2; i++) {
        run_sql(d, both[i], "CREATE TABLE zoo (zoo_id integer PRIMARY KEY)");
        run_sql(
            d, both[i],
            "CREATE TABLE ape (ape_id integer PRIMARY KEY, zoo_id integer NOT NULL REFERENCES zoo (zoo_id))");
    }
    run_sql(d, d->from, "INSERT INTO zoo VALUES (7)");
    run_sql(d, d->from, "INSERT INTO ape VALUES (1, 7)");
    TablesHeld carried = copied(d), there = held(d, d->to);
    assert_false(str_present(tables_differ(&carried, &there)));
}

// Another name for a column is another table, though it holds the same.
static void a_column_of_another_name_is_named(void **state)
{
    Desk *d = *state;
    fill(d);
    TablesHeld carried = copied(d);
    run_sql(d, d->to, "ALTER TABLE dose RENAME COLUMN lot TO lat");
    TablesHeld there = held(d, d->to);
    assert_true(str_equal(tables_differ(&carried, &there), S("dose")));
}

static void a_kind_that_cannot_be_carried_is_refused(void **state)
{
    Desk *d = *state;
    TablesHeld tables;
    run_sql(d, d->from, "CREATE TABLE odd (a real)");
    must(store_begin_read(d->from, &d->err), &d->err);
    assert_false(store_held(d->from, &d->arena, &tables, &d->err));
    assert_int_equal(d->err.code, E_INTERNAL);
    store_rollback(d->from);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_copy_reads_back_as_the_source, begin, end),
        cmocka_unit_test_setup_teardown(whatever_differs_is_named, begin, end),
        cmocka_unit_test_setup_teardown(a_table_more_or_less_is_named, begin, end),
        cmocka_unit_test_setup_teardown(rows_that_are_referred_to_come_first, begin, end),
        cmocka_unit_test_setup_teardown(a_column_of_another_name_is_named, begin, end),
        cmocka_unit_test_setup_teardown(a_kind_that_cannot_be_carried_is_refused, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
