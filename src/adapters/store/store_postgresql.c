// The engine on PostgreSQL: one connection, prepared statements, many inserts in a pipeline or by COPY,
// city-wide reads through cursors whose next portion is on its way while this one is used.
// SPDX-License-Identifier: Apache-2.0
#include "store_postgresql.h"

#include "logging.h"

#include <assert.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    WHY_MILLISECONDS = 10000,  // for each word of a server that does not let us in
    QUEUE_MILLISECONDS = 3 * STORE_WAIT_MILLISECONDS,  // a server's writers stand in a queue: for all who came before
};

static PgStore *own(Store *store)
{
    return (PgStore *)store;
}
static PgQuery *own_query(Query *q)
{
    return (PgQuery *)q;
}

// clang-format off
static const struct { const char *state; ErrorCode error; const char *words; } failures[] = {
    {"53100", E_STORE_FULL, "データベースに保存する場所がありません。空きを作ってからもう一度実行してください。何も保存していません。"},
    {"55P03", E_BUSY,       "ほかの処理がデータを更新しています。終わるのを待ってからもう一度実行してください。"},
    {"40001", E_BUSY,       "ほかの処理がデータを更新しています。終わるのを待ってからもう一度実行してください。"},
    {"40P01", E_BUSY,       "ほかの処理がデータを更新しています。終わるのを待ってからもう一度実行してください。"},
    {"23505", E_CONFLICT,   "同じものがすでに保存されています。"},
    {"42501", E_STORE,      "データベースの役割の権限が足りません。管理者の役割を --store に指定して sesshu init をもう一度実行してください。"},
    {"28",    E_STORE,      "データベースに入れません。役割とパスワードを確かめてください。"},
    {"08",    E_STORE,      "データベースとの接続が切れました。もう一度実行してください。"},
    {"57P",   E_STORE,      "データベースが停止しました。管理者に知らせてください。"},
};
// clang-format on

static ErrorParts failure_of_state(const char *state, const char *text)
{
    ErrorParts parts = {
        .code = E_STORE,
        .words = S("データベースで処理できませんでした。管理者に知らせてください。"),
        .at = ERROR_PLACE(__FILE__, __LINE__)};
    for (ptrdiff_t i = 0; i < countof(failures); i++) {
        if (strncmp(state, failures[i].state, strlen(failures[i].state)) != 0) continue;
        parts.code = failures[i].error;
        parts.words = str_of(failures[i].words);
        break;
    }
    // Class 42 is our own mistake in SQL and names columns; other texts may name values.
    log_line(LOG_INFO, "event=store_failed engine=postgresql state=%s %s", state,
             strncmp(state, "42", 2) == 0 ? text : "");
    return parts;
}

ErrorParts pg_failure(PgStore *pg, const PGresult *result)
{
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *text = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    if (!state) state = PQstatus(pg->link) == CONNECTION_OK ? "XX000" : "08000";
    return failure_of_state(state, text ? text : "");
}

// One text, nothing bound; the result is taken for its status alone.
static bool ran(PgStore *pg, const char *sql)
{
    pg->store.round_trips++;
    PGresult *result = PQexec(pg->link, sql);
    ExecStatusType status = PQresultStatus(result);
    bool fine =
        status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
    if (!fine) (void)store_failed(&pg->store, pg_failure(pg, result));
    PQclear(result);
    return fine;
}

static bool execute(Store *store, const char *sql)
{
    return pg_settle(own(store)) && ran(own(store), sql);
}

static bool begin(Store *store, Picture picture)
{
    own(store)->transaction++;
    // The lock is the schema's one writer; the numbers mean nothing. A picture is taken by the
    // first statement after BEGIN.
    return ran(own(store), picture == OPEN_WRITE
                               ? "BEGIN; SELECT pg_advisory_xact_lock("
                                 "CASE current_schema() WHEN 'public' THEN 5310 ELSE 5311 END)"
                               : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1");
}

static bool commit(Store *store)
{
    PgStore *pg = own(store);
    if (!pg_settle(pg)) return false;
    store->round_trips++;
    PGresult *result = PQexec(pg->link, "COMMIT");
    // The server answers a COMMIT of a failed transaction with ROLLBACK, and calls that a success.
    bool fine =
        PQresultStatus(result) == PGRES_COMMAND_OK && !strcmp(PQcmdStatus(result), "COMMIT");
    if (!fine) (void)store_failed(store, pg_failure(pg, result));
    PQclear(result);
    return fine;
}

static void rollback(Store *store)
{
    PgStore *pg = own(store);
    pg_abandon(pg);
    if (PQtransactionStatus(pg->link) != PQTRANS_IDLE) PQclear(PQexec(pg->link, "ROLLBACK"));
}

static void rows_dropped(PgQuery *q)
{
    PQclear(q->rows);
    PQclear(q->ahead);
    q->rows = q->ahead = NULL;
    q->row = q->row_count = 0;
}

static void close_store(Store *store)
{
    PQfinish(own(store)->link);
}

static void arrays_made(PgQuery *q, int places, Arena *arena)
{
    q->place_types = NEW(arena, Oid, places);
    q->binds = NEW(arena, Bind, places);
    q->wires = NEW(arena, Wire, places);
    q->values = NEW(arena, const char *, places);
    q->lengths = NEW(arena, int, places);
    q->formats = NEW(arena, int, places);
}

static bool answer_fine(PgStore *pg, const PGresult *result)
{
    bool fine = PQresultStatus(result) == PGRES_COMMAND_OK;
    // What the server skips after a failure says nothing new.
    if (!fine && PQresultStatus(result) != PGRES_PIPELINE_ABORTED)
        (void)store_failed(&pg->store, pg_failure(pg, result));
    return fine;
}

// The next answer; NULL ends each of them.
static PGresult *answer_next(PgStore *pg)
{
    PGresult *result = PQgetResult(pg->link);
    return result ? result : PQgetResult(pg->link);
}

static void types_taken(PgQuery *q, const PGresult *described)
{
    assert(PQnparams(described) == q->query.places);
    q->query.columns = PQnfields(described);
    for (int i = 0; i < q->query.places; i++) q->place_types[i] = PQparamtype(described, i);
}

// Prepared and described in one round trip: a command that does little waits for hardly anything else.
static bool prepared(PgStore *pg, PgQuery *q)
{
    bool sent = PQenterPipelineMode(pg->link) == 1 &&
                PQsendPrepare(pg->link, q->name, q->query.sql, 0, NULL) == 1 &&
                PQsendDescribePrepared(pg->link, q->name) == 1 && PQpipelineSync(pg->link) == 1;
    if (!sent) return store_failed(&pg->store, pg_failure(pg, NULL));
    pg->store.round_trips++;
    PGresult *made = answer_next(pg), *described = answer_next(pg), *synced = answer_next(pg);
    bool fine = answer_fine(pg, made);
    fine = answer_fine(pg, described) && fine;
    if (fine) types_taken(q, described);
    PQclear(made);
    PQclear(described);
    PQclear(synced);
    bool over = PQexitPipelineMode(pg->link) == 1 || store_failed(&pg->store, pg_failure(pg, NULL));
    return fine && over;
}

static Query *make(Store *store, const char *sql, int places)
{
    PgStore *pg = own(store);
    if (!pg_settle(pg)) return NULL;
    PgQuery *q = NEW(&store->own, PgQuery, 1);
    (void)snprintf(q->name, sizeof q->name, "q%d", ++pg->statements);
    arrays_made(q, places, &store->own);
    q->query.sql = sql;
    q->query.places = places;
    if (!prepared(pg, q)) return NULL;
    q->copy_sql = pg_copy_sql(q, &store->own);
    return &q->query;
}

static void bind_integer(Query *q, int place, int64_t value)
{
    own_query(q)->binds[place - 1] = (Bind){.kind = BIND_INTEGER, .integer = value};
}

static void bind_string(Query *q, int place, Str value)
{
    own_query(q)->binds[place - 1] = (Bind){.kind = BIND_TEXT, .bytes = value};
}

static void bind_blob(Query *q, int place, Bytes value)
{
    own_query(q)->binds[place - 1] =
        (Bind){.kind = BIND_BLOB, .bytes = {(const char *)value.at, value.len}};
}

static void bind_nothing(Query *q, int place)
{
    own_query(q)->binds[place - 1] = (Bind){0};
}

static bool wires_ready(PgQuery *q)
{
    if (pg_wires(q)) return true;
    return query_failed(
        &q->query, (ErrorParts){.code = E_STORE,
                           .words = S("数が大きすぎて処理できません。管理者に知らせてください。"),
                           .at = ERROR_PLACE(__FILE__, __LINE__)});
}

// Takes over what came; the first row is the one after `row`.
static bool rows_taken(PgStore *pg, PgQuery *q, PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        (void)query_failed(&q->query, pg_failure(pg, result));
        PQclear(result);
        return false;
    }
    PQclear(q->rows);
    q->rows = result;
    q->row = -1;
    q->row_count = PQntuples(result);
    return true;
}

static bool executed(PgStore *pg, PgQuery *q)
{
    if (!wires_ready(q)) return false;
    pg->store.round_trips++;
    PGresult *result =
        PQexecPrepared(pg->link, q->name, q->query.places, q->values, q->lengths, q->formats, 1);
    if (!rows_taken(pg, q, result)) return false;
    q->query.changed = strtoll(PQcmdTuples(result), NULL, 10);
    return true;
}

static void cursor_named(PgStore *pg, PgQuery *q)
{
    Arena *arena = &pg->store.own;
    if (q->declare_sql) return;
    q->declare_sql = str_z(
        arena, str_format(arena, "DECLARE %s NO SCROLL CURSOR FOR %s", q->name, q->query.sql));
    q->fetch_sql = str_z(arena, str_format(arena, "FETCH %d FROM %s", PORTION_ROWS, q->name));
    q->close_sql = str_z(arena, str_format(arena, "CLOSE %s", q->name));
}

static bool cursor_sent(PgStore *pg, PgQuery *q, bool left_open)
{
    return PQenterPipelineMode(pg->link) == 1 &&
           (!left_open || PQsendQueryParams(pg->link, q->close_sql, 0, NULL, NULL, NULL, NULL, 1) == 1) &&
           PQsendQueryParams(pg->link, q->declare_sql, q->query.places, q->place_types, q->values, q->lengths,
                             q->formats, 1) == 1 &&
           PQsendQueryParams(pg->link, q->fetch_sql, 0, NULL, NULL, NULL, NULL, 1) == 1 &&
           PQpipelineSync(pg->link) == 1;
}

// Declared, and its first portion fetched, in one round trip: most streams are not longer.
static bool cursor_opened(PgStore *pg, PgQuery *q)
{
    bool left_open = q->left_in && q->left_in == pg->transaction;
    cursor_named(pg, q);
    q->left_in = 0;
    if (!wires_ready(q)) return false;
    if (!cursor_sent(pg, q, left_open)) return query_failed(&q->query, pg_failure(pg, NULL));
    pg->store.round_trips++;
    if (left_open) PQclear(answer_next(pg));  // where that fails the next one says so
    PGresult *declared = answer_next(pg), *fetched = answer_next(pg), *synced = answer_next(pg);
    bool fine = PQresultStatus(declared) == PGRES_COMMAND_OK || query_failed(&q->query, pg_failure(pg, declared));
    PQclear(declared);
    PQclear(synced);
    q->declared = fine;
    if (!fine) PQclear(fetched);
    fine = fine && rows_taken(pg, q, fetched);
    return (PQexitPipelineMode(pg->link) == 1 || query_failed(&q->query, pg_failure(pg, NULL))) && fine;
}

static bool portion_fetched(PgStore *pg, PgQuery *q)
{
    PGresult *result = q->ahead;
    q->ahead = NULL;
    pg->store.round_trips++;
    if (!result) result = PQexecParams(pg->link, q->fetch_sql, 0, NULL, NULL, NULL, NULL, 1);
    return rows_taken(pg, q, result);
}

// The portion that is here already or the next one; then the one after it is asked for, so that the
// server works while we do.
static bool portion_taken(PgStore *pg, PgQuery *q)
{
    if (q->last_portion || !pg_settle(pg)) return false;
    if (!(q->declared ? portion_fetched(pg, q) : cursor_opened(pg, q))) return false;
    q->last_portion = q->row_count < PORTION_ROWS;
    if (q->last_portion) return true;
    if (PQsendQueryParams(pg->link, q->fetch_sql, 0, NULL, NULL, NULL, NULL, 1) != 1)
        return query_failed(&q->query, pg_failure(pg, NULL));
    pg->fetching = q;
    return true;
}

static bool next(Query *query)
{
    PgQuery *q = own_query(query);
    PgStore *pg = own(query->store);
    if (q->rows && ++q->row < q->row_count) return true;
    if (query->streaming) return portion_taken(pg, q) && ++q->row < q->row_count;
    if (q->rows) {
        q->row = q->row_count;
        return false;
    }
    return pg_settle(pg) && executed(pg, q) && ++q->row < q->row_count;
}

static bool again(Query *q)
{
    return pg_again(own(q->store), own_query(q));
}

static void end(Query *query)
{
    PgQuery *q = own_query(query);
    PgStore *pg = own(query->store);
    if (query->ran_again || q->declared) (void)pg_settle(pg);
    // One that was read to its end goes with its transaction: to close it would be a round trip.
    if (q->declared && q->last_portion) q->left_in = pg->transaction;
    if (q->declared && !q->last_portion && !query->store->failed) (void)ran(pg, q->close_sql);
    q->declared = q->last_portion = false;
    rows_dropped(q);
    memset(q->binds, 0, (size_t)query->places * sizeof *q->binds);
}

static bool is_null(Query *query, int column)
{
    PgQuery *q = own_query(query);
    return PQgetisnull(q->rows, q->row, column);
}

static int64_t integer(Query *query, int column)
{
    PgQuery *q = own_query(query);
    return pg_integer(q->rows, q->row, column);
}

static Str view(Query *query, int column)
{
    PgQuery *q = own_query(query);
    return pg_view(q->rows, q->row, column, q->digits);
}

static const Engine postgresql_engine = {
    .postgresql = true,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .execute = execute,
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

// The server's remarks may quote values.
static void remark_dropped(void *nothing, const char *text)
{
    (void)nothing;
    (void)text;
}

// Whoever runs us may set variables that lead elsewhere than the URL says, or to less than it demands. What is
// said in the URL counts; a password's file is no place.
void store_environment_clear(void)
{
    static const char *const more[] = {"PGSERVICEFILE", "PGSYSCONFDIR", "PGREQUIRESSL",
                                       "PGSSLKEYLOGFILE", "PGLOCALEDIR"};
    PQconninfoOption *options = PQconndefaults();
    for (const PQconninfoOption *o = options; o && o->keyword; o++)
        if (o->envvar && strcmp(o->keyword, "passfile") != 0 && strcmp(o->keyword, "password") != 0)
            (void)unsetenv(o->envvar);
    PQconninfoFree(options);
    for (ptrdiff_t i = 0; i < countof(more); i++) (void)unsetenv(more[i]);
}

// The file with the password, as libpq finds it; NULL where there is none to be found.
static const char *passfile_of(Str url, Arena *arena)
{
    const char *named = getenv("PGPASSFILE"), *home = getenv("HOME"), *path = NULL;
    PQconninfoOption *options = PQconninfoParse(str_z(arena, url), NULL);
    for (const PQconninfoOption *o = options; o && o->keyword; o++)
        if (!strcmp(o->keyword, "passfile") && o->val && *o->val)
            path = str_z(arena, str_of(o->val));
    PQconninfoFree(options);
    if (path) return path;
    if (named && *named) return named;
    return home ? str_z(arena, str_format(arena, "%s/.pgpass", home)) : NULL;
}

// libpq would leave it aside with a line of its own on the terminal.
static bool is_exposed(const char *passfile)
{
    struct stat about;
    return passfile && stat(passfile, &about) == 0 && S_ISREG(about.st_mode) &&
           (about.st_mode & 077);
}

static PGconn *pg_tried(Str url, const char *database, Arena scratch)
{
    if (is_exposed(passfile_of(url, &scratch))) return NULL;
    const char *words[] = {"connect_timeout", "dbname", database ? "dbname" : NULL, NULL};
    const char *values[] = {"10", str_z(&scratch, url), database, NULL};
    return PQconnectdbParams(words, values, 1);
}

static const char *or_nothing(const char *text)
{
    return text ? text : "";
}

// Tried once more, so that the server says why in a code instead of in the words of its own language.
static PGconn *pg_asked_why(Str url, Arena scratch)
{
    const char *words[] = {"dbname", NULL}, *values[] = {str_z(&scratch, url), NULL};
    PGconn *link = PQconnectStartParams(words, values, 1);
    (void)PQsetErrorVerbosity(link, PQERRORS_SQLSTATE);
    for (PostgresPollingStatusType want = PGRES_POLLING_WRITING; want != PGRES_POLLING_OK && want != PGRES_POLLING_FAILED;) {
        struct pollfd socket = {PQsocket(link), want == PGRES_POLLING_READING ? POLLIN : POLLOUT, 0};
        if (poll(&socket, 1, WHY_MILLISECONDS) <= 0) break;
        want = PQconnectPoll(link);
    }
    return link;
}

static bool said(const PGconn *link, const char *state)
{
    return strstr(or_nothing(PQerrorMessage(link)), state) != NULL;
}

static Str refusal_words(const PGconn *link, const char *passfile, Arena *arena)
{
    const char *user = or_nothing(PQuser(link));
    if (PQconnectionNeedsPassword(link))
        return str_format(arena,
                          "PostgreSQL につながりません。利用者 %s のパスワードがありません (%s がないか、そこにこのデータベースの"
                          "行がありません)。そのファイルを戻すか、PGPASSFILE で場所を示してください。",
                          user, passfile);
    if (said(link, "28P01"))
        return str_format(arena,
                          "PostgreSQL につながりません。利用者 %s のパスワードが違います。環境変数 PGPASSWORD があれば外し、"
                          "%s を確かめてください。",
                          user, passfile);
    if (said(link, "28000") || said(link, "42501"))
        return str_format(arena,
                          "PostgreSQL につながりません。利用者 %s は、サーバーかデータベースに入ることを認められていません。"
                          "サーバーの pg_hba.conf とデータベースの権限を確かめてください。",
                          user);
    if (said(link, "3D000"))
        return str_format(arena, "PostgreSQL に、データベース %s がありません。指定を確かめてください。",
                          or_nothing(PQdb(link)));
    return str_format(arena,
                      "PostgreSQL につながりません。%s:%s から返事がないか、サーバーが利用者 %s の接続を受け付けません。サーバーの状態と"
                      "データベースの指定を確かめてください。",
                      or_nothing(PQhost(link)), or_nothing(PQport(link)), user);
}

Str pg_refusal(Str url, bool *no_database, Arena *arena)
{
    const char *passfile = or_nothing(passfile_of(url, arena));
    *no_database = false;
    if (is_exposed(passfile))
        return str_format(arena,
                          "PostgreSQL につながりません。パスワードのファイル %s がほかの人にも読めます。知られていないか"
                          "確かめてから、chmod 600 %s を実行してください。",
                          passfile, passfile);
    PGconn *link = pg_asked_why(url, *arena);
    Str words = refusal_words(link, passfile, arena);
    *no_database = said(link, "3D000");
    PQfinish(link);
    return words;
}

PGconn *pg_connected(Str url, const char *database, Arena scratch)
{
    PGconn *link = pg_tried(url, database, scratch);
    (void)PQsetNoticeProcessor(link, remark_dropped, NULL);
    if (PQstatus(link) == CONNECTION_OK) return link;
    PQfinish(link);
    return NULL;
}

bool postgresql_open(Str url, Arena *arena, Store **store, Error *err)
{
    // A stream is read to its end, so its plan is chosen for the whole of it.
    static const char settings[] =
        "SET client_encoding = 'UTF8'; SET client_min_messages = warning;"
        "SET cursor_tuple_fraction = 1.0; SET jit = off;"
        "SET lock_timeout = %d";
    PgStore *made = NEW(arena, PgStore, 1);
    made->store.engine = &postgresql_engine;
    made->link = pg_connected(url, NULL, *arena);
    made->store.whole = made->store.own = arena_reserve(STORE_OWN_BYTES);
    const char *set = str_z(arena, str_format(arena, settings, QUEUE_MILLISECONDS));
    if (made->link && ran(made, set)) {
        *store = &made->store;
        return true;
    }
    PQfinish(made->link);
    arena_release(made->store.whole);
    bool no_database;
    return FAIL(err, E_STORE, .words = pg_refusal(url, &no_database, arena));
}
