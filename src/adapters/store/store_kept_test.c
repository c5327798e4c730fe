// Tables to which a program only adds, on a server where it is nobody special.
// SPDX-License-Identifier: Apache-2.0
#include "error_texts.h"
#include "test_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <sys/stat.h>

typedef struct Desk {
    TestPlace place;
    Arena whole, arena;
    Store *store;  // as the program's role
    Error err;
} Desk;

static const char *const names[] = {"leaf", "epoch", NULL};
static const KeptTables tables = {names, "stays"};

static const EmbeddedFile files[] = {
    {"0001_leaf.sql",
     S("CREATE TABLE leaf (leaf_no bigint PRIMARY KEY, word text);"
       "CREATE TABLE epoch (epoch_no bigint PRIMARY KEY);"
       "CREATE TABLE other (number bigint);\n"
       "--postgresql: CREATE FUNCTION stays() RETURNS trigger LANGUAGE plpgsql"
       " AS 'BEGIN RAISE EXCEPTION ''stays''; END';\n"
       "--postgresql: CREATE TRIGGER leaf_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON leaf"
       " FOR EACH STATEMENT EXECUTE FUNCTION stays();\n")},
    {"0002_wider.sql", S("ALTER TABLE leaf ADD COLUMN proven text;\n")},
};

static int desk_open(void **state)
{
    static Desk desk;
    desk = (Desk){0};
    test_place_make(&desk.place);
    desk.whole = desk.arena = arena_reserve(64 << 20);
    *state = &desk;
    return 0;
}

static int desk_close(void **state)
{
    Desk *desk = *state;
    store_close(desk->store);
    arena_release(desk->whole);
    test_place_remove(&desk->place);
    return 0;
}

static bool execute(Store *store, const char *sql)
{
    Error err = {0};
    return store_execute(store, sql, &err);
}

// A program's place with the schema of its first version, as `base` makes it.
static void program_begins(Desk *desk, Str base)
{
    Str folder = str_of(desk->place.folder), program = S("ledger");
    Str url = store_url_for(folder, base, program, &desk->arena);
    assert_true(store_provide(folder, base, program, desk->arena, &desk->err));
    assert_true(store_open(url, &desk->arena, &desk->store, &desk->err));
    assert_true(store_migrate(desk->store, files, 1, &desk->err));
}

static bool kept(Desk *desk)
{
    bool is_kept;
    assert_true(store_kept(desk->store, &tables, &is_kept, &desk->err));
    return is_kept;
}

static bool keep(Desk *desk, Str base)
{
    return store_keep(base, S("ledger"), &tables, desk->arena);
}

static void only_adding_is_left(Desk *desk)
{
    static const char *const refused[] = {
        "UPDATE leaf SET word = 'x'",
        "UPDATE leaf SET leaf_no = leaf_no",
        "DELETE FROM leaf",
        "DELETE FROM epoch",
        "TRUNCATE leaf",
        "TRUNCATE epoch, leaf CASCADE",
        "INSERT INTO leaf VALUES (1, 'x') ON CONFLICT (leaf_no) DO UPDATE SET word = 'x'",
        "MERGE INTO leaf USING (VALUES (1)) v (n) ON leaf_no = n WHEN MATCHED THEN DELETE",
        "DROP TABLE leaf",
        "DROP TABLE epoch CASCADE",
        "DROP INDEX leaf_pkey",
        "DROP TRIGGER leaf_stays ON leaf",
        "DROP FUNCTION stays CASCADE",
        "CREATE OR REPLACE FUNCTION stays() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "ALTER TABLE leaf DISABLE TRIGGER ALL",
        "ALTER TABLE leaf RENAME TO gone",
        "ALTER TABLE leaf ADD COLUMN more text",
        "ALTER TABLE leaf DROP COLUMN word",
        "ALTER TABLE leaf OWNER TO CURRENT_USER",
        "ALTER TABLE leaf SET SCHEMA pg_temp",
        "CREATE TRIGGER mine BEFORE INSERT ON leaf FOR EACH STATEMENT EXECUTE FUNCTION stays()",
        "CREATE RULE mine AS ON INSERT TO leaf DO INSTEAD NOTHING",
        "CREATE TABLE child (leaf_no bigint REFERENCES leaf ON UPDATE CASCADE)",
        "CREATE TEMPORARY TABLE leaf (leaf_no bigint)",
        "GRANT ALL ON leaf TO CURRENT_USER, PUBLIC; DELETE FROM leaf",
        "SET session_replication_role = replica; DELETE FROM leaf",
        "SET ROLE sesshu_test",
        "GRANT sesshu_test TO CURRENT_USER",
        "ALTER SCHEMA public RENAME TO gone",
        "ALTER SCHEMA public OWNER TO CURRENT_USER",
        "DROP SCHEMA public CASCADE",
        "CREATE SCHEMA mine",
        "ALTER DATABASE sesshu_ledger OWNER TO CURRENT_USER",
        "ALTER DATABASE sesshu_ledger SET search_path = mine",
        "REASSIGN OWNED BY sesshu_test TO CURRENT_USER",
    };
    assert_true(kept(desk));
    assert_true(execute(desk->store, "DELETE FROM other; INSERT INTO other VALUES (1)"));
    for (ptrdiff_t i = 0; i < countof(refused); i++) {
        if (execute(desk->store, refused[i])) fail_msg("%s", refused[i]);
    }
    assert_true(kept(desk));
    assert_true(execute(desk->store, "UPDATE other SET number = 2; CREATE TABLE mine (n bigint);"
                                     "DROP TABLE mine"));
}

static int64_t leaves(Desk *desk)
{
    Query *q = query_begin(desk->store, "SELECT count(*) FROM leaf", &desk->err);
    assert_non_null(q);
    int64_t count = query_next(q) ? column_int64(q, 0) : -1;
    assert_true(query_end(q, &desk->err));
    return count;
}

// Many: they go by COPY.
static void leaves_come(Desk *desk, int64_t first, int64_t count)
{
    assert_true(store_begin(desk->store, &desk->err));
    Query *q =
        query_begin(desk->store, "INSERT INTO leaf (leaf_no, word) VALUES ($1, $2)", &desk->err);
    assert_non_null(q);
    for (int64_t i = first; i < first + count; i++) {
        bind_int64(q, 1, i);
        bind_text(q, 2, S("花子"));
        assert_true(query_again(q));
    }
    assert_true(query_end(q, &desk->err));
    assert_true(store_commit(desk->store, &desk->err));
}

// ---- stories

static void a_file_is_the_programs_own(void **state)
{
    Desk *desk = *state;
    Str base = str_of(desk->place.base_url);
    if (desk->place.postgresql) return;
    program_begins(desk, base);
    assert_true(kept(desk));
    assert_false(keep(desk, base));
    assert_false(store_lend(base, S("ledger"), &tables, desk->arena));
}

static void rows_come_and_nothing_else_happens_to_them(void **state)
{
    Desk *desk = *state;
    Str base = str_of(desk->place.base_url);
    if (!desk->place.postgresql) return;
    program_begins(desk, base);
    assert_false(kept(desk));
    leaves_come(desk, 1, 10);
    assert_true(keep(desk, base));
    leaves_come(desk, 11, 200);
    only_adding_is_left(desk);
    leaves_come(desk, 211, 1);
    assert_int_equal(leaves(desk), 211);
    assert_true(keep(desk, base));  // once more changes nothing
    only_adding_is_left(desk);
}

static void one_right_too_many_is_seen(void **state)
{
    static const char *const given[] = {"GRANT UPDATE (word) ON leaf TO sesshu_ledger",
                                        "GRANT DELETE ON epoch TO PUBLIC",
                                        "GRANT TRUNCATE ON leaf TO sesshu_ledger",
                                        "GRANT TRIGGER ON leaf TO sesshu_ledger",
                                        "ALTER TABLE epoch OWNER TO sesshu_ledger",
                                        "ALTER SCHEMA public OWNER TO sesshu_ledger",
                                        "ALTER FUNCTION stays() OWNER TO sesshu_ledger"};
    Desk *desk = *state;
    Str base = str_of(desk->place.base_url);
    if (!desk->place.postgresql) return;
    program_begins(desk, base);
    for (ptrdiff_t i = 0; i < countof(given); i++) {
        assert_true(keep(desk, base));
        assert_true(kept(desk));
        test_place_administrate(&desk->place, "sesshu_ledger", given[i]);
        if (kept(desk)) fail_msg("%s", given[i]);
    }
    assert_false(kept(desk));
    assert_true(keep(desk, base));
    only_adding_is_left(desk);
}

// As versions before made it: everything is the program's.
static void a_place_of_before_is_taken_over(void **state)
{
    Desk *desk = *state;
    Str base = str_of(desk->place.base_url);
    if (!desk->place.postgresql) return;
    test_place_administrate(&desk->place, "sesshu_test",
                            "CREATE ROLE sesshu_ledger LOGIN PASSWORD 'x'");
    test_place_administrate(&desk->place, "sesshu_test",
                            "CREATE DATABASE sesshu_ledger OWNER sesshu_ledger TEMPLATE template0"
                            " ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
    char path[128];
    (void)snprintf(path, sizeof path, "%s/keys", desk->place.folder);
    assert_int_equal(mkdir(path, 0700), 0);
    (void)snprintf(path, sizeof path, "%s/keys/ledger.pgpass", desk->place.folder);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    (void)fputs("*:*:sesshu_ledger:sesshu_ledger:x\n", file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, 0600), 0);

    program_begins(desk, base);
    assert_false(kept(desk));
    leaves_come(desk, 1, 3);
    assert_true(execute(desk->store, "GRANT ALL ON leaf TO PUBLIC"));
    assert_true(keep(desk, base));
    only_adding_is_left(desk);
    assert_int_equal(leaves(desk), 3);
}

static void who_makes_roles_and_databases_is_administrator_enough(void **state)
{
    Desk *desk = *state;
    if (!desk->place.postgresql) return;
    char path[128];
    (void)snprintf(path, sizeof path, "%s/admin.pgpass", desk->place.folder);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    (void)fputs("*:*:*:sesshu_admin:y\n", file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, 0600), 0);
    test_place_administrate(&desk->place, "sesshu_test",
                            "CREATE ROLE sesshu_admin LOGIN CREATEROLE CREATEDB PASSWORD 'y'");
    Str server = str_from(str_of(desk->place.base_url), S("postgresql://sesshu_test").len);
    Str base =
        str_format(&desk->arena, "postgresql://sesshu_admin%.*s?passfile=%s", STR(server), path);
    program_begins(desk, base);
    assert_true(keep(desk, base));
    only_adding_is_left(desk);
    assert_true(store_lend(base, S("ledger"), &tables, desk->arena));
    assert_true(keep(desk, base));
    only_adding_is_left(desk);
    assert_false(execute(desk->store, "SET ROLE sesshu_admin"));
}

static void a_migration_changes_them_while_they_are_lent(void **state)
{
    Desk *desk = *state;
    Str base = str_of(desk->place.base_url);
    int missing;
    if (!desk->place.postgresql) return;
    program_begins(desk, base);
    assert_true(keep(desk, base));
    assert_true(store_missing(desk->store, files, 2, &missing, &desk->err) && missing == 1);
    assert_false(store_migrate(desk->store, files, 2, &desk->err));
    assert_true(str_find(error_words(&desk->err), S("sesshu init")) >= 0);

    assert_true(store_lend(base, S("ledger"), &tables, desk->arena));
    assert_false(kept(desk));
    assert_true(store_migrate(desk->store, files, 2, &desk->err));
    assert_true(keep(desk, base));
    assert_true(store_missing(desk->store, files, 2, &missing, &desk->err) && missing == 0);
    only_adding_is_left(desk);
}

// A role that administrates nothing takes nothing, and leaves things as they are.
static void who_may_not_keep_them_says_so(void **state)
{
    Desk *desk = *state;
    Str base = str_of(desk->place.base_url);
    if (!desk->place.postgresql) return;
    program_begins(desk, base);
    Str own = store_url_for(str_of(desk->place.folder), base, S("ledger"), &desk->arena);
    assert_false(keep(desk, own));
    assert_false(kept(desk));
    assert_true(keep(desk, base));
    assert_false(store_lend(own, S("ledger"), &tables, desk->arena));
    only_adding_is_left(desk);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, desk_open, desk_close)

int main(void)
{
    const struct CMUnitTest stories[] = {
        STORY(a_file_is_the_programs_own),
        STORY(rows_come_and_nothing_else_happens_to_them),
        STORY(one_right_too_many_is_seen),
        STORY(a_place_of_before_is_taken_over),
        STORY(who_makes_roles_and_databases_is_administrator_enough),
        STORY(a_migration_changes_them_while_they_are_lent),
        STORY(who_may_not_keep_them_says_so),
    };
    return cmocka_run_group_tests(stories, NULL, NULL);
}
