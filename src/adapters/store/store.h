// Typed rows on two engines: SQLite (a file) and PostgreSQL (a database and role of its own).
//
// One SQL text serves both: $1 placeholders, standard types, keys numbered by the program, every
// ORDER BY total. Types: `integer` (32 bits), `bigint`, `text`, `bytea`; Day is integer, Instant
// bigint, PartialDate text. SQLite clusters a table by a column that is exactly `integer PRIMARY KEY`
// (64 bits there; 32 on PostgreSQL). Where PostgreSQL cannot tell the type of a parameter
// (`$1 IS NULL`), write CAST($1 AS bigint).
//
// Writers One at a time, on both engines alike: store_begin waits for the writer before us, so what
//         was read inside is still true at commit. Reading never waits. A statement that writes runs
//         between store_begin and store_commit and nowhere else (asserted).
// Memory  A Store lives in the arena it is opened into; statements and buffers live in a reservation
//         of its own until store_close. Text and bytes of a column go to the arena that is given.
// Errors  E_STORE with words for the operator, E_STORE_FULL when there is no room, E_BUSY when another
//         writer holds the data, E_CONFLICT when a unique key is there already. After a failure inside
//         a transaction only store_rollback is left. Values never enter an error or a log.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bytes.h"
#include "clock.h"
#include "day.h"
#include "embedded.h"
#include "errors.h"

#include <stddef.h>

typedef struct Store Store;
typedef struct Query Query;

// Where a program keeps its rows. `base_url` {0} or "sqlite": "sqlite:DIR/<program>.db".
// "postgresql://…": the same server, database and role sesshu_<program>, and the password that
// store_provide wrote to DIR/keys/<program>.pgpass. Opens nothing.
Str store_url_for(Str data_dir, Str base_url, Str program, Arena *arena);

// Refuses a URL that would give something away: a password on a command line or in the environment
// (E_USAGE: a passfile, PGPASSFILE, a socket), a remote server without sslmode=verify-full.
MUST bool store_url_check(Str base_url, Arena scratch, Error *err);

// Beside its rows a program keeps its looks, with a writing turn of their own: DIR/<program>-looks.db, or the
// schema `looks` of the same database. `url`: of the rows.
Str store_looks_url(Str url, Arena *arena);
// Makes that schema where it is not there yet; nothing to do on SQLite. No transaction may be open.
MUST bool store_looks_provide(Store *store, Error *err);

// Of the environment nothing counts but the URL (and PGPASSFILE, PGPASSWORD). Once, before there are threads.
void store_environment_clear(void);

// Makes what store_url_for names when it is not there yet. SQLite: nothing to do. PostgreSQL: when
// the program's own role cannot sign in, connects as `base_url` says, makes role (random password,
// mode 0600) and database, which stays its own, and forgets that connection. A city that forbids CREATEROLE makes both by
// hand (docs/operations.md) and writes the pgpass file.
MUST bool store_provide(Str data_dir, Str base_url, Str program, Arena scratch, Error *err);

// Tables to which a program only adds. On PostgreSQL the role of `base_url` keeps them: it owns them, the
// schema and the database around them, and the program's role reads and adds, whatever SQL it is made
// to run. A file of SQLite belongs to the program; there triggers must do.
typedef struct KeptTables {
    const char *const *names;  // NULL ends them
    const char *guard;         // the function behind their triggers
    const char *schema;        // NULL: public
} KeptTables;

// Are they out of reach of the role behind `store`? True on SQLite.
MUST bool store_kept(Store *store, const KeptTables *tables, bool *kept, Error *err);
// Takes them over from the program's role, which must have made them; changes none of their rows. False when
// the role of `base_url` may not, with a line in the log, and on SQLite.
bool store_keep(Str base_url, Str program, const KeptTables *tables, Arena scratch);
// Gives the tables back to the program's role, for a migration that changes them; then store_keep again.
bool store_lend(Str base_url, Str program, const KeptTables *tables, Arena scratch);

// Is there a database under `url`? Makes nothing; a file without a byte is none, and a server that does not let us in has none.
bool store_there(Str url, Arena scratch);
// Does DIR/keys hold a password for PostgreSQL?
bool store_password_there(Str data_dir, Str program, Arena scratch);
// Why a server does not let us in, in a sentence that says what to look at: no answer, the password, its file. {0}: it
// does, or would but has no such database; and of a file.
Str store_refusal(Str url, Arena *arena);

// Opens what `url` names: "sqlite:PATH" (made when missing, mode 0600) or "postgresql://…". One
// store is used by one thread. Applies nothing: see store_migrate.
MUST bool store_open(Str url, Arena *arena, Store **store, Error *err);
// A file of SQLite that nobody changes meanwhile, for reading alone: nothing is made beside it, and what lies
// beside it (a log with other rows) is not read.
MUST bool store_open_still(Str url, Arena *arena, Store **store, Error *err);
void store_close(Store *store);  // NULL is fine; rolls back what is open

// Brings the schema up to date: files named NNNN_name.sql, in the order given, each once, each in a
// transaction of its own, forward only. Refuses a database that is newer than the program, and one
// whose applied file differs from ours. What follows `--sqlite:` or `--postgresql:` on a line is
// SQL on that engine and a comment on the other.
MUST bool store_migrate(Store *store, const EmbeddedFile *files, int count, Error *err);

// How many of the files are not applied yet; of an empty store all. Refuses like store_migrate, changes nothing.
MUST bool store_missing(Store *store, const EmbeddedFile *files, int count, int *missing,
                        Error *err);

MUST bool store_begin(Store *store, Error *err);  // for writing; waits a little for another writer
MUST bool store_begin_read(Store *store, Error *err);  // one consistent picture while others write
MUST bool store_commit(Store *store, Error *err);      // durable when it says true; ends a read too
void store_rollback(Store *store);                     // nothing open is fine
bool store_is_idle(const Store *store);                // no transaction is open
// After a commit that overwrote what must not be readable: SQLite's log still holds the pages from before, so it
// is carried over and cut. Best effort: who reads a picture of before keeps them until the next time. Nothing to
// do on PostgreSQL, which clears its rows when it vacuums.
void store_forget(Store *store);

// Runs at the beginning of every writing transaction, inside it; false ends it. Where it asks for something after
// the commit, that is a transaction of its own. `context` must outlive the store.
void store_on_begin(Store *store, bool (*check)(Store *store, const void *context, Error *err),
                    const void *context);

// When the open writing transaction is committed, `then` runs once with a copy of `context`; the last
// one asked for counts. Forgotten when nothing is committed. It may read, and write files. What is asked
// for speaks of the whole transaction: nothing is written between it and the commit (asserted).
enum { STORE_CONTEXT_MOST = 160 };
void store_after_commit(Store *store, void (*then)(const void *context), const void *context,
                        size_t size);

// A statement. Prepared once per store and text; text is a constant of a queries/ file.
//     Query *q = query_begin(store, sql, err);   if (!q) return false;
//     bind_int64(q, 1, id);
//     while (query_next(q)) use(column_text(q, 0, arena));
//     return query_end(q, err);                  // false with the first thing that failed
// Places count from 1, columns from 0. A place keeps its value until it is bound anew; text and bytes
// must stay where they are until query_next, query_again, query_run or query_end.
//
// query_begin is for answers that fit in memory (PostgreSQL sends them whole). query_stream is the
// city-wide cursor: rows come in portions, several streams and other statements may run side by side;
// it needs an open transaction (asserted), usually store_begin_read.
Query *query_begin(Store *store, const char *sql, Error *err);
Query *query_stream(Store *store, const char *sql, Error *err);
void bind_int64(Query *q, int place, int64_t value);
void bind_text(Query *q, int place, Str value);             // {0} binds NULL
void bind_bytes(Query *q, int place, Bytes value);          // {0} binds NULL
void bind_day(Query *q, int place, Day value);              // DAY_NONE binds NULL
void bind_partial(Query *q, int place, PartialDate value);  // stored as text "YYYY-MM-00"; {0} NULL
void bind_instant(Query *q, int place, Instant value);
void bind_null(Query *q, int place);
bool query_next(Query *q);  // a row is there

// Runs the statement with what is bound and makes ready for the next binds; for many rows in a row.
// Values are copied. PostgreSQL gets them in portions (COPY where the statement is a plain INSERT and
// no other comes between), in the order of the calls and before any other statement; so a failure
// may show up some rows later, at the latest in query_end, and then nothing of the transaction stands.
bool query_again(Query *q);
MUST bool query_end(Query *q, Error *err);
MUST bool query_run(Query *q, Error *err);  // runs one that gives no rows, and ends it
int64_t query_changed(Query *q);            // rows that the last run changed; ask before end
int query_columns(const Query *q);          // of its rows

bool column_is_null(Query *q, int column);
int64_t column_int64(Query *q, int column);           // 0 for NULL
Str column_text(Query *q, int column, Arena *arena);  // {0} for NULL
Str column_view(Query *q, int column);                // good until the next row; nothing is copied
Bytes column_bytes(Query *q, int column, Arena *arena);
Day column_day(Query *q, int column);  // DAY_NONE for NULL
PartialDate column_partial(Query *q, int column);
Instant column_instant(Query *q, int column);

// Statements without parameters or rows, for schemas and pragmas of tests.
MUST bool store_execute(Store *store, const char *sql, Error *err);
bool store_is_postgresql(const Store *store);

// How often it has waited for the server's answer since it was opened; 0 on SQLite, which has none.
int64_t store_round_trips(const Store *store);

// For how many microseconds at most it held the writing turn since it was opened.
int64_t store_turn_longest(const Store *store);
