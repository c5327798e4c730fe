// SPDX-License-Identifier: Apache-2.0
#include "store.h"

#include "store_engine.h"

#include <assert.h>
#include <string.h>

bool store_open(Str url, Arena *arena, Store **store, Error *err)
{
    if (str_starts(url, S("sqlite:")))
        return sqlite_open(str_from(url, (ptrdiff_t)strlen("sqlite:")), arena, store, err);
    if (str_starts(url, S("postgresql://"))) return postgresql_open(url, arena, store, err);
    return FAIL(
        err, E_USAGE, .item = S("--store"),
        .words =
            S("データベースの指定が読めません。sqlite:… か postgresql://… で指定してください。"));
}

bool store_open_still(Str url, Arena *arena, Store **store, Error *err)
{
    assert(str_starts(url, S("sqlite:")));
    return sqlite_open_still(str_from(url, (ptrdiff_t)strlen("sqlite:")), arena, store, err);
}

void store_close(Store *store)
{
    if (!store) return;
    store_rollback(store);
    Arena whole = store->whole;
    store->engine->close(store);
    arena_release(whole);
}

bool store_is_idle(const Store *store)
{
    return store->picture == NOTHING_OPEN;
}

bool store_is_postgresql(const Store *store)
{
    return store->engine->postgresql;
}

int64_t store_round_trips(const Store *store)
{
    return store->round_trips;
}

int64_t store_turn_longest(const Store *store)
{
    return store->turn_longest;
}

// Whatever was open is so no longer.
static void nothing_open(Store *store)
{
    Instant held = store->picture == OPEN_WRITE ? clock_now() - store->turn : 0;
    if (held > store->turn_longest) store->turn_longest = held;
    store->picture = NOTHING_OPEN;
}

bool store_failed(Store *store, ErrorParts parts)
{
    if (!store->failed) (void)error_set(&store->first, parts);
    store->failed = true;
    return false;
}

bool query_failed(Query *q, ErrorParts parts)
{
    if (!q->failed) (void)error_set(&q->error, parts);
    q->failed = true;
    return store_failed(q->store, parts);
}

// Outside a transaction a failure ends with its statement; inside it stays until the roll-back.
static bool failure_told(Store *store, Error *err)
{
    *err = store->first;
    if (store->picture == NOTHING_OPEN) store->failed = false;
    return false;
}

static bool begin(Store *store, Picture picture, Error *err)
{
    assert(store->picture == NOTHING_OPEN);
    store->failed = false;
    if (!store->engine->begin(store, picture)) {
        store->engine->rollback(store);
        return failure_told(store, err);
    }
    store->picture = picture;
    store->turn = clock_now();
    return true;
}

bool store_begin(Store *store, Error *err)
{
    if (!begin(store, OPEN_WRITE, err)) return false;
    if (store->check && !store->check(store, store->check_context, err)) {
        store_rollback(store);
        return false;
    }
    // What the check had to write stands by itself: a transaction without a record of its own may follow.
    return !store->then || (store_commit(store, err) && begin(store, OPEN_WRITE, err));
}

void store_on_begin(Store *store, bool (*check)(Store *store, const void *context, Error *err),
                    const void *context)
{
    store->check = check;
    store->check_context = context;
}

bool store_begin_read(Store *store, Error *err)
{
    return begin(store, OPEN_READ, err);
}

static void end_open_queries(Store *store)
{
    for (int i = 0; i < QUERY_SLOTS; i++) {
        for (Query *q = store->queries[i]; q; q = q->next_in_slot) {
            if (!q->in_use) continue;
            store->engine->end(q);
            q->in_use = false;
        }
    }
}

static bool stream_open(const Store *store)
{
    for (int i = 0; i < QUERY_SLOTS; i++)
        for (const Query *q = store->queries[i]; q; q = q->next_in_slot)
            if (q->in_use && q->streaming) return true;
    return false;
}

bool store_commit(Store *store, Error *err)
{
    assert(store->picture != NOTHING_OPEN);
    assert(store->failed ||
           !stream_open(store));  // PostgreSQL's cursors end with their transaction
    assert(store->failed || !store->then || store->then_writes == store->writes);
    if (!store->failed && store->engine->commit(store)) {
        nothing_open(store);
        if (store->then) store->then(store->then_context);
        store->then = NULL;
        return true;
    }
    *err = store->first;
    store_rollback(store);
    return false;
}

void store_forget(Store *store)
{
    assert(store->picture == NOTHING_OPEN);
    if (store->engine->forget) store->engine->forget(store);
}

void store_rollback(Store *store)
{
    if (store->picture == NOTHING_OPEN) return;
    // A caller that gave up in the middle of its rows leaves its query open.
    end_open_queries(store);
    store->engine->rollback(store);
    nothing_open(store);
    store->failed = false;
    store->then = NULL;
}

void store_after_commit(Store *store, void (*then)(const void *context), const void *context,
                        size_t size)
{
    assert(store->picture == OPEN_WRITE);
    assert(then);
    assert(size <= sizeof store->then_context);
    store->then = then;
    store->then_writes = store->writes;
    memcpy(store->then_context, context, size);
}

bool store_execute(Store *store, const char *sql, Error *err)
{
    if (store->engine->execute(store, sql)) return true;
    return failure_told(store, err);
}

// The highest $n outside of quotes.
static int places_in(const char *sql)
{
    int highest = 0;
    bool quoted = false;
    for (const char *c = sql; *c; c++) {
        if (*c == '\'') quoted = !quoted;
        if (quoted || *c != '$') continue;
        int place = 0;
        while (c[1] >= '0' && c[1] <= '9' && place <= PLACES_MAX) place = place * 10 + (*++c - '0');
        assert(place >= 1 && place <= PLACES_MAX);
        if (place > highest) highest = place;
    }
    return highest;
}

static Query *query_on_shelf(Store *store, const char *sql)
{
    size_t slot = str_hash(str_of(sql)) % QUERY_SLOTS;
    for (Query *q = store->queries[slot]; q; q = q->next_in_slot)
        if (!q->in_use && !strcmp(q->sql, sql)) return q;

    int places = places_in(sql);
    Query *made = store->engine->make(store, sql, places);
    if (!made) return NULL;
    made->store = store;
    made->sql = str_z(&store->own, str_of(sql));
    made->places = places;
    made->notes = (char(*)[DAY_TEXT_SIZE])arena_alloc(&store->own, DAY_TEXT_SIZE, 1, places);
    made->next_in_slot = store->queries[slot];
    return store->queries[slot] = made;
}

static bool statement_writes(const char *sql)
{
    return strncmp(sql, "SELECT", 6) != 0 && strncmp(sql, "WITH", 4) != 0;
}

static Query *query_open(Store *store, const char *sql, Error *err)
{
    // A statement that writes outside of a writing transaction would be a writer that nobody waits for.
    assert(store->picture == OPEN_WRITE || !statement_writes(sql));
    if (store->failed) {
        *err = store->first;
        return NULL;
    }
    Query *q = query_on_shelf(store, sql);
    if (!q) {
        (void)failure_told(store, err);
        return NULL;
    }
    store->writes += statement_writes(sql);
    q->in_use = true;
    q->ran_again = q->streaming = q->failed = false;
    q->changed = 0;
    return q;
}

Query *query_begin(Store *store, const char *sql, Error *err)
{
    return query_open(store, sql, err);
}

Query *query_stream(Store *store, const char *sql, Error *err)
{
    assert(store->picture != NOTHING_OPEN);
    assert(!statement_writes(sql));
    Query *q = query_open(store, sql, err);
    if (q) q->streaming = true;  // an engine looks at it when the first row is asked for
    return q;
}

bool query_next(Query *q)
{
    assert(q->in_use);
    return !q->failed && !q->store->failed && q->store->engine->next(q);
}

bool query_again(Query *q)
{
    assert(q->in_use);
    q->ran_again = true;
    return !q->failed && !q->store->failed && q->store->engine->again(q);
}

bool query_end(Query *q, Error *err)
{
    Store *store = q->store;
    assert(q->in_use);
    store->engine->end(q);
    q->in_use = false;
    if (!q->failed && !(q->ran_again && store->failed)) return true;
    *err = q->failed ? q->error : store->first;
    if (store->picture == NOTHING_OPEN) store->failed = false;
    return false;
}

bool query_run(Query *q, Error *err)
{
    while (query_next(q)) {
        // A statement for its effect: rows it may return are not wanted.
    }
    return query_end(q, err);
}

int query_columns(const Query *q)
{
    assert(q->in_use);
    return q->columns;
}

int64_t query_changed(Query *q)
{
    assert(q->in_use);
    return q->changed;
}

static void check_place(const Query *q, int place)
{
    assert(q->in_use);
    assert(place >= 1 && place <= q->places);
}

void bind_int64(Query *q, int place, int64_t value)
{
    check_place(q, place);
    q->store->engine->bind_int64(q, place, value);
}

void bind_null(Query *q, int place)
{
    check_place(q, place);
    q->store->engine->bind_null(q, place);
}

void bind_text(Query *q, int place, Str value)
{
    check_place(q, place);
    if (str_present(value))
        q->store->engine->bind_text(q, place, value);
    else
        q->store->engine->bind_null(q, place);
}

void bind_bytes(Query *q, int place, Bytes value)
{
    check_place(q, place);
    if (value.at)
        q->store->engine->bind_bytes(q, place, value);
    else
        q->store->engine->bind_null(q, place);
}

void bind_day(Query *q, int place, Day value)
{
    if (value == DAY_NONE)
        bind_null(q, place);
    else
        bind_int64(q, place, value);
}

void bind_instant(Query *q, int place, Instant value)
{
    bind_int64(q, place, value);
}

void bind_partial(Query *q, int place, PartialDate value)
{
    if (partial_date_equal(value, (PartialDate){0})) {
        bind_null(q, place);
        return;
    }
    check_place(q, place);
    char text[DAY_TEXT_SIZE];
    (void)partial_date_text(value, text);
    // The text must outlive this call: a place's own note, as long as the statement.
    bind_text(q, place, str_of(memcpy(q->notes[place - 1], text, sizeof text)));
}

bool column_is_null(Query *q, int column)
{
    assert(column >= 0 && column < q->columns);
    return q->store->engine->is_null(q, column);
}

int64_t column_int64(Query *q, int column)
{
    assert(column >= 0 && column < q->columns);
    return q->store->engine->int64(q, column);
}

Str column_view(Query *q, int column)
{
    assert(column >= 0 && column < q->columns);
    return q->store->engine->view(q, column);
}

Str column_text(Query *q, int column, Arena *arena)
{
    Str view = column_view(q, column);
    return str_present(view) ? str_copy(arena, view) : (Str){0};
}

Bytes column_bytes(Query *q, int column, Arena *arena)
{
    Str copy = column_text(q, column, arena);
    return (Bytes){(const unsigned char *)copy.at, copy.len};
}

Day column_day(Query *q, int column)
{
    return column_is_null(q, column) ? DAY_NONE : (Day)column_int64(q, column);
}

Instant column_instant(Query *q, int column)
{
    return column_int64(q, column);
}

PartialDate column_partial(Query *q, int column)
{
    Str text = column_view(q, column);
    int year, month, day;
    if (!str_present(text)) return (PartialDate){0};
    // Written by bind_partial; anything else means that somebody else writes into this table.
    assert(text.len == DAY_TEXT_SIZE - 1);
    bool digits = str_digits(str_first(text, 4), 4, 4, &year) &&
                  str_digits(str_first(str_from(text, 5), 2), 2, 2, &month) &&
                  str_digits(str_from(text, 8), 2, 2, &day);
    assert(digits);
    return (PartialDate){(int16_t)year, (int8_t)month, (int8_t)day};
}
