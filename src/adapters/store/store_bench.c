// What typed rows cost above the libraries under them: same rows, same settings, same transaction.
//
//     store_bench [ROWS]                                              SQLite, in a folder under TMPDIR
//     tests/support/with_postgresql.sh store_bench [ROWS]             PostgreSQL
// Prints name, bare rows a second, ours, ratio (ours / bare; 1 = nothing lost).
// SPDX-License-Identifier: Apache-2.0
#include "store.h"

#include <endian.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 3 };

static const char insert_sql[] =
    "INSERT INTO dose (dose_id, person_id, product_no, given_on, lot, clinic_code)"
    " VALUES ($1, $2, $3, $4, $5, $6)";
static const char read_sql[] =
    "SELECT dose_id, person_id, product_no, given_on, lot, clinic_code FROM dose ORDER BY dose_id";
static const char table_sql[] =
    "DROP TABLE IF EXISTS dose; CREATE TABLE dose (dose_id integer PRIMARY KEY, person_id integer NOT NULL,"
    " product_no integer NOT NULL, given_on integer NOT NULL, lot text, clinic_code text)";

typedef struct Bench {
    Store *store;
    sqlite3 *sqlite;
    PGconn *link;
    int64_t rows;
    int64_t sum;  // of what was read: both loops must come to the same
} Bench;

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(bool fine, const char *what)
{
    if (fine) return;
    (void)fprintf(stderr, "%s failed\n", what);
    exit(1);
}

static char *lot_of(int64_t i, char text[16])
{
    (void)snprintf(text, 16, "LOT%06lld", (long long)(i % 1000));
    return text;
}

static void insert_ours(Bench *b)
{
    Error err;
    char lot[16];
    must(store_execute(b->store, table_sql, &err), "table");
    must(store_begin(b->store, &err), "begin");
    Query *q = query_begin(b->store, insert_sql, &err);
    must(q != NULL, "insert");
    for (int64_t i = 1; i <= b->rows; i++) {
        bind_int64(q, 1, i);
        bind_int64(q, 2, i / 12);
        bind_int64(q, 3, i % 30);
        bind_day(q, 4, (Day)(10000 + i % 9000));
        bind_text(q, 5, str_of(lot_of(i, lot)));
        bind_text(q, 6, S("4010000001"));
        must(query_again(q), "row");
    }
    must(query_end(q, &err) && store_commit(b->store, &err), "commit");
}

static void read_ours(Bench *b)
{
    Error err;
    must(store_begin_read(b->store, &err), "begin");
    Query *q = query_stream(b->store, read_sql, &err);
    must(q != NULL, "read");
    b->sum = 0;
    while (query_next(q))
        b->sum += column_int64(q, 0) + column_int64(q, 1) + column_int64(q, 2) + column_day(q, 3) +
                  column_view(q, 4).len + column_view(q, 5).len;
    must(query_end(q, &err) && store_commit(b->store, &err), "read");
}

static void find_ours(Bench *b)
{
    Error err;
    b->sum = 0;
    for (int64_t i = 0; i < b->rows / 10; i++) {
        Query *q =
            query_begin(b->store, "SELECT person_id, lot FROM dose WHERE dose_id = $1", &err);
        bind_int64(q, 1, 1 + i * 7919 % b->rows);
        while (query_next(q)) b->sum += column_int64(q, 0) + column_view(q, 1).len;
        must(query_end(q, &err), "find");
    }
}

static void sqlite_run(Bench *b, const char *sql)
{
    must(sqlite3_exec(b->sqlite, sql, NULL, NULL, NULL) == SQLITE_OK, sql);
}

static void insert_sqlite(Bench *b)
{
    sqlite3_stmt *s;
    char lot[16];
    sqlite_run(b, table_sql);
    sqlite_run(b, "BEGIN IMMEDIATE");
    must(sqlite3_prepare_v2(b->sqlite, insert_sql, -1, &s, NULL) == SQLITE_OK, "prepare");
    for (int64_t i = 1; i <= b->rows; i++) {
        (void)sqlite3_bind_int64(s, 1, i);
        (void)sqlite3_bind_int64(s, 2, i / 12);
        (void)sqlite3_bind_int64(s, 3, i % 30);
        (void)sqlite3_bind_int64(s, 4, 10000 + i % 9000);
        (void)sqlite3_bind_text(s, 5, lot_of(i, lot), -1, SQLITE_STATIC);
        (void)sqlite3_bind_text(s, 6, "4010000001", -1, SQLITE_STATIC);
        must(sqlite3_step(s) == SQLITE_DONE, "step");
        (void)sqlite3_reset(s);
    }
    (void)sqlite3_finalize(s);
    sqlite_run(b, "COMMIT");
}

static void read_sqlite(Bench *b)
{
    sqlite3_stmt *s;
    must(sqlite3_prepare_v2(b->sqlite, read_sql, -1, &s, NULL) == SQLITE_OK, "prepare");
    b->sum = 0;
    while (sqlite3_step(s) == SQLITE_ROW) {
        for (int c = 0; c < 4; c++) b->sum += sqlite3_column_int64(s, c);
        for (int c = 4; c < 6; c++)
            b->sum += sqlite3_column_text(s, c) ? sqlite3_column_bytes(s, c) : 0;
    }
    (void)sqlite3_finalize(s);
}

static void find_sqlite(Bench *b)
{
    sqlite3_stmt *s;
    must(sqlite3_prepare_v2(b->sqlite, "SELECT person_id, lot FROM dose WHERE dose_id = $1", -1, &s,
                            NULL) == SQLITE_OK,
         "prepare");
    b->sum = 0;
    for (int64_t i = 0; i < b->rows / 10; i++) {
        (void)sqlite3_bind_int64(s, 1, 1 + i * 7919 % b->rows);
        while (sqlite3_step(s) == SQLITE_ROW)
            b->sum += sqlite3_column_int64(s, 0) +
                      (sqlite3_column_text(s, 1) ? sqlite3_column_bytes(s, 1) : 0);
        (void)sqlite3_reset(s);
    }
    (void)sqlite3_finalize(s);
}

static void pg_run(Bench *b, const char *sql)
{
    PGresult *r = PQexec(b->link, sql);
    must(PQresultStatus(r) == PGRES_COMMAND_OK || PQresultStatus(r) == PGRES_COPY_IN, sql);
    PQclear(r);
}

// COPY in text form, the fastest way that a page of libpq's manual shows.
static void insert_postgresql(Bench *b)
{
    char line[128], lot[16];
    pg_run(b, table_sql);
    pg_run(b, "BEGIN");
    pg_run(b, "COPY dose (dose_id, person_id, product_no, given_on, lot, clinic_code) FROM STDIN");
    for (int64_t i = 1; i <= b->rows; i++) {
        int len = snprintf(line, sizeof line, "%lld\t%lld\t%lld\t%lld\t%s\t4010000001\n",
                           (long long)i, (long long)(i / 12), (long long)(i % 30),
                           (long long)(10000 + i % 9000), lot_of(i, lot));
        must(PQputCopyData(b->link, line, len) == 1, "copy");
    }
    must(PQputCopyEnd(b->link, NULL) == 1, "copy end");
    for (PGresult *r; (r = PQgetResult(b->link));) PQclear(r);
    pg_run(b, "COMMIT");
}

static void read_postgresql(Bench *b)
{
    char declare[256];
    (void)snprintf(declare, sizeof declare, "DECLARE c NO SCROLL CURSOR FOR %s", read_sql);
    pg_run(b, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    pg_run(b, declare);
    b->sum = 0;
    for (int rows = 1; rows;) {
        PGresult *r = PQexec(b->link, "FETCH 4096 FROM c");
        rows = PQntuples(r);
        for (int i = 0; i < rows; i++) {
            for (int c = 0; c < 4; c++) b->sum += strtoll(PQgetvalue(r, i, c), NULL, 10);
            for (int c = 4; c < 6; c++) b->sum += PQgetlength(r, i, c);
        }
        PQclear(r);
    }
    pg_run(b, "COMMIT");
}

static void find_postgresql(Bench *b)
{
    PQclear(PQprepare(b->link, "", "SELECT person_id, lot FROM dose WHERE dose_id = $1", 0, NULL));
    b->sum = 0;
    for (int64_t i = 0; i < b->rows / 10; i++) {
        char number[24];
        const char *values[] = {number};
        (void)snprintf(number, sizeof number, "%lld", (long long)(1 + i * 7919 % b->rows));
        PGresult *r = PQexecPrepared(b->link, "", 1, values, NULL, NULL, 0);
        for (int row = 0; row < PQntuples(r); row++)
            b->sum += strtoll(PQgetvalue(r, row, 0), NULL, 10) + PQgetlength(r, row, 1);
        PQclear(r);
    }
}

static double best_of(void (*loop)(Bench *), Bench *b)
{
    double best = 1e9;
    for (int i = 0; i < RUNS; i++) {
        double began = now();
        loop(b);
        double took = now() - began;
        if (took < best) best = took;
    }
    return best;
}

static void compare(Bench *b, const char *name, void (*bare)(Bench *), void (*ours)(Bench *),
                    int64_t rows)
{
    double bare_seconds = best_of(bare, b);
    int64_t bare_sum = b->sum;
    double seconds = best_of(ours, b);
    must(b->sum == bare_sum, "the same rows");
    (void)printf("%-18s bare %9.0f rows/s  ours %9.0f rows/s  ratio %.2f\n", name,
                 (double)rows / bare_seconds, (double)rows / seconds, bare_seconds / seconds);
    (void)fflush(stdout);
}

int main(int argc, char **argv)
{
    const char *url = getenv("SESSHU_TEST_POSTGRESQL");
    char folder[] = "/tmp/sesshu-bench.XXXXXX", place[64];
    Arena arena = arena_reserve(16 << 20);
    Bench b = {.rows = argc > 1 ? strtoll(argv[1], NULL, 10) : 500000};
    Error err;
    must(mkdtemp(folder) != NULL, "folder");
    (void)snprintf(place, sizeof place, "sqlite:%s/ours.db", folder);
    must(store_open(str_of(url ? url : place), &arena, &b.store, &err), "open");
    if (url) {
        b.link = PQconnectdb(url);
        pg_run(&b, "SET client_min_messages = error");
        compare(&b, "insert postgresql", insert_postgresql, insert_ours, b.rows);
        compare(&b, "read postgresql", read_postgresql, read_ours, b.rows);
        compare(&b, "find postgresql", find_postgresql, find_ours, b.rows / 10);
        PQfinish(b.link);
    } else {
        (void)snprintf(place, sizeof place, "%s/bare.db", folder);
        must(sqlite3_open(place, &b.sqlite) == SQLITE_OK, "open");
        sqlite_run(
            &b, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536");
        compare(&b, "insert sqlite", insert_sqlite, insert_ours, b.rows);
        compare(&b, "read sqlite", read_sqlite, read_ours, b.rows);
        compare(&b, "find sqlite", find_sqlite, find_ours, b.rows / 10);
        (void)sqlite3_close(b.sqlite);
    }
    store_close(b.store);
    const char *const left[] = {"ours.db", "bare.db"};
    for (int i = 0; i < 2; i++) {
        (void)snprintf(place, sizeof place, "%s/%s", folder, left[i]);
        (void)unlink(place);
    }
    return rmdir(folder);
}
