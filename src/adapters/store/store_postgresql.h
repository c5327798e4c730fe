// What the files of the PostgreSQL engine share. Only this folder includes it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store_engine.h"

#include <libpq-fe.h>

enum {
    PORTION_ROWS = 4096,   // of a stream
    PIPELINE_ROWS = 256,   // between two points where the server's answers are asked for
    COPY_AFTER_ROWS = 64,  // so many of one statement in a row, and COPY is worth its start
    COPY_BUFFER_BYTES = 64 << 10,
    DIGITS_SIZE = 24,
};

// Numbers of PostgreSQL's own types (pg_type.dat); stable for ever.
enum {
    TYPE_BOOL = 16,
    TYPE_BYTEA = 17,
    TYPE_INT8 = 20,
    TYPE_INT2 = 21,
    TYPE_INT4 = 23,
    TYPE_TEXT = 25,
    TYPE_VARCHAR = 1043,
    TYPE_NUMERIC = 1700
};

typedef enum BindKind { BIND_NULL, BIND_INTEGER, BIND_TEXT, BIND_BLOB } BindKind;

typedef struct Bind {
    BindKind kind;
    int64_t integer;
    Str bytes;
} Bind;

// A parameter as it goes over the wire.
typedef struct Wire {
    const char *at;  // NULL: null
    int len;
    int binary;
    char own[DIGITS_SIZE];
} Wire;

typedef enum Traffic { TRAFFIC_NONE, TRAFFIC_PIPELINE, TRAFFIC_COPY } Traffic;

typedef struct PgQuery {
    Query query;
    char name[16];  // of the prepared statement, and of the cursor
    Oid *place_types;
    Bind *binds;
    Wire *wires;
    const char **values;  // of the wires, as libpq wants them
    int *lengths, *formats;
    PGresult *rows, *ahead;  // ahead: the portion after this one, when it is here already
    int row, row_count;
    bool declared, last_portion;
    int left_in;  // the transaction in which its cursor was read to the end and left open; 0: none
    const char *declare_sql, *fetch_sql, *close_sql;  // a stream's; made when first needed
    const char *copy_sql;                             // NULL: no plain INSERT
    char digits[DIGITS_SIZE];
} PgQuery;

typedef struct PgStore {
    Store store;
    PGconn *link;
    int statements;   // how many have been named
    int transaction;  // which one is open, or was last
    Traffic traffic;
    int unanswered;       // statements since the last sync
    int syncs;            // not answered yet
    PgQuery *last_again;  // whose rows came last, without any other statement since
    int in_a_row;
    PgQuery *fetching;  // whose next portion is on its way
    char *copy;         // COPY_BUFFER_BYTES
    int copy_len;
} PgStore;

// A link that never prints the server's remarks; NULL when there is none to be had. `database`: instead of
// the one in `url`; NULL: that one.
PGconn *pg_connected(Str url, const char *database, Arena scratch);
// Why there is none to be had, in a sentence that says what to look at: the place, the password, its file, or who is
// let in. `no_database`: all of that is well, but there is no such database.
Str pg_refusal(Str url, bool *no_database, Arena *arena);
// What an administrator types, outside of any store. False after a line in the log with the SQLSTATE.
bool pg_ran(PGconn *link, Str sql, Arena scratch);
// "sesshu_ledger": database and role. It goes into SQL as it is, so it is plain.
const char *pg_place_name(Str program, Arena *arena);
bool pg_is_url(Str base_url);
// The program's role comes into its database and makes tables there; `link` is the owner's.
bool pg_place_opened(PGconn *link, Str base_url, const char *name, Arena scratch);
ErrorParts pg_failure(PgStore *pg, const PGresult *result);
// Waits for everything that is on its way. False when some of it failed.
bool pg_settle(PgStore *pg);
// The same without caring how it ended, before a roll-back.
void pg_abandon(PgStore *pg);
bool pg_again(PgStore *pg, PgQuery *q);

// Values and wire, both ways. `pg_wire` is false for a number that the column's type cannot hold.
bool pg_wire(Oid type, const Bind *bind, Wire *wire);
bool pg_wires(PgQuery *q);
int64_t pg_integer(const PGresult *rows, int row, int column);
Str pg_view(const PGresult *rows, int row, int column, char digits[DIGITS_SIZE]);
// "COPY t (a, b) FROM STDIN (FORMAT binary)" for a plain "INSERT INTO t (a, b) VALUES ($1, $2)" whose
// types we can write; NULL for any other statement.
const char *pg_copy_sql(const PgQuery *q, Arena *arena);
