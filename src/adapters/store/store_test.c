// The same stories on SQLite and on PostgreSQL (tests/support/with_postgresql.sh).
// SPDX-License-Identifier: Apache-2.0
#include "error_texts.h"
#include "key_set.h"
#include "test_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct Desk {
    TestPlace place;
    Arena whole, arena;
    Store *store;
    Error err;
} Desk;

static int desk_open(void **state)
{
    static Desk desk;
    desk = (Desk){0};
    test_place_make(&desk.place);
    desk.whole = desk.arena = arena_reserve(64 << 20);
    *state = &desk;
    return !store_open(str_of(desk.place.store_url), &desk.arena, &desk.store, &desk.err);
}

static int desk_close(void **state)
{
    Desk *desk = *state;
    store_close(desk->store);
    arena_release(desk->whole);
    test_place_remove(&desk->place);
    return 0;
}

static Store *second_store(Desk *desk)
{
    Store *store = NULL;
    assert_true(store_open(str_of(desk->place.store_url), &desk->arena, &store, &desk->err));
    return store;
}

// The line is what the closing report of all tests shows beside the count.
static void skip_because(const char *reason)
{
    (void)printf("skipped: %s\n", reason);
    skip();
}

static void execute(Store *store, const char *sql)
{
    Error err = {0};
    assert_true(store_execute(store, sql, &err));
}

static int64_t number(Store *store, const char *sql)
{
    Error err = {0};
    Query *q = query_begin(store, sql, &err);
    assert_non_null(q);
    assert_true(query_next(q));
    int64_t value = column_int64(q, 0);
    assert_false(query_next(q));
    assert_true(query_end(q, &err));
    return value;
}

static bool add(Store *store, int64_t id, Str name, Error *err)
{
    Query *q = query_begin(store, "INSERT INTO person (person_id, name) VALUES ($1, $2)", err);
    if (!q) return false;
    bind_int64(q, 1, id);
    bind_text(q, 2, name);
    return query_run(q, err);
}

static void person_table(Store *store)
{
    execute(store, "CREATE TABLE person (person_id bigint PRIMARY KEY, name text)");
}

static void what_was_bound_comes_back(void **state)
{
    Desk *desk = *state;
    static const unsigned char blob[] = {0, 1, 255, 0, 92};
    execute(desk->store, "CREATE TABLE thing (id bigint PRIMARY KEY, number bigint, small integer,"
                         " name text, absent text, empty text, blob bytea, given_on integer,"
                         " never integer, birth text, unknown text, at bigint)");
    assert_true(store_begin(desk->store, &desk->err));
    Query *q =
        query_begin(desk->store,
                    "INSERT INTO thing (id, number, small, name, absent, empty, blob, given_on,"
                    " never, birth, unknown, at)"
                    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                    &desk->err);
    bind_int64(q, 1, 1);
    bind_int64(q, 2, INT64_MIN);
    bind_int64(q, 3, -7);
    bind_text(q, 4, S("髙橋\t花子\\"));
    bind_text(q, 5, (Str){0});
    bind_text(q, 6, S(""));
    bind_bytes(q, 7, (Bytes){blob, sizeof blob});
    bind_day(q, 8, day_of(2020, 4, 1));
    bind_day(q, 9, DAY_NONE);
    bind_partial(q, 10, (PartialDate){2019, 4, 0});
    bind_partial(q, 11, (PartialDate){0});
    bind_instant(q, 12, INSTANT_MAX);
    assert_true(query_run(q, &desk->err));
    assert_true(store_commit(desk->store, &desk->err));

    q = query_begin(
        desk->store,
        "SELECT number, small, name, absent, empty, blob, given_on, never, birth, unknown,"
        " at FROM thing WHERE id = $1",
        &desk->err);
    bind_int64(q, 1, 1);
    assert_true(query_next(q));
    assert_true(column_int64(q, 0) == INT64_MIN);
    assert_int_equal(column_int64(q, 1), -7);
    assert_true(str_equal(column_view(q, 1), S("-7")));
    assert_true(str_equal(column_text(q, 2, &desk->arena), S("髙橋\t花子\\")));
    assert_true(column_is_null(q, 3));
    assert_false(str_present(column_text(q, 3, &desk->arena)));
    assert_false(column_is_null(q, 4));
    assert_true(str_present(column_view(q, 4)));
    assert_int_equal(column_view(q, 4).len, 0);
    Bytes back = column_bytes(q, 5, &desk->arena);
    assert_int_equal(back.len, sizeof blob);
    assert_memory_equal(back.at, blob, sizeof blob);
    assert_int_equal(column_day(q, 6), day_of(2020, 4, 1));
    assert_int_equal(column_day(q, 7), DAY_NONE);
    assert_true(partial_date_equal(column_partial(q, 8), (PartialDate){2019, 4, 0}));
    assert_true(partial_date_equal(column_partial(q, 9), (PartialDate){0}));
    assert_true(column_instant(q, 10) == INSTANT_MAX);
    assert_false(query_next(q));
    assert_true(query_end(q, &desk->err));
}

static void then_nothing(const void *context)
{
    (void)context;
}

// As the office does who finds rows without a record: the first time it has to say so.
static bool check_that_writes(Store *store, const void *context, Error *err)
{
    Query *q = query_begin(store, "INSERT INTO thing (id) SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM thing)", err);
    if (!q || query_next(q)) return false;
    if (query_changed(q)) store_after_commit(store, then_nothing, context, 1);
    return query_end(q, err);
}

static void what_a_beginning_says_stands_by_itself(void **state)
{
    Desk *desk = *state;
    execute(desk->store, "CREATE TABLE thing (id bigint PRIMARY KEY)");
    store_on_begin(desk->store, check_that_writes, "");
    assert_true(store_begin(desk->store, &desk->err));
    Query *q = query_begin(desk->store, "INSERT INTO thing (id) VALUES (2)", &desk->err);
    assert_non_null(q);
    assert_true(query_run(q, &desk->err));
    assert_true(store_commit(desk->store, &desk->err));  // without a record of its own
    assert_true(store_begin(desk->store, &desk->err));
    store_rollback(desk->store);
    store_on_begin(desk->store, NULL, NULL);
    q = query_begin(desk->store, "SELECT count(*) FROM thing", &desk->err);
    assert_true(query_next(q));
    assert_int_equal(column_int64(q, 0), 2);
    assert_true(query_end(q, &desk->err));
}

static void bytes_are_found_by_keys_in_hex(void **state)
{
    Desk *desk = *state;
    KeySet keys = {0};
    int64_t found = 0;
    static const unsigned char blob[] = {0, 255, 26};
    execute(desk->store, "CREATE TABLE thing (id bigint PRIMARY KEY, blob bytea)");
    assert_true(store_begin(desk->store, &desk->err));
    for (int64_t id = 1; id <= 3; id++) {
        Query *q = query_begin(desk->store, "INSERT INTO thing (id, blob) VALUES ($1, $2)", &desk->err);
        bind_int64(q, 1, id);
        bind_bytes(q, 2, (Bytes){blob, id});
        assert_true(query_run(q, &desk->err));
    }
    assert_true(store_commit(desk->store, &desk->err));
    key_set_add(&keys, &desk->arena, S("00ff1a"), 0);
    key_set_add(&keys, &desk->arena, S("00"), 0);
    key_set_add(&keys, &desk->arena, S("ff"), 0);
    Query *q = query_begin(desk->store,
                           "SELECT t.id FROM json_each($1) a CROSS JOIN thing t"
                           " WHERE t.blob = decode(a.key, 'hex') ORDER BY t.id",
                           &desk->err);
    bind_text(q, 1, key_set_text(&keys, &desk->arena));
    while (query_next(q)) found = found * 10 + column_int64(q, 0);
    assert_true(query_end(q, &desk->err));
    assert_int_equal(found, 13);
}

static void a_set_of_keys_finds_each_whatever_stands_in_it(void **state)
{
    Desk *desk = *state;
    KeySet keys = {0};
    static const char *const texts[] = {"", "plain", "\"", "\\", "a\"b\\c", "\n\t\x01", "終\x1f\"り"};
    execute(desk->store, "CREATE TABLE thing (id bigint PRIMARY KEY, label text)");
    assert_true(store_begin(desk->store, &desk->err));
    for (int i = 0; i < countof(texts); i++) {
        Query *q = query_begin(desk->store, "INSERT INTO thing (id, label) VALUES ($1, $2)", &desk->err);
        bind_int64(q, 1, i);
        bind_text(q, 2, str_of(texts[i]));
        assert_true(query_run(q, &desk->err));
        key_set_add(&keys, &desk->arena, str_of(texts[i]), INT64_MIN + i);
    }
    assert_true(store_commit(desk->store, &desk->err));
    Query *q = query_begin(desk->store,
                           "SELECT t.id, " KEY_NUMBER " FROM json_each($1) a CROSS JOIN thing t"
                           " WHERE t.label = a.key ORDER BY t.id",
                           &desk->err);
    bind_text(q, 1, key_set_text(&keys, &desk->arena));
    for (int i = 0; i < countof(texts); i++) {
        assert_true(query_next(q));
        assert_int_equal(column_int64(q, 0), i);
        assert_true(column_int64(q, 1) == INT64_MIN + i);
    }
    assert_false(query_next(q));
    assert_true(query_end(q, &desk->err));
}

static void places_count_by_their_number_not_by_their_order(void **state)
{
    Desk *desk = *state;
    person_table(desk->store);
    assert_true(store_begin(desk->store, &desk->err));
    for (int i = 1; i <= 9; i++)
        assert_true(add(desk->store, i, i % 2 ? S("odd") : S("even"), &desk->err));
    assert_true(store_commit(desk->store, &desk->err));

    Query *q = query_begin(desk->store,
                           "SELECT person_id FROM person WHERE name = $3 AND person_id > $1"
                           " AND person_id <= $2 AND person_id <> $1 + 1 ORDER BY person_id",
                           &desk->err);
    bind_int64(q, 1, 2);
    bind_int64(q, 2, 7);
    bind_text(q, 3, S("odd"));
    assert_true(query_next(q));
    assert_int_equal(column_int64(q, 0), 5);  // 3 is $1 + 1
    assert_true(query_next(q));
    assert_int_equal(column_int64(q, 0), 7);
    assert_false(query_next(q));
    assert_false(query_next(q));  // the end stays the end
    assert_true(query_end(q, &desk->err));
}

static void what_is_not_committed_never_was(void **state)
{
    Desk *desk = *state;
    person_table(desk->store);
    assert_true(store_begin(desk->store, &desk->err));
    assert_true(add(desk->store, 1, S("花子"), &desk->err));
    store_rollback(desk->store);
    assert_int_equal(number(desk->store, "SELECT count(*) FROM person"), 0);

    assert_true(store_begin(desk->store, &desk->err));
    assert_true(add(desk->store, 1, S("花子"), &desk->err));
    store_close(desk->store);
    desk->store = second_store(desk);
    assert_int_equal(number(desk->store, "SELECT count(*) FROM person"), 0);

    assert_true(store_begin(desk->store, &desk->err));
    assert_true(add(desk->store, 1, S("花子"), &desk->err));
    assert_true(store_commit(desk->store, &desk->err));
    store_close(desk->store);
    desk->store = second_store(desk);
    assert_int_equal(number(desk->store, "SELECT count(*) FROM person"), 1);
}

static void a_second_writer_waits_and_is_told(void **state)
{
    Desk *desk = *state;
    person_table(desk->store);
    Store *other = second_store(desk);
    execute(other, desk->place.postgresql ? "SET lock_timeout = 1" : "PRAGMA busy_timeout = 0");

    assert_true(store_begin(desk->store, &desk->err));
    assert_false(store_begin(other, &desk->err));
    assert_int_equal(desk->err.code, E_BUSY);
    assert_true(str_find(error_words(&desk->err), S("ほかの処理")) >= 0);
    assert_int_equal(number(other, "SELECT count(*) FROM person"), 0);  // reading never waits

    assert_true(store_commit(desk->store, &desk->err));
    assert_true(store_begin(other, &desk->err));
    assert_true(add(other, 1, S("太郎"), &desk->err));
    assert_true(store_commit(other, &desk->err));
    store_close(other);
}

static void the_longest_turn_is_known(void **state)
{
    enum { HELD_MS = 30 };
    Desk *desk = *state;
    const struct timespec pause = {.tv_nsec = HELD_MS * 1000000};
    person_table(desk->store);
    assert_true(store_begin_read(desk->store, &desk->err));
    (void)nanosleep(&pause, NULL);  // a look holds no turn
    assert_true(store_commit(desk->store, &desk->err));
    int64_t before = store_turn_longest(desk->store);
    assert_true(before < HELD_MS * 1000);
    assert_true(store_begin(desk->store, &desk->err));
    (void)nanosleep(&pause, NULL);
    store_rollback(desk->store);
    assert_true(store_turn_longest(desk->store) >= HELD_MS * 1000);
}

static void a_long_read_sees_one_picture(void **state)
{
    Desk *desk = *state;
    person_table(desk->store);
    Store *reader = second_store(desk);
    assert_true(store_begin_read(reader, &desk->err));
    assert_true(store_begin(desk->store, &desk->err));
    assert_true(add(desk->store, 1, S("花子"), &desk->err));
    assert_true(store_commit(desk->store, &desk->err));

    assert_int_equal(number(reader, "SELECT count(*) FROM person"), 0);
    assert_true(store_commit(reader, &desk->err));
    assert_int_equal(number(reader, "SELECT count(*) FROM person"), 1);
    store_close(reader);
}

// A process of its own: a child that is only forked has our locks in its memory.
static int other_comes_and_goes(const char *url)
{
    Error err;
    Store *store;
    Arena arena = arena_reserve(16 << 20);
    bool did = store_open(str_of(url), &arena, &store, &err) && store_begin(store, &err) &&
               add(store, 1, S("花子"), &err) && store_commit(store, &err);
    if (did) store_close(store);
    return did ? 0 : 1;
}

// Another process that comes and goes does not take away what a store of ours has open, however many we opened.
static void what_others_close_stays_for_whoever_has_it_open(void **state)
{
    Desk *desk = *state;
    Arena scratch = desk->arena;
    person_table(desk->store);
    Store *second = second_store(desk);
    store_close(second);
    char *url = str_z(&scratch, str_of(desk->place.store_url));
    char self[] = "/proc/self/exe", other_word[] = "--other";
    char *arguments[] = {self, other_word, url, NULL};
    pid_t other;
    int status = -1;
    assert_int_equal(posix_spawn(&other, arguments[0], NULL, NULL, arguments, environ), 0);
    assert_int_equal(waitpid(other, &status, 0), other);
    assert_int_equal(status, 0);
    assert_int_equal(number(desk->store, "SELECT count(*) FROM person"), 1);
    second = second_store(desk);
    assert_true(store_begin(second, &desk->err));
    assert_true(add(second, 2, S("太郎"), &desk->err));
    assert_true(store_commit(second, &desk->err));
    assert_int_equal(number(desk->store, "SELECT count(*) FROM person"), 2);
    assert_true(store_begin(desk->store, &desk->err));
    assert_true(add(desk->store, 3, S("次郎"), &desk->err));
    assert_true(store_commit(desk->store, &desk->err));
    assert_int_equal(number(second, "SELECT count(*) FROM person"), 3);
    store_close(second);
}

static void after_a_failure_only_the_roll_back_is_left(void **state)
{
    Desk *desk = *state;
    person_table(desk->store);
    assert_true(store_begin(desk->store, &desk->err));
    assert_true(add(desk->store, 1, S("花子"), &desk->err));
    assert_false(add(desk->store, 1, S("太郎"), &desk->err));
    assert_int_equal(desk->err.code, E_CONFLICT);

    Error later = {0};
    assert_false(add(desk->store, 2, S("次郎"), &later));
    assert_int_equal(later.code, E_CONFLICT);
    assert_false(store_commit(desk->store, &later));
    assert_int_equal(later.code, E_CONFLICT);

    assert_int_equal(number(desk->store, "SELECT count(*) FROM person"), 0);
    assert_true(store_begin(desk->store, &desk->err));
    assert_true(add(desk->store, 1, S("花子"), &desk->err));
    assert_true(store_commit(desk->store, &desk->err));
}

static void a_mistake_in_sql_is_an_error_and_the_next_statement_works(void **state)
{
    Desk *desk = *state;
    Query *q = query_begin(desk->store, "SELECT nothing FROM nowhere", &desk->err);
    assert_null(q);
    assert_int_equal(desk->err.code, E_STORE);
    assert_int_equal(number(desk->store, "SELECT 41 + 1"), 42);
}

enum { MANY = 10000 };  // more than a pipeline, a portion of a stream, and a buffer of COPY

static void many_rows(Store *store, int64_t first, int64_t last, Error *err)
{
    Query *q = query_begin(store, "INSERT INTO person (person_id, name) VALUES ($1, $2)", err);
    assert_non_null(q);
    for (int64_t i = first; i <= last; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "名前%lld\\\t\n", (long long)i);
        bind_int64(q, 1, i);
        bind_text(q, 2, i % 10 ? str_of(name) : (Str){0});
        (void)query_again(q);
    }
    assert_true(query_end(q, err));
}

static void many_rows_arrive_whole_and_in_order(void **state)
{
    Desk *desk = *state;
    person_table(desk->store);
    assert_true(store_begin(desk->store, &desk->err));
    many_rows(desk->store, 1, MANY, &desk->err);
    assert_int_equal(number(desk->store, "SELECT count(*) FROM person"), MANY);
    assert_true(store_commit(desk->store, &desk->err));

    assert_int_equal(number(desk->store, "SELECT count(*) FROM person WHERE name IS NULL"),
                     MANY / 10);
    Query *q = query_begin(desk->store,
                           "SELECT person_id, name FROM person WHERE person_id IN (7, 9999)"
                           " ORDER BY person_id",
                           &desk->err);
    assert_true(query_next(q));
    assert_true(str_equal(column_view(q, 1), S("名前7\\\t\n")));
    assert_true(query_next(q));
    assert_true(str_equal(column_view(q, 1), S("名前9999\\\t\n")));
    assert_true(query_end(q, &desk->err));
}

// One question for a thousand keys, in a picture, whatever the keys are made of.
static void a_set_of_keys_is_one_question(void **state)
{
    Desk *desk = *state;
    KeySet words = {0}, none = {0};
    static const char *const odd[] = {"plain",
                                      "\"quoted\"",
                                      "back\\slash",
                                      "a\x1f"
                                      "b",
                                      "改行\n",
                                      ""};
    execute(desk->store, "CREATE TABLE word (word_id integer PRIMARY KEY, word text)");
    assert_true(store_begin(desk->store, &desk->err));
    Query *q =
        query_begin(desk->store, "INSERT INTO word (word_id, word) VALUES ($1, $2)", &desk->err);
    for (int i = 0; i < 1000; i++) {
        Str word = i < countof(odd) ? str_of(odd[i]) : str_format(&desk->arena, "word %d", i);
        bind_int64(q, 1, i);
        bind_text(q, 2, word);
        assert_true(query_again(q));
        if (i % 2 == 0) key_set_add(&words, &desk->arena, word, i + 1);
    }
    assert_true(query_end(q, &desk->err) && store_commit(desk->store, &desk->err));
    key_set_add(&words, &desk->arena, S("nobody's"), 7);
    assert_true(store_begin_read(desk->store, &desk->err));
    static const char sql[] =
        "SELECT w.word_id, " KEY_NUMBER " FROM json_each($1) a CROSS JOIN word w"
        " WHERE w.word = a.key ORDER BY w.word_id";
    for (int turn = 0; turn < 2; turn++) {
        int64_t before = store_round_trips(desk->store), found = 0;
        q = query_begin(desk->store, sql, &desk->err);
        assert_non_null(q);
        bind_text(q, 1, key_set_text(turn ? &none : &words, &desk->arena));
        for (; query_next(q); found++) {
            assert_int_equal(column_int64(q, 0), 2 * found);
            assert_int_equal(column_int64(q, 1), 2 * found + 1);
        }
        assert_true(query_end(q, &desk->err));
        assert_int_equal(found, turn ? 0 : 500);
        // Made once, then asked: on SQLite nobody is waited for.
        int64_t trips = store_is_postgresql(desk->store) ? (turn ? 1 : 2) : 0;
        assert_int_equal(store_round_trips(desk->store) - before, trips);
    }
    assert_true(store_commit(desk->store, &desk->err));
}

static void children_of_many_parents_never_come_before_them(void **state)
{
    Desk *desk = *state;
    person_table(desk->store);
    execute(desk->store,
            "CREATE TABLE dose (dose_id bigint PRIMARY KEY,"
            " person_id bigint NOT NULL REFERENCES person (person_id), volume integer)");
    assert_true(store_begin(desk->store, &desk->err));
    Query *person =
        query_begin(desk->store, "INSERT INTO person (person_id) VALUES ($1)", &desk->err);
    Query *dose = query_begin(desk->store,
                              "INSERT INTO dose (dose_id, person_id, volume) VALUES ($1, $2, $3)",
                              &desk->err);
    int64_t doses = 0;
    for (int64_t i = 1; i <= 1000; i++) {
        bind_int64(person, 1, i);
        assert_true(query_again(person));
        // Runs of different length: one, a few, more than what makes COPY begin.
        for (int64_t n = i % 250 ? i % 3 : 200; n > 0; n--) {
            bind_int64(dose, 1, ++doses);
            bind_int64(dose, 2, i);
            bind_int64(dose, 3, -50);
            assert_true(query_again(dose));
        }
    }
    assert_true(query_end(dose, &desk->err));
    assert_true(query_end(person, &desk->err));
    assert_true(store_commit(desk->store, &desk->err));
    assert_int_equal(number(desk->store, "SELECT count(*) FROM person"), 1000);
    assert_int_equal(number(desk->store, "SELECT count(*) FROM dose"), doses);
    assert_int_equal(number(desk->store, "SELECT sum(volume) FROM dose"), -50 * doses);
}

static void one_bad_row_among_many_spoils_them_all(void **state)
{
    Desk *desk = *state;
    person_table(desk->store);
    for (int64_t bad = 2; bad <= 2000; bad += 1998) {  // in the pipeline, in COPY
        assert_true(store_begin(desk->store, &desk->err));
        Query *q = query_begin(desk->store, "INSERT INTO person (person_id, name) VALUES ($1, $2)",
                               &desk->err);
        for (int64_t i = 1; i <= 3000; i++) {
            bind_int64(q, 1, i == bad ? 1 : i);
            bind_text(q, 2, S("花子"));
            (void)query_again(q);
        }
        assert_false(query_end(q, &desk->err));
        assert_int_equal(desk->err.code, E_CONFLICT);
        assert_false(store_commit(desk->store, &desk->err));
        assert_int_equal(number(desk->store, "SELECT count(*) FROM person"), 0);
    }
}

// Somebody who takes the turn when it comes and keeps it for a while.
typedef struct Waits {
    const Desk *desk;
    bool taken;
} Waits;

enum { TURN_SECONDS = 3 };

static void *takes_its_turn(void *context)
{
    Waits *w = context;
    Error err;
    Store *store;
    Arena whole = arena_reserve(8 << 20), arena = whole;
    bool opened = store_open(str_of(w->desk->place.store_url), &arena, &store, &err);
    w->taken = opened && store_begin(store, &err);
    if (w->taken) (void)sleep(TURN_SECONDS);
    if (opened) store_close(store);
    arena_release(whole);
    return NULL;
}

// On a server writers stand in a queue: whoever comes third waits for two turns, each shorter than anybody waits for one.
static void who_stands_in_a_queue_waits_for_all_before_him(void **state)
{
    Desk *desk = *state;
    if (!store_is_postgresql(desk->store)) skip();
    Waits waits[] = {{.desk = desk}, {.desk = desk}};
    pthread_t threads[countof(waits)];
    assert_true(store_begin(desk->store, &desk->err));
    for (ptrdiff_t i = 0; i < countof(waits); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, takes_its_turn, &waits[i]), 0);
    (void)sleep(TURN_SECONDS);
    store_rollback(desk->store);
    for (ptrdiff_t i = 0; i < countof(waits); i++) (void)pthread_join(threads[i], NULL);
    for (ptrdiff_t i = 0; i < countof(waits); i++) assert_true(waits[i].taken);
}

static void two_streams_join_while_a_third_statement_writes(void **state)
{
    Desk *desk = *state;
    person_table(desk->store);
    execute(desk->store,
            "CREATE TABLE dose (dose_id bigint PRIMARY KEY, person_id bigint NOT NULL);"
            "CREATE TABLE verdict (person_id bigint PRIMARY KEY, doses integer)");
    assert_true(store_begin(desk->store, &desk->err));
    many_rows(desk->store, 1, MANY, &desk->err);
    Query *q = query_begin(desk->store, "INSERT INTO dose (dose_id, person_id) VALUES ($1, $2)",
                           &desk->err);
    for (int64_t i = 0; i < 2 * MANY;
         i++) {  // persons with an odd number have four doses, others none
        bind_int64(q, 1, i + 1);
        bind_int64(q, 2, i / 4 * 2 + 1);
        assert_true(query_again(q));
    }
    assert_true(query_end(q, &desk->err));

    Query *persons =
        query_stream(desk->store, "SELECT person_id FROM person ORDER BY person_id", &desk->err);
    Query *doses = query_stream(
        desk->store, "SELECT person_id FROM dose WHERE dose_id > $1 ORDER BY person_id, dose_id",
        &desk->err);
    Query *verdict = query_begin(
        desk->store, "INSERT INTO verdict (person_id, doses) VALUES ($1, $2)", &desk->err);
    bind_int64(doses, 1, 0);
    bool more = query_next(doses);
    int64_t seen = 0;
    while (query_next(persons)) {
        int64_t person_id = column_int64(persons, 0), count = 0;
        assert_int_equal(person_id, ++seen);
        for (; more && column_int64(doses, 0) == person_id; more = query_next(doses)) count++;
        bind_int64(verdict, 1, person_id);
        bind_int64(verdict, 2, count);
        assert_true(query_again(verdict));
    }
    assert_false(more);
    assert_true(query_end(doses, &desk->err));
    assert_true(query_end(persons, &desk->err));
    assert_true(query_end(verdict, &desk->err));
    assert_true(store_commit(desk->store, &desk->err));
    assert_int_equal(number(desk->store, "SELECT count(*) FROM verdict WHERE doses = 4"), MANY / 2);
    assert_int_equal(number(desk->store, "SELECT count(*) FROM verdict WHERE doses = 0"), MANY / 2);
}

static int64_t rows_streamed(Desk *desk, int64_t most, int rows_wanted)
{
    int64_t rows = 0;
    Query *q = query_stream(desk->store, "SELECT person_id FROM person WHERE person_id <= $1 ORDER BY person_id", &desk->err);
    assert_non_null(q);
    bind_int64(q, 1, most);
    while (rows < rows_wanted && query_next(q)) assert_int_equal(column_int64(q, 0), ++rows);
    assert_true(query_end(q, &desk->err));
    return rows;
}

// A server that is far away answers a page of few rows once, not for declaring, fetching and closing; in one
// transaction the same stream runs again, also where it was given up halfway, and fresh.
static void a_stream_of_few_rows_is_one_answer(void **state)
{
    Desk *desk = *state;
    bool server = store_is_postgresql(desk->store);
    person_table(desk->store);
    assert_true(store_begin(desk->store, &desk->err));
    many_rows(desk->store, 1, MANY, &desk->err);
    assert_true(store_commit(desk->store, &desk->err));
    for (int turn = 0; turn < 2; turn++) {
        assert_true(store_begin_read(desk->store, &desk->err));
        assert_int_equal(rows_streamed(desk, 3, MANY), 3);  // prepares it the first time
        int64_t waited = store_round_trips(desk->store);
        assert_int_equal(rows_streamed(desk, 0, MANY), 0);
        assert_int_equal(rows_streamed(desk, 5, MANY), 5);
        assert_int_equal(store_round_trips(desk->store) - waited, server ? 2 : 0);
        assert_int_equal(rows_streamed(desk, MANY, 7), 7);
        assert_int_equal(rows_streamed(desk, MANY, 6000), 6000);
        assert_int_equal(rows_streamed(desk, MANY, INT32_MAX), MANY);
        assert_int_equal(rows_streamed(desk, 2, MANY), 2);
        assert_true(store_commit(desk->store, &desk->err));
    }
}

static void rows_given_up_halfway_are_ended_by_the_roll_back(void **state)
{
    Desk *desk = *state;
    person_table(desk->store);
    assert_true(store_begin(desk->store, &desk->err));
    many_rows(desk->store, 1, MANY, &desk->err);
    assert_true(store_commit(desk->store, &desk->err));

    for (int turn = 0; turn < 2; turn++) {
        assert_true(store_begin(desk->store, &desk->err));
        Query *q = query_stream(desk->store, "SELECT person_id FROM person ORDER BY person_id",
                                &desk->err);
        for (int i = 0; i < 5000; i++) assert_true(query_next(q));
        Query *again =
            query_begin(desk->store, "INSERT INTO person (person_id) VALUES ($1)", &desk->err);
        for (int64_t i = 1; i <= 100; i++) {
            bind_int64(again, 1, MANY + i);
            assert_true(query_again(again));
        }
        store_rollback(desk->store);
        assert_int_equal(number(desk->store, "SELECT count(*) FROM person"), MANY);
    }
    execute(desk->store, "DROP TABLE person");  // SQLite refuses while anybody still reads it
}

static void sums_of_big_numbers_are_numbers(void **state)
{
    Desk *desk = *state;
    execute(desk->store, "CREATE TABLE claim (id bigint PRIMARY KEY, yen bigint NOT NULL);"
                         "INSERT INTO claim (id, yen) VALUES (1, 1200000000000), (2, 34500000020),"
                         " (3, -1), (4, -2)");
    assert_true(number(desk->store, "SELECT sum(yen) FROM claim WHERE id <= 2") == 1234500000020);
    assert_true(number(desk->store, "SELECT sum(yen) FROM claim WHERE id = 1") == 1200000000000);
    assert_int_equal(number(desk->store, "SELECT sum(yen) FROM claim WHERE id >= 3"), -3);
    assert_int_equal(number(desk->store, "SELECT sum(yen - yen) FROM claim"), 0);
}

static void changed_rows_are_counted(void **state)
{
    Desk *desk = *state;
    person_table(desk->store);
    assert_true(store_begin(desk->store, &desk->err));
    for (int i = 1; i <= 5; i++) assert_true(add(desk->store, i, S("花子"), &desk->err));
    Query *q =
        query_begin(desk->store, "UPDATE person SET name = $1 WHERE person_id >= $2", &desk->err);
    bind_text(q, 1, S("桃子"));
    bind_int64(q, 2, 3);
    assert_false(query_next(q));
    assert_int_equal(query_changed(q), 3);
    assert_true(query_end(q, &desk->err));
    assert_true(store_commit(desk->store, &desk->err));
}

static void a_full_disk_is_told_as_such(void **state)
{
    Desk *desk = *state;
    if (desk->place.postgresql)
        skip_because("the disk is the server's; the code of the failure is in the table");
    person_table(desk->store);
    execute(desk->store, "PRAGMA max_page_count = 20");
    assert_true(store_begin(desk->store, &desk->err));
    bool stored = true;
    for (int64_t i = 1; stored && i <= MANY; i++)
        stored = add(desk->store, i, S("花子"), &desk->err);
    assert_false(stored);
    assert_int_equal(desk->err.code, E_STORE_FULL);
    store_rollback(desk->store);
    assert_int_equal(number(desk->store, "SELECT count(*) FROM person"), 0);
}

static void writing_outside_of_a_transaction_is_our_mistake(void **state)
{
    Desk *desk = *state;
    person_table(desk->store);
    pid_t child = fork();
    if (!child) {
        (void)close(STDERR_FILENO);
        (void)signal(SIGABRT, SIG_DFL);
        Error err;
        (void)add(desk->store, 1, S("花子"), &err);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

static const EmbeddedFile first_and_second[] = {
    {"0001_person.sql",
     S("-- one\nCREATE TABLE person (person_id bigint PRIMARY KEY)\n--sqlite: WITHOUT ROWID\n;\n")},
    {"0002_engine.sql", S("CREATE TABLE engine (name text);\n"
                          "--sqlite: INSERT INTO engine VALUES ('SQLite');\n"
                          "--postgresql: INSERT INTO engine VALUES ('PostgreSQL');\n")},
};

// Does `text` stand in any file beside the database?
static bool stands_in_a_file(Desk *desk, const char *text)
{
    static const char *const ends[] = {"", "-wal", "-journal"};
    Str path = str_from(str_of(desk->place.store_url), S("sqlite:").len);
    for (ptrdiff_t i = 0; i < countof(ends); i++) {
        Arena scratch = desk->arena;
        enum { MOST = 8 << 20 };
        char *bytes = NEW(&scratch, char, MOST);
        FILE *file = fopen(str_z(&scratch, str_join(&scratch, path, str_of(ends[i]))), "re");
        if (!file) continue;
        size_t got = fread(bytes, 1, MOST, file);
        (void)fclose(file);
        if (str_find((Str){bytes, (ptrdiff_t)got}, str_of(text)) >= 0) return true;
    }
    return false;
}

// A row that shrinks, rows that go with their pages, and the log, beside somebody who keeps the database open.
static void what_was_overwritten_is_readable_nowhere(void **state)
{
    Desk *desk = *state;
    if (desk->place.postgresql) skip_because("a server's files are not ours to read");
    Store *other = second_store(desk);
    execute(desk->store, "CREATE TABLE place (place_id integer PRIMARY KEY, words text)");
    execute(desk->store, "CREATE TABLE many (words text)");
    execute(desk->store, "INSERT INTO place VALUES (1, '隠れ家町9番9号')");
    execute(
        desk->store,
        "INSERT INTO many WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
        " SELECT '隠れ家町' || i FROM n");
    assert_int_equal(number(other, "SELECT count(*) FROM place"), 1);
    store_forget(desk->store);
    assert_true(stands_in_a_file(desk, "隠れ家町"));  // the search itself works

    execute(desk->store, "UPDATE place SET words = NULL");
    execute(desk->store, "DELETE FROM many");
    store_forget(desk->store);
    assert_false(stands_in_a_file(desk, "隠れ家町"));
    store_close(other);
}

static void schemas_move_forward_once(void **state)
{
    Desk *desk = *state;
    assert_true(store_migrate(desk->store, first_and_second, 1, &desk->err));
    assert_int_equal(number(desk->store, "SELECT count(*) FROM schema_migration"), 1);
    assert_true(store_migrate(desk->store, first_and_second, 2, &desk->err));
    assert_true(store_migrate(desk->store, first_and_second, 2, &desk->err));
    assert_int_equal(number(desk->store, "SELECT count(*) FROM schema_migration"), 2);
    assert_int_equal(number(desk->store, "SELECT count(*) FROM engine"), 1);
    assert_int_equal(
        number(desk->store, desk->place.postgresql
                                ? "SELECT count(*) FROM engine WHERE name = 'PostgreSQL'"
                                : "SELECT count(*) FROM engine WHERE name = 'SQLite'"),
        1);
}

static void a_program_that_is_up_to_date_opens_while_another_writes(void **state)
{
    Desk *desk = *state;
    assert_true(store_migrate(desk->store, first_and_second, 2, &desk->err));
    Store *other = second_store(desk);
    assert_true(store_begin(desk->store, &desk->err));
    execute(other, desk->place.postgresql ? "SET lock_timeout = 1" : "PRAGMA busy_timeout = 0");
    assert_true(store_migrate(other, first_and_second, 2, &desk->err));
    store_rollback(desk->store);
    store_close(other);
}

static void an_older_program_and_a_changed_file_are_refused(void **state)
{
    Desk *desk = *state;
    assert_true(store_migrate(desk->store, first_and_second, 2, &desk->err));
    assert_false(store_migrate(desk->store, first_and_second, 1, &desk->err));
    assert_true(str_find(error_words(&desk->err), S("新しい版")) >= 0);

    EmbeddedFile changed[] = {first_and_second[0], first_and_second[1]};
    changed[1].text = S("CREATE TABLE engine (name text)");
    assert_false(store_migrate(desk->store, changed, 2, &desk->err));
    assert_true(str_equal(error_item(&desk->err), S("0002_engine.sql")));
}

static void a_schema_file_that_fails_leaves_nothing(void **state)
{
    Desk *desk = *state;
    static const EmbeddedFile bad[] = {
        {"0001_bad.sql", S("CREATE TABLE good (id bigint); CREATE TABLE good (id bigint);")}};
    static const EmbeddedFile mended[] = {{"0001_bad.sql", S("CREATE TABLE good (id bigint);")}};
    assert_false(store_migrate(desk->store, bad, 1, &desk->err));
    assert_int_equal(desk->err.code, E_STORE);
    assert_true(store_migrate(desk->store, mended, 1, &desk->err));
    assert_int_equal(number(desk->store, "SELECT count(*) FROM good"), 0);
}

static void what_cannot_be_opened_is_refused_with_words(void **state)
{
    Desk *desk = *state;
    char path[128];
    (void)snprintf(path, sizeof path, "%s/letter.txt", desk->place.folder);
    FILE *letter = fopen(path, "w");
    assert_non_null(letter);
    for (int i = 0; i < 100; i++) (void)fputs("This is a letter, not a database. ", letter);
    (void)fclose(letter);

    const char *urls[] = {"sqlite:/nowhere/at/all.db", "mysql://localhost/x",
                          "postgresql://nobody@127.0.0.1:1/nothing"};
    Store *store = NULL;
    for (int i = 0; i < 3; i++) {
        assert_false(store_open(str_of(urls[i]), &desk->arena, &store, &desk->err));
        assert_true(error_words(&desk->err).len > 0);
    }
    char url[160];
    (void)snprintf(url, sizeof url, "sqlite:%s", path);
    assert_false(store_open(str_of(url), &desk->arena, &store, &desk->err));
    assert_true(str_find(error_words(&desk->err), S("データベースのファイルではありません")) >= 0);
    assert_null(store);
}

// The server's administrator ends our connection in the middle of things.
static void connection_cut(Desk *desk, Store *store)
{
    Store *other = second_store(desk);
    int64_t process = number(store, "SELECT pg_backend_pid()");
    Query *q = query_begin(other,
                           "SELECT CASE WHEN pg_terminate_backend(CAST($1 AS integer), 5000)"
                           " THEN 1 ELSE 0 END",
                           &desk->err);
    bind_int64(q, 1, process);
    assert_true(query_next(q));
    assert_int_equal(column_int64(q, 0), 1);
    assert_true(query_end(q, &desk->err));
    store_close(other);
}

static void a_connection_that_is_cut_is_an_error_and_nothing_is_half_stored(void **state)
{
    Desk *desk = *state;
    if (!desk->place.postgresql) skip_because("there is nobody between us and a file");
    person_table(desk->store);
    for (int64_t before = 0; before <= 4000; before += 2000) {  // at once; after a run of COPY
        Store *store = second_store(desk);
        assert_true(store_begin(store, &desk->err));
        many_rows(store, 1, before, &desk->err);
        connection_cut(desk, store);
        Query *q =
            query_begin(store, "INSERT INTO person (person_id, name) VALUES ($1, $2)", &desk->err);
        bool refused = q == NULL;
        for (int64_t i = 0; !refused && i < 3000; i++) {
            bind_int64(q, 1, before + 1 + i);
            refused = !query_again(q);
        }
        if (q) assert_false(query_end(q, &desk->err));
        assert_int_equal(desk->err.code, E_STORE);
        assert_false(store_commit(store, &desk->err));
        store_close(store);
        assert_int_equal(number(desk->store, "SELECT count(*) FROM person"), 0);
    }
}

static void a_stream_that_is_cut_ends_with_an_error_not_as_if_it_were_all(void **state)
{
    Desk *desk = *state;
    if (!desk->place.postgresql) skip_because("only a server can be lost while we talk to it");
    person_table(desk->store);
    assert_true(store_begin(desk->store, &desk->err));
    many_rows(desk->store, 1, 3 * MANY, &desk->err);
    assert_true(store_commit(desk->store, &desk->err));
    Store *reader = second_store(desk);
    assert_true(store_begin_read(reader, &desk->err));
    Query *q =
        query_stream(reader, "SELECT person_id, name FROM person ORDER BY person_id", &desk->err);
    int64_t rows = 0;
    for (; query_next(q); rows++)
        if (rows == 100) connection_cut(desk, reader);
    assert_false(query_end(q, &desk->err));
    assert_int_equal(desk->err.code, E_STORE);
    assert_true(rows < 3 * MANY);
    assert_false(store_commit(reader, &desk->err));
    store_close(reader);
}

static bool opened_for(Desk *desk, const char *program, Store **store)
{
    Str folder = str_of(desk->place.folder), base = str_of(desk->place.base_url);
    Str url = store_url_for(folder, base, str_of(program), &desk->arena);
    return store_provide(folder, base, str_of(program), desk->arena, &desk->err) &&
           store_open(url, &desk->arena, store, &desk->err);
}

static void every_program_gets_a_place_of_its_own_and_finds_it_again(void **state)
{
    Desk *desk = *state;
    Store *ledger = NULL, *addressee = NULL;
    assert_true(opened_for(desk, "ledger", &ledger));
    assert_true(opened_for(desk, "addressee", &addressee));
    person_table(ledger);
    person_table(addressee);
    assert_true(store_begin(ledger, &desk->err));
    assert_true(add(ledger, 1, S("花子"), &desk->err));
    assert_true(store_commit(ledger, &desk->err));
    store_close(ledger);

    assert_true(opened_for(desk, "ledger", &ledger));
    assert_int_equal(number(ledger, "SELECT count(*) FROM person"), 1);
    assert_int_equal(number(addressee, "SELECT count(*) FROM person"), 0);
    if (desk->place.postgresql) {
        assert_int_equal(
            number(ledger, "SELECT count(*) FROM pg_roles WHERE rolname = current_user"
                           " AND rolname = 'sesshu_ledger' AND NOT rolsuper AND NOT rolcreaterole"),
            1);
        assert_int_equal(
            number(ledger, "SELECT CASE WHEN has_database_privilege('sesshu_addressee', 'CONNECT')"
                           " THEN 1 ELSE 0 END"),
            0);
    }
    store_close(ledger);
    store_close(addressee);
}

static void without_its_password_a_program_is_not_let_in(void **state)
{
    Desk *desk = *state;
    if (!desk->place.postgresql) skip_because("a file has no password");
    Store *ledger = NULL;
    char path[128];
    assert_true(opened_for(desk, "ledger", &ledger));
    store_close(ledger);
    (void)snprintf(path, sizeof path, "%s/keys/ledger.pgpass", desk->place.folder);
    assert_int_equal(unlink(path), 0);
    assert_false(opened_for(desk, "ledger", &ledger));
    assert_true(str_find(error_words(&desk->err), S(".pgpass")) >= 0);
    // A server that lets somebody in refuses nothing.
    assert_false(str_present(store_refusal(str_of(desk->place.store_url), &desk->arena)));
    assert_true(str_present(store_refusal(S("postgresql://nobody@127.0.0.1:9/nowhere"), &desk->arena)));
}

static void a_server_that_does_not_answer_is_named(void **state)
{
    Desk *desk = *state;
    Str url = S("postgresql://nobody@127.0.0.1:9/nowhere");  // discard: nobody listens there
    assert_false(store_provide(str_of(desk->place.folder), url, S("ledger"), desk->arena, &desk->err));
    assert_int_equal(desk->err.code, E_STORE);
    assert_true(str_find(error_words(&desk->err), S("127.0.0.1:9 から返事がない")) >= 0);
    assert_true(str_find(error_words(&desk->err), S("nobody")) >= 0);
}

static void a_place_that_gives_something_away_is_refused(void **state)
{
    static const char *const refused[] = {
        "postgresql://sesshu:geheim@127.0.0.1/sesshu",
        "postgresql://127.0.0.1/sesshu?user=sesshu&password=geheim",
        "postgresql://sesshu:@127.0.0.1/?password=x",
        "postgres://sesshu:geheim@/sesshu",
        "postgresql://db.example.jp/sesshu",
        "postgresql://db.example.jp/sesshu?sslmode=require",
        "postgresql://db.example.jp/sesshu?sslmode=verify-ca",
        "postgresql://127.0.0.1,db.example.jp/sesshu",
        "postgresql://localhost/sesshu?hostaddr=192.0.2.7",
        "postgresql://127.0.0.1:99999999999999/%zz",
    };
    static const char *const taken[] = {
        "sqlite",
        "postgresql://sesshu@127.0.0.1:5432/sesshu",
        "postgresql:///sesshu?host=/run/postgresql",
        "postgresql://localhost/sesshu?passfile=/etc/sesshu/pgpass",
        "postgresql://[::1]/sesshu",
        "postgresql://db.example.jp/sesshu?sslmode=verify-full&sslrootcert=/etc/ssl/city.pem",
    };
    Desk *desk = *state;
    for (ptrdiff_t i = 0; i < countof(refused); i++) {
        assert_false(store_url_check(str_of(refused[i]), desk->arena, &desk->err));
        assert_int_equal(desk->err.code, E_USAGE);
        assert_true(str_find(error_words(&desk->err), S("geheim")) < 0);
    }
    for (ptrdiff_t i = 0; i < countof(taken); i++)
        assert_true(store_url_check(str_of(taken[i]), desk->arena, &desk->err));
    assert_true(store_url_check((Str){0}, desk->arena, &desk->err));
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, desk_open, desk_close)

int main(int argc, char **argv)
{
    if (argc == 3 && !strcmp(argv[1], "--other")) return other_comes_and_goes(argv[2]);
    const struct CMUnitTest stories[] = {
        STORY(what_was_bound_comes_back),
        STORY(a_server_that_does_not_answer_is_named),
        STORY(bytes_are_found_by_keys_in_hex),
        STORY(what_a_beginning_says_stands_by_itself),
        STORY(a_set_of_keys_finds_each_whatever_stands_in_it),
        STORY(places_count_by_their_number_not_by_their_order),
        STORY(what_is_not_committed_never_was),
        STORY(a_second_writer_waits_and_is_told),
        STORY(a_long_read_sees_one_picture),
        STORY(the_longest_turn_is_known),
        STORY(what_others_close_stays_for_whoever_has_it_open),
        STORY(after_a_failure_only_the_roll_back_is_left),
        STORY(a_mistake_in_sql_is_an_error_and_the_next_statement_works),
        STORY(many_rows_arrive_whole_and_in_order),
        STORY(a_set_of_keys_is_one_question),
        STORY(children_of_many_parents_never_come_before_them),
        STORY(one_bad_row_among_many_spoils_them_all),
        STORY(who_stands_in_a_queue_waits_for_all_before_him),
        STORY(two_streams_join_while_a_third_statement_writes),
        STORY(a_stream_of_few_rows_is_one_answer),
        STORY(rows_given_up_halfway_are_ended_by_the_roll_back),
        STORY(sums_of_big_numbers_are_numbers),
        STORY(changed_rows_are_counted),
        STORY(a_full_disk_is_told_as_such),
        STORY(writing_outside_of_a_transaction_is_our_mistake),
        STORY(what_was_overwritten_is_readable_nowhere),
        STORY(schemas_move_forward_once),
        STORY(a_program_that_is_up_to_date_opens_while_another_writes),
        STORY(an_older_program_and_a_changed_file_are_refused),
        STORY(a_schema_file_that_fails_leaves_nothing),
        STORY(what_cannot_be_opened_is_refused_with_words),
        STORY(a_connection_that_is_cut_is_an_error_and_nothing_is_half_stored),
        STORY(a_stream_that_is_cut_ends_with_an_error_not_as_if_it_were_all),
        STORY(every_program_gets_a_place_of_its_own_and_finds_it_again),
        STORY(without_its_password_a_program_is_not_let_in),
        STORY(a_place_that_gives_something_away_is_refused),
    };
    return cmocka_run_group_tests(stories, NULL, NULL);
}
