// What an engine does for store.c. Only this folder includes it.
//
// Duties  store.c asserts, counts, remembers the first failure and knows the types of the office; an
//         engine knows integers, text and bytes. An engine that fails calls store_failed or
//         query_failed and says false; it never sees a statement after that until the roll-back.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store.h"

enum {
    STORE_OWN_BYTES = 64 << 20,      // address space for statements and buffers of one store
    STORE_WAIT_MILLISECONDS = 5000,  // how long a writer waits for another
    QUERY_SLOTS = 128,
    PLACES_MAX = 99,
};

typedef enum Picture { NOTHING_OPEN, OPEN_READ, OPEN_WRITE } Picture;

typedef struct Engine {
    bool postgresql;
    bool (*begin)(Store *store, Picture picture);
    bool (*commit)(Store *store);
    void (*rollback)(Store *store);
    bool (*execute)(Store *store, const char *sql);
    void (*forget)(Store *store);  // NULL: nothing to do
    void (*close)(Store *store);

    Query *(*make)(Store *store, const char *sql, int places);  // NULL after store_failed
    void (*bind_int64)(Query *q, int place, int64_t value);
    void (*bind_text)(Query *q, int place, Str value);     // never {0}
    void (*bind_bytes)(Query *q, int place, Bytes value);  // never {0}
    void (*bind_null)(Query *q, int place);
    bool (*next)(Query *q);
    bool (*again)(Query *q);
    void (*end)(Query *q);  // back to the shelf: binds forgotten, rows dropped

    bool (*is_null)(Query *q, int column);
    int64_t (*int64)(Query *q, int column);
    Str (*view)(Query *q, int column);  // {0} for NULL
} Engine;

// The first members of every engine's store and query.
struct Store {
    const Engine *engine;
    Arena whole, own;  // the reservation, and what is left of it
    Picture picture;
    bool failed;                  // inside the open transaction; only roll-back is left
    Error first;                  // why
    Query *queries[QUERY_SLOTS];  // by hash of the text
    int64_t round_trips;          // counted by an engine that has somebody to wait for
    Instant turn, turn_longest;   // since when, and for how long at most, the writing turn was held
    bool (*check)(Store *store, const void *context, Error *err);  // at each begin; NULL: none
    const void *check_context;
    int64_t writes;                     // statements that write, since it was opened
    void (*then)(const void *context);  // after the commit; NULL: nothing
    int64_t then_writes;                // how many there were when it was asked for
    _Alignas(8) char then_context[STORE_CONTEXT_MOST];
};

struct Query {
    Store *store;
    const char *sql;
    Query *next_in_slot;
    int places, columns;
    bool in_use, ran_again, streaming, failed;
    int64_t changed;
    Error error;
    char (*notes)[DAY_TEXT_SIZE];  // one for each place, for dates bound as text
};

bool sqlite_open(Str path, Arena *arena, Store **store, Error *err);
bool sqlite_open_still(Str path, Arena *arena, Store **store, Error *err);
bool postgresql_open(Str url, Arena *arena, Store **store, Error *err);

// Remember why; both say false.
bool store_failed(Store *store, ErrorParts parts);
bool query_failed(Query *q, ErrorParts parts);
