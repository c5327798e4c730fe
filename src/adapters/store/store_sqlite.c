// The engine on SQLite: one file, WAL, what is acknowledged is on the disk.
// SPDX-License-Identifier: Apache-2.0
#include "store_engine.h"

#include "logging.h"
#include "regular_file.h"

#include <sqlite3.h>

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

typedef struct SqliteStore {
    Store store;
    sqlite3 *db;
} SqliteStore;

typedef struct SqliteQuery {
    Query query;
    sqlite3_stmt *statement;
    int *index;  // SQLite's number of place n at n-1: it counts by first appearance
    bool over;   // stepping on would begin anew
    char (*numbers)[INT64_ROOM];  // of a row, as text
} SqliteQuery;

static SqliteStore *own(Store *store)
{
    return (SqliteStore *)store;
}
static SqliteQuery *own_query(Query *q)
{
    return (SqliteQuery *)q;
}

// clang-format off
static const struct { int code; ErrorCode error; const char *words; } failures[] = {
    {SQLITE_FULL,     E_STORE_FULL, "保存する場所がありません。空きを作ってからもう一度実行してください。何も保存していません。"},
    {SQLITE_BUSY,     E_BUSY,       "ほかの処理がデータを更新しています。終わるのを待ってからもう一度実行してください。"},
    {SQLITE_LOCKED,   E_BUSY,       "ほかの処理がデータを更新しています。終わるのを待ってからもう一度実行してください。"},
    {SQLITE_CONSTRAINT_UNIQUE,     E_CONFLICT, "同じものがすでに保存されています。"},
    {SQLITE_CONSTRAINT_PRIMARYKEY, E_CONFLICT, "同じものがすでに保存されています。"},
    {SQLITE_CONSTRAINT_ROWID,      E_CONFLICT, "同じものがすでに保存されています。"},
    {SQLITE_CANTOPEN, E_STORE,      "データベースのファイルを開けません。置き場所と権限を確かめてください。"},
    {SQLITE_READONLY, E_STORE,      "データベースのファイルに書き込めません。置き場所と権限を確かめてください。"},
    {SQLITE_NOTADB,   E_STORE,      "データベースのファイルではありません。置き場所を確かめてください。"},
    {SQLITE_CORRUPT,  E_STORE,      "データベースのファイルが壊れています。使うのをやめ、控えから戻してください。"},
    {SQLITE_IOERR,    E_STORE,      "データベースの読み書きに失敗しました。媒体を確かめてください。"},
};
// clang-format on

// To SQLite a disk is full when a page of the database does not fit: beside it, a log or an index of the log that does
// not fit cannot be read or written, and a limit of the process is none of its business. Of a commit it does not keep why.
static bool no_room(int failure)
{
    return failure == ENOSPC || failure == EDQUOT || failure == EFBIG;
}

static int code_of(sqlite3 *db)
{
    int last = errno, extended = db ? sqlite3_extended_errcode(db) : SQLITE_NOMEM;
    bool files = (extended & 0xff) == SQLITE_IOERR || (extended & 0xff) == SQLITE_CANTOPEN;
    return files && (no_room(sqlite3_system_errno(db)) || no_room(last)) ? SQLITE_FULL : extended;
}

static ErrorParts failure_of(sqlite3 *db)
{
    int extended = code_of(db);
    ErrorParts parts = {
        .code = E_STORE,
        .words = S("データベースで処理できませんでした。管理者に知らせてください。"),
        .at = ERROR_PLACE(__FILE__, __LINE__)};
    for (ptrdiff_t i = 0; i < countof(failures); i++) {
        if (failures[i].code != extended && failures[i].code != (extended & 0xff)) continue;
        parts.code = failures[i].error;
        parts.words = str_of(failures[i].words);
        break;
    }
    // Of our own mistakes in SQL the text names columns; of others it might name values.
    const char *text = extended == SQLITE_ERROR ? sqlite3_errmsg(db) : "";
    log_line(LOG_INFO, "event=store_failed engine=sqlite code=%d errno=%d %s", extended,
             db ? sqlite3_system_errno(db) : 0, text);
    return parts;
}

static bool execute(Store *store, const char *sql)
{
    if (sqlite3_exec(own(store)->db, sql, NULL, NULL, NULL) == SQLITE_OK) return true;
    return store_failed(store, failure_of(own(store)->db));
}

static bool begin(Store *store, Picture picture)
{
    if (picture == OPEN_WRITE) return execute(store, "BEGIN IMMEDIATE");
    // BEGIN alone takes no picture: the first read does.
    return execute(store, "BEGIN; SELECT count(*) FROM sqlite_schema");
}

static bool commit(Store *store)
{
    return execute(store, "COMMIT");
}

static void rollback(Store *store)
{
    // A full disk may have rolled back already; then there is nothing left to do.
    if (!sqlite3_get_autocommit(own(store)->db))
        (void)sqlite3_exec(own(store)->db, "ROLLBACK", NULL, NULL, NULL);
}

static void forget(Store *store)
{
    int code = sqlite3_wal_checkpoint_v2(own(store)->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    if (code != SQLITE_OK) log_line(LOG_INFO, "event=log_kept engine=sqlite code=%d", code);
}

static void close_store(Store *store)
{
    for (int i = 0; i < QUERY_SLOTS; i++)
        for (Query *q = store->queries[i]; q; q = q->next_in_slot)
            (void)sqlite3_finalize(own_query(q)->statement);
    int closed = sqlite3_close(own(store)->db);
    assert(closed == SQLITE_OK);
}

static Query *make(Store *store, const char *sql, int places)
{
    SqliteQuery *q = NEW(&store->own, SqliteQuery, 1);
    if (sqlite3_prepare_v3(own(store)->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &q->statement,
                           NULL) != SQLITE_OK) {
        (void)store_failed(store, failure_of(own(store)->db));
        return NULL;
    }
    q->query.columns = sqlite3_column_count(q->statement);
    q->index = NEW(&store->own, int, places);
    q->numbers = (char(*)[INT64_ROOM])NEW(&store->own, char, (ptrdiff_t)q->query.columns * INT64_ROOM);
    for (int i = 0; i < places; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "$%d", i + 1);
        q->index[i] = sqlite3_bind_parameter_index(q->statement, name);
        assert(q->index[i]);
    }
    return &q->query;
}

// The library cannot run out of anything here: what is bound stays with the caller.
static void bound(int code)
{
    assert(code == SQLITE_OK);
}

static void bind_integer(Query *q, int place, int64_t value)
{
    SqliteQuery *s = own_query(q);
    bound(sqlite3_bind_int64(s->statement, s->index[place - 1], value));
}

static void bind_string(Query *q, int place, Str value)
{
    SqliteQuery *s = own_query(q);
    bound(sqlite3_bind_text64(s->statement, s->index[place - 1], value.at,
                              (sqlite3_uint64)value.len, SQLITE_STATIC, SQLITE_UTF8));
}

static void bind_blob(Query *q, int place, Bytes value)
{
    SqliteQuery *s = own_query(q);
    bound(sqlite3_bind_blob64(s->statement, s->index[place - 1], value.at,
                              (sqlite3_uint64)value.len, SQLITE_STATIC));
}

static void bind_nothing(Query *q, int place)
{
    SqliteQuery *s = own_query(q);
    bound(sqlite3_bind_null(s->statement, s->index[place - 1]));
}

static bool next(Query *q)
{
    SqliteQuery *s = own_query(q);
    if (s->over) return false;
    int code = sqlite3_step(s->statement);
    if (code == SQLITE_ROW) return true;
    s->over = true;
    if (code != SQLITE_DONE) return query_failed(q, failure_of(own(q->store)->db));
    q->changed = sqlite3_changes64(own(q->store)->db);
    return false;
}

static bool again(Query *q)
{
    SqliteQuery *s = own_query(q);
    int code;
    while ((code = sqlite3_step(s->statement)) == SQLITE_ROW) {
        // Only the effect is wanted.
    }
    bool fine = code == SQLITE_DONE || query_failed(q, failure_of(own(q->store)->db));
    (void)sqlite3_reset(s->statement);  // a caller may go on to bind before he looks
    return fine;
}

static void end(Query *q)
{
    SqliteQuery *s = own_query(q);
    (void)sqlite3_reset(s->statement);  // repeats the failure that is already told
    (void)sqlite3_clear_bindings(s->statement);
    s->over = false;
}

static bool is_null(Query *q, int column)
{
    return sqlite3_column_type(own_query(q)->statement, column) == SQLITE_NULL;
}

static int64_t integer(Query *q, int column)
{
    return sqlite3_column_int64(own_query(q)->statement, column);
}

static Str view(Query *q, int column)
{
    sqlite3_stmt *statement = own_query(q)->statement;
    int type = sqlite3_column_type(statement, column);
    if (type == SQLITE_NULL) return (Str){0};
    // The library's own text of a number takes memory and gives it back, for each.
    if (type == SQLITE_INTEGER)
        return str_of_int64(sqlite3_column_int64(statement, column), own_query(q)->numbers[column]);
    const void *at = sqlite3_column_blob(statement, column);
    return (Str){at ? at : "", sqlite3_column_bytes(statement, column)};
}

static const Engine sqlite_engine = {
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .execute = execute,
    .forget = forget,
    .close = close_store,
    .make = make,
    .bind_int64 = bind_integer,
    .bind_text = bind_string,
    .bind_bytes = bind_blob,
    .bind_null = bind_nothing,
    .next = next,
    .again = again,
    .end = end,
    .is_null = is_null,
    .int64 = integer,
    .view = view,
};

// The cache is 64 MiB so that a city's import spills late. Deleted rows and freed pages are overwritten with zeros
// (FAST would leave the pages), and what a sort spills never reaches a folder that is not ours.
enum { DECODED_MOST = 64 };  // bytes of a key

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// decode(text, 'hex') as PostgreSQL has it: bytes that came as text in a set of keys. NULL for what is no hex.
static void decode_hex(sqlite3_context *context, int count, sqlite3_value **values)
{
    assert(count == 2);
    const char *hex = (const char *)sqlite3_value_text(values[0]);
    int digits = sqlite3_value_bytes(values[0]);
    unsigned char bytes[DECODED_MOST];
    if (!hex || digits % 2 || digits / 2 > DECODED_MOST) return;
    for (int i = 0; i < digits / 2; i++) {
        int high = hex_digit(hex[2 * i]), low = hex_digit(hex[2 * i + 1]);
        if (high < 0 || low < 0) return;
        bytes[i] = (unsigned char)(high << 4 | low);
    }
    sqlite3_result_blob(context, bytes, digits / 2, SQLITE_TRANSIENT);
}

static const char settings[] = "PRAGMA journal_mode = WAL;"
                               "PRAGMA synchronous = FULL;"
                               "PRAGMA foreign_keys = ON;"
                               "PRAGMA trusted_schema = OFF;"
                               "PRAGMA secure_delete = ON;"
                               "PRAGMA temp_store = MEMORY;"
                               "PRAGMA journal_size_limit = 67108864;"
                               "PRAGMA cache_size = -65536";

static bool is_regular(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

// The library's own waiting sleeps up to 100 ms between two tries, and whoever comes then is first.
static int wait_for_writer(void *nothing, int tries)
{
    const struct timespec pause = {.tv_nsec = 1000000};
    (void)nothing;
    if (tries >= STORE_WAIT_MILLISECONDS) return 0;
    (void)nanosleep(&pause, NULL);
    return 1;
}

// Whoever turns a new file to its log needs it for a moment alone, and SQLite asks no busy handler then: two that make one
// database at once would tell the second that it is in use.
static bool settings_made(sqlite3 *db)
{
    int made;
    for (int tries = 0; (made = sqlite3_exec(db, settings, NULL, NULL, NULL)) != SQLITE_OK; tries++)
        if ((made & 0xff) != SQLITE_BUSY || !wait_for_writer(NULL, tries)) return false;
    return true;
}

// SQLite makes its files by the umask; the first byte must already be ours alone. A file that is there is not opened
// here: to close any descriptor of it ends all locks that this process has on it, those of its other stores too, and
// then another process takes their log away from under them.
static bool file_made(const char *path, Error *err)
{
    int file = regular_file_open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
    if (file >= 0) {
        (void)close(file);
        return true;
    }
    return (errno == EEXIST && is_regular(path)) ||
           FAIL(err, E_STORE, .value = str_of(path),
                .words = S(
                    "データベースのファイルを開けません。置き場所と権限を確かめてください。"));
}

static bool file_opened(const char *file, int how, Arena *arena, Store **store, Error *err)
{
    SqliteStore *made = NEW(arena, SqliteStore, 1);
    made->store.engine = &sqlite_engine;
    made->store.whole = made->store.own = arena_reserve(STORE_OWN_BYTES);
    int flags = how | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    bool opened = sqlite3_open_v2(file, &made->db, flags, NULL) == SQLITE_OK;
    if (opened) (void)sqlite3_busy_handler(made->db, wait_for_writer, NULL);
    int pure = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    opened = opened &&
             sqlite3_create_function(made->db, "decode", 2, pure, NULL, decode_hex, NULL, NULL) == SQLITE_OK;
    if (!opened || !settings_made(made->db)) {
        (void)error_set(err, failure_of(made->db));
        (void)sqlite3_close(made->db);
        arena_release(made->store.whole);
        return false;
    }
    *store = &made->store;
    return true;
}

bool sqlite_open(Str path, Arena *arena, Store **store, Error *err)
{
    const char *file = str_z(arena, path);
    return file_made(file, err) && file_opened(file, SQLITE_OPEN_READWRITE, arena, store, err);
}

bool sqlite_open_still(Str path, Arena *arena, Store **store, Error *err)
{
    Text uri = {0};
    text_add(&uri, arena, S("file:"));
    for (ptrdiff_t i = 0; i < path.len; i++) {
        bool plain = path.at[i] != '%' && path.at[i] != '?' && path.at[i] != '#';
        text_addf(&uri, arena, plain ? "%c" : "%%%02x", (unsigned char)path.at[i]);
    }
    text_add(&uri, arena, S("?immutable=1"));
    return file_opened(str_z(arena, text_str(&uri)), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, arena, store, err);
}
