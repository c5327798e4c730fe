// Schemas move forward only, file by file.
// SPDX-License-Identifier: Apache-2.0
#include "sha256.h"
#include "store.h"
#include "vec.h"

#include <assert.h>

// Hashes stand as text: a person compares them with `sha256sum`.
static const char list_sql[] =
    "CREATE TABLE IF NOT EXISTS schema_migration ("
    " name text PRIMARY KEY, sha256 text NOT NULL, applied_at bigint NOT NULL)";
static const char list_there_sqlite_sql[] =
    "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migration'";
static const char list_there_postgresql_sql[] =
    "SELECT count(*) FROM pg_catalog.pg_tables"
    " WHERE schemaname = current_schema() AND tablename = 'schema_migration'";
static const char applied_sql[] = "SELECT name, sha256 FROM schema_migration ORDER BY name";
static const char add_sql[] =
    "INSERT INTO schema_migration (name, sha256, applied_at) VALUES ($1, $2, $3)";

enum { SCRATCH_BYTES = 16 << 20 };

typedef struct Applied {
    Str name, sha256;
} Applied;
VEC(AppliedRows, Applied, applied);

static bool read_applied(Store *store, Arena *arena, AppliedRows *rows, Error *err)
{
    Query *q = query_begin(store, applied_sql, err);
    if (!q) return false;
    while (query_next(q))
        *applied_push(rows, arena) =
            (Applied){.name = column_text(q, 0, arena), .sha256 = column_text(q, 1, arena)};
    return query_end(q, err);
}

static const EmbeddedFile *file_named(const EmbeddedFile *files, int count, Str name)
{
    for (int i = 0; i < count; i++)
        if (str_equal(str_of(files[i].name), name)) return &files[i];
    return NULL;
}

static bool is_applied(const AppliedRows *rows, const char *name)
{
    VEC_EACH (Applied, row, *rows) {
        if (str_equal(row->name, str_of(name))) return true;
    }
    return false;
}

// Everything that was applied must be ours, byte for byte.
static bool applied_are_ours(const AppliedRows *rows, const EmbeddedFile *files, int count,
                             Error *err)
{
    VEC_EACH (Applied, row, *rows) {
        const EmbeddedFile *file = file_named(files, count, row->name);
        if (!file)
            return FAIL(err, E_STORE,
                        .words = S("データベースがこのプログラムより新しい版のものです。"
                                   "新しい版のプログラムを使ってください。"));
        char text[SHA256_TEXT_SIZE];
        Sha256 hash = sha256_of_text(file->text);
        if (!str_equal(str_of(sha256_text(&hash, text)), row->sha256))
            return FAIL(err, E_STORE, .item = str_of(file->name),
                        .words = S("適用済みの移行ファイルがこのプログラムのものと違います。"
                                   "同じ版のプログラムを使ってください。"));
    }
    return true;
}

// The file with the lines of this engine uncovered: "--sqlite: WITHOUT ROWID" loses its mark.
static const char *sql_for(const Store *store, Str text, Arena *arena)
{
    Str mark = store_is_postgresql(store) ? S("--postgresql:") : S("--sqlite:");
    Text sql = {0};
    while (text.len) {
        ptrdiff_t place = str_find(text, mark);
        text_add(&sql, arena, place < 0 ? text : str_first(text, place));
        text = place < 0 ? (Str){0} : str_from(text, place + mark.len);
    }
    return str_z(arena, text_str(&sql));
}

static bool note_applied(Store *store, const EmbeddedFile *file, Error *err)
{
    char text[SHA256_TEXT_SIZE];
    Sha256 hash = sha256_of_text(file->text);
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(file->name));
    bind_text(q, 2, str_of(sha256_text(&hash, text)));
    bind_instant(q, 3, clock_now());
    return query_run(q, err);
}

// What is missing, each file in a transaction of its own. Looks again inside: another process may
// have been faster.
static bool apply(Store *store, const EmbeddedFile *file, Arena scratch, Error *err)
{
    AppliedRows rows = {0};
    if (!store_begin(store, err) || !read_applied(store, &scratch, &rows, err)) return false;
    if (!is_applied(&rows, file->name) &&
        (!store_execute(store, sql_for(store, file->text, &scratch), err) ||
         !note_applied(store, file, err)))
        return false;
    return store_commit(store, err);
}

static bool well_named(const char *name)
{
    int number;
    Cut cut = str_cut(str_of(name), '_');
    return str_digits(cut.head, 4, 4, &number) && cut.tail.len > 4 && str_ends(cut.tail, S(".sql"));
}

// A store that is up to date is only read: opening must not wait for a writer.
static bool list_there(Store *store, bool *there, Error *err)
{
    Query *q = query_begin(
        store, store_is_postgresql(store) ? list_there_postgresql_sql : list_there_sqlite_sql, err);
    if (!q) return false;
    *there = query_next(q) && column_int64(q, 0) == 1;
    return query_end(q, err);
}

static bool list_made(Store *store, Error *err)
{
    return store_begin(store, err) && store_execute(store, list_sql, err) &&
           store_commit(store, err);
}

static bool migrate(Store *store, const EmbeddedFile *files, int count, Arena scratch, Error *err)
{
    AppliedRows rows = {0};
    bool there;
    if (!list_there(store, &there, err) || (!there && !list_made(store, err)) ||
        !read_applied(store, &scratch, &rows, err) || !applied_are_ours(&rows, files, count, err))
        return false;
    for (int i = 0; i < count; i++) {
        assert(well_named(files[i].name));
        assert(file_named(files, count, str_of(files[i].name)) == &files[i]);
        if (!is_applied(&rows, files[i].name) && !apply(store, &files[i], scratch, err))
            return false;
    }
    return true;
}

static bool missing_counted(Store *store, const EmbeddedFile *files, int count, Arena scratch,
                            int *missing, Error *err)
{
    AppliedRows rows = {0};
    bool there;
    *missing = count;
    if (!list_there(store, &there, err)) return false;
    if (!there) return true;
    if (!read_applied(store, &scratch, &rows, err) || !applied_are_ours(&rows, files, count, err))
        return false;
    for (int i = 0; i < count; i++)
        if (is_applied(&rows, files[i].name)) --*missing;
    return true;
}

bool store_missing(Store *store, const EmbeddedFile *files, int count, int *missing, Error *err)
{
    Arena scratch = arena_reserve(SCRATCH_BYTES);
    bool done = missing_counted(store, files, count, scratch, missing, err);
    arena_release(scratch);
    return done;
}

bool store_migrate(Store *store, const EmbeddedFile *files, int count, Error *err)
{
    Arena scratch = arena_reserve(SCRATCH_BYTES);
    bool done = migrate(store, files, count, scratch, err);
    if (!done) store_rollback(store);
    arena_release(scratch);
    return done;
}
