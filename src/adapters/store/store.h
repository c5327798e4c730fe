// Typed rows on two engines: SQLite (a file) and PostgreSQL (a database and role of its own).
//
// One SQL text serves both: $1 placeholders, standard types (integer, bigint, text, bytea), keys
// numbered by the program, every ORDER BY total. SQLite runs in WAL with synchronous=FULL; SQLite
// numbers $n by first appearance, so this module binds by name.
//
// Memory  a Store is opened into an arena and closed with store_close; text and bytes of a column are
//         copied into the arena that is given.
// Errors  E_STORE with words for the operator, E_STORE_FULL when there is no room, E_BUSY when another
//         writer holds the data. Values never enter an error or a log.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "clock.h"
#include "day.h"
#include "embedded.h"
#include "errors.h"

typedef struct Store Store;
typedef struct Query Query;

typedef struct Bytes {
    const unsigned char *at;
    ptrdiff_t len;
} Bytes;

// Opens what `url` names: "sqlite:PATH" (made when missing) or "postgresql://…". One store is used by
// one thread. Applies nothing: see store_migrate.
MUST bool store_open(Str url, Arena *arena, Store **store, Error *err);
void store_close(Store *store);  // NULL is fine; rolls back what is open

// Brings the schema up to date: files named NNNN_name.sql in order, each once, each in a transaction
// of its own, forward only. Refuses a database that is newer than the program.
MUST bool store_migrate(Store *store, const EmbeddedFile *files, int count, Error *err);

MUST bool store_begin(Store *store, Error *err);   // for writing; waits a little for another writer
MUST bool store_commit(Store *store, Error *err);  // durable when it says true
void store_rollback(Store *store);

// A statement. Prepared once per store and text; text is a constant of a queries/ file.
//     Query *q = query_begin(store, sql, err);   if (!q) return false;
//     bind_int64(q, 1, id);
//     while (query_next(q)) use(column_text(q, 0, arena));
//     return query_end(q, err);                  // false with the first thing that failed
Query *query_begin(Store *store, const char *sql, Error *err);
void bind_int64(Query *q, int place, int64_t value);
void bind_text(Query *q, int place, Str value);      // {0} binds NULL
void bind_bytes(Query *q, int place, Bytes value);   // {0} binds NULL
void bind_day(Query *q, int place, Day value);       // DAY_NONE binds NULL
void bind_partial(Query *q, int place, PartialDate value);  // stored as text "YYYY-MM-00"; {0} NULL
void bind_instant(Query *q, int place, Instant value);
void bind_null(Query *q, int place);
bool query_next(Query *q);                           // a row is there
bool query_again(Query *q);  // the statement ran; ready for new binds (for many inserts in a row)
MUST bool query_end(Query *q, Error *err);
MUST bool query_run(Query *q, Error *err);           // runs one that gives no rows, and ends it

bool column_is_null(Query *q, int column);
int64_t column_int64(Query *q, int column);          // 0 for NULL
Str column_text(Query *q, int column, Arena *arena); // {0} for NULL
Str column_view(Query *q, int column);               // good until the next row; nothing is copied
Bytes column_bytes(Query *q, int column, Arena *arena);
Day column_day(Query *q, int column);                // DAY_NONE for NULL
PartialDate column_partial(Query *q, int column);
Instant column_instant(Query *q, int column);

// One statement without parameters or rows, for schemas and pragmas of tests.
MUST bool store_execute(Store *store, const char *sql, Error *err);
bool store_is_postgresql(const Store *store);
