// Proves C-3.3-11 (every act is recorded, a changed line is found), C-3.4-03 (who, which work, when), S-04, S-09.
// SPDX-License-Identifier: Apache-2.0
#include "audit.h"
#include "identity.h"
#include "office_migrations.h"
#include "test_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct Trail {
    TestPlace place;
    Arena whole, arena;
    Store *store;
    Keys *keys;
    Error err;
} Trail;

static int trail_open(void **state)
{
    static Trail trail;
    trail = (Trail){0};
    Trail *t = &trail;
    test_place_make(&t->place);
    t->whole = t->arena = arena_reserve(16 << 20);
    *state = t;
    return !(store_open(str_of(t->place.store_url), &t->arena, &t->store, &t->err) &&
             store_migrate(t->store, office_migrations, office_migrations_count, &t->err) &&
             keys_open(str_of(t->place.folder), S("ledger"), &t->arena, &t->keys, &t->err));
}

static int trail_close(void **state)
{
    Trail *t = *state;
    store_close(t->store);
    keys_close(t->keys);
    arena_release(t->whole);
    test_place_remove(&t->place);
    return 0;
}

static AuditLeaf look(const AddresseeNo *whose)
{
    return (AuditLeaf){.at = clock_now(),
                       .business_day = day_of(2026, 5, 11),
                       .operator_name = S("佐藤"),
                       .terminal = S("窓口3"),
                       .program = S("ledger"),
                       .act = AUDIT_LOOK,
                       .purpose = S("immunization"),
                       .command = S("show"),
                       .whose = whose,
                       .result = AUDIT_DONE};
}

static void write_leaf(Trail *t, const AuditLeaf *leaf)
{
    assert_true(store_begin(t->store, &t->err));
    assert_true(audit_append(t->store, t->keys, leaf, NULL, &t->err));
    assert_true(store_commit(t->store, &t->err));
}

static void three_looks(Trail *t)
{
    AddresseeNo hanako = addressee_no_of(1234), taro = addressee_no_of(1235);
    AuditLeaf leaf = look(&hanako);
    write_leaf(t, &leaf);
    Sha256 list = sha256_of_text(S("list"));
    leaf = look(&taro);
    leaf.content = &list;
    leaf.detail = S("第2診察室");
    write_leaf(t, &leaf);
    leaf = look(&hanako);
    leaf.act = AUDIT_PRINT;
    write_leaf(t, &leaf);
}

static int64_t first_broken(Trail *t)
{
    AuditVerdict verdict;
    assert_true(audit_verify(t->store, t->keys, &t->arena, &verdict, &t->err));
    if (verdict.first_broken) assert_int_equal(verdict.leaves, verdict.first_broken - 1);
    return verdict.first_broken;
}

static void execute(Trail *t, const char *sql)
{
    assert_true(store_execute(t->store, sql, &t->err));
}

// What an intruder with the database's own password would do first.
static void locks_forced(Trail *t)
{
    execute(t, t->place.postgresql
                   ? "DROP TRIGGER audit_leaf_stays ON audit_leaf"
                   : "DROP TRIGGER audit_leaf_stays; DROP TRIGGER audit_leaf_remains");
}

static void a_trail_stands_as_it_was_written(void **state)
{
    Trail *t = *state;
    assert_int_equal(first_broken(t), 0);
    three_looks(t);
    AuditVerdict verdict;
    assert_true(audit_verify(t->store, t->keys, &t->arena, &verdict, &t->err));
    assert_int_equal(verdict.first_broken, 0);
    assert_int_equal(verdict.leaves, 3);
    assert_true(str_find(verdict.words, S("証跡3件")) >= 0);
}

static void what_a_leaf_says_is_read_back(void **state)
{
    Trail *t = *state;
    AddresseeNo hanako = addressee_no_of(1234);
    Sha256 file = sha256_of_text(S("file"));
    AuditLeaf leaf = look(NULL);
    leaf.act = AUDIT_IMPORT;
    leaf.rows = 10;
    leaf.taken = 7;
    leaf.refused = 3;
    leaf.content = &file;
    leaf.detail = S("YOSHIN_202605_4010000001_001.csv");
    write_leaf(t, &leaf);
    leaf = look(&hanako);
    write_leaf(t, &leaf);

    AuditRows rows = {0};
    assert_true(audit_last(t->store, 10, &t->arena, &rows, &t->err));
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.at[0].leaf_no, 2);
    const AuditRow *import = &rows.at[1];
    assert_int_equal(import->act, AUDIT_IMPORT);
    assert_int_equal(import->business_day, day_of(2026, 5, 11));
    assert_true(str_equal(import->operator_name, S("佐藤")));
    assert_true(str_equal(import->terminal, S("窓口3")));
    assert_true(str_equal(import->purpose, S("immunization")));
    assert_true(str_equal(import->detail, S("YOSHIN_202605_4010000001_001.csv")));
    assert_true(import->rows == 10 && import->taken == 7 && import->refused == 3);
    assert_memory_equal(import->content.at, file.at, sizeof file.at);
    assert_null(import->whose_index.at);
    assert_true(import->at > 0 && import->at <= clock_now());
}

static void a_persons_leaves_are_found_by_the_key_and_name_nobody_without_it(void **state)
{
    Trail *t = *state;
    AddresseeNo hanako = addressee_no_of(1234), nobody = addressee_no_of(9);
    AuditRows rows = {0};
    three_looks(t);
    assert_true(audit_of_person(t->store, t->keys, &hanako, &t->arena, &rows, &t->err));
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.at[0].leaf_no, 1);
    assert_int_equal(rows.at[1].act, AUDIT_PRINT);
    Sha256 bare = sha256_of_text(addressee_text(&hanako));
    assert_memory_not_equal(rows.at[0].whose_index.at, bare.at, sizeof bare.at);
    assert_true(audit_of_person(t->store, t->keys, &nobody, &t->arena, &rows, &t->err));
    assert_int_equal(rows.count, 0);
}

static void the_table_refuses_to_change_or_lose_a_leaf(void **state)
{
    Trail *t = *state;
    three_looks(t);
    assert_false(store_execute(
        t->store, "UPDATE audit_leaf SET operator_name = 'x' WHERE leaf_no = 2", &t->err));
    assert_false(store_execute(t->store, "DELETE FROM audit_leaf WHERE leaf_no = 3", &t->err));
    assert_int_equal(first_broken(t), 0);
}

static void every_field_that_is_changed_by_force_is_found(void **state)
{
    Trail *t = *state;
    static const char *const changes[] = {
        "UPDATE audit_leaf SET at = at + 1 WHERE leaf_no = 2",
        "UPDATE audit_leaf SET business_day = business_day + 1 WHERE leaf_no = 2",
        "UPDATE audit_leaf SET operator_name = '鈴木' WHERE leaf_no = 2",
        "UPDATE audit_leaf SET terminal = NULL WHERE leaf_no = 2",
        "UPDATE audit_leaf SET program = 'unified' WHERE leaf_no = 2",
        "UPDATE audit_leaf SET act = 3 WHERE leaf_no = 2",
        "UPDATE audit_leaf SET purpose = 'relief' WHERE leaf_no = 2",
        "UPDATE audit_leaf SET command = 'due' WHERE leaf_no = 2",
        "UPDATE audit_leaf SET whose_index = NULL WHERE leaf_no = 2",
        "UPDATE audit_leaf SET result = 3 WHERE leaf_no = 2",
        "UPDATE audit_leaf SET rows_seen = 1 WHERE leaf_no = 2",
        "UPDATE audit_leaf SET rows_taken = 1 WHERE leaf_no = 2",
        "UPDATE audit_leaf SET rows_refused = 1 WHERE leaf_no = 2",
        "UPDATE audit_leaf SET content = leaf_hash WHERE leaf_no = 2",
        "UPDATE audit_leaf SET content = NULL WHERE leaf_no = 2",
        "UPDATE audit_leaf SET detail = '第3診察室' WHERE leaf_no = 2",
        "UPDATE audit_leaf SET detail = NULL WHERE leaf_no = 2",
        "UPDATE audit_leaf SET whose_index = leaf_hash WHERE leaf_no = 2",
        "UPDATE audit_leaf SET leaf_hash = chain WHERE leaf_no = 2",
        "UPDATE audit_leaf SET chain = leaf_hash WHERE leaf_no = 2",
        "DELETE FROM audit_leaf WHERE leaf_no = 2",
        "DELETE FROM audit_leaf WHERE leaf_no = 2; UPDATE audit_leaf SET leaf_no = 2 WHERE leaf_no = 3",
    };
    three_looks(t);
    locks_forced(t);
    execute(t, "CREATE TABLE kept AS SELECT * FROM audit_leaf");
    for (ptrdiff_t i = 0; i < countof(changes); i++) {
        execute(t, changes[i]);
        assert_int_equal(first_broken(t), 2);
        execute(t, "DELETE FROM audit_leaf; INSERT INTO audit_leaf SELECT * FROM kept");
        assert_int_equal(first_broken(t), 0);
    }
}

static void leaves_cut_off_or_put_on_at_the_end_are_found(void **state)
{
    Trail *t = *state;
    three_looks(t);
    locks_forced(t);
    execute(
        t,
        "CREATE TABLE kept AS SELECT * FROM audit_leaf; DELETE FROM audit_leaf WHERE leaf_no = 3");
    assert_int_equal(first_broken(t), 3);
    execute(
        t,
        "INSERT INTO audit_leaf SELECT * FROM kept WHERE leaf_no = 3; UPDATE kept SET leaf_no = 4;"
        "INSERT INTO audit_leaf SELECT * FROM kept WHERE command = 'show' AND act = 3");
    assert_int_equal(first_broken(t), 4);
}

static void another_key_does_not_vouch_for_the_trail(void **state)
{
    Trail *t = *state;
    three_looks(t);
    Keys *ours = t->keys;
    assert_true(keys_open(str_of(t->place.folder), S("intruder"), &t->arena, &t->keys, &t->err));
    assert_int_equal(first_broken(t), 1);
    keys_close(t->keys);
    t->keys = ours;
}

static void an_act_that_is_rolled_back_leaves_no_leaf(void **state)
{
    Trail *t = *state;
    AuditLeaf leaf = look(NULL);
    int64_t leaf_no = 0;
    assert_true(store_begin(t->store, &t->err));
    assert_true(audit_append(t->store, t->keys, &leaf, &leaf_no, &t->err));
    assert_int_equal(leaf_no, 1);
    store_rollback(t->store);
    write_leaf(t, &leaf);
    AuditRows rows = {0};
    assert_true(audit_last(t->store, 10, &t->arena, &rows, &t->err));
    assert_int_equal(rows.count, 1);
    assert_int_equal(first_broken(t), 0);
}

static void an_act_whose_leaf_cannot_be_written_fails(void **state)
{
    Trail *t = *state;
    AuditLeaf leaf = look(NULL);
    execute(t, "CREATE TABLE dose (dose_id bigint); DROP TABLE audit_leaf");
    assert_true(store_begin(t->store, &t->err));
    Query *q = query_begin(t->store, "INSERT INTO dose (dose_id) VALUES ($1)", &t->err);
    bind_int64(q, 1, 1);
    assert_true(query_run(q, &t->err));
    assert_false(audit_append(t->store, t->keys, &leaf, NULL, &t->err));
    assert_false(store_commit(t->store, &t->err));

    q = query_begin(t->store, "SELECT count(*) FROM dose", &t->err);
    assert_true(query_next(q));
    assert_int_equal(column_int64(q, 0), 0);
    assert_true(query_end(q, &t->err));
}

static void no_individual_number_gets_into_the_trail(void **state)
{
    Trail *t = *state;
    AuditLeaf leaf = look(NULL);
    leaf.command = S("show 000009722815");                     // a valid one (linkage.md 1.1)
    leaf.detail = S("０００００９７２２８１５ 000008662011");  // full width; and a miswritten one
    write_leaf(t, &leaf);
    AuditRows rows = {0};
    assert_true(audit_last(t->store, 1, &t->arena, &rows, &t->err));
    assert_true(str_equal(rows.at[0].command, S("show ********2815")));
    assert_true(str_find(rows.at[0].detail, S("０００００９７２")) < 0);
    assert_true(str_find(rows.at[0].detail, S("00000866")) < 0);
    assert_int_equal(first_broken(t), 0);
}

static void a_leaf_of_endless_text_is_cut_between_characters(void **state)
{
    Trail *t = *state;
    Text text = {0};
    for (int i = 0; i < 50000; i++) text_add(&text, &t->arena, S("花"));
    AuditLeaf leaf = look(NULL);
    leaf.detail = text_str(&text);
    write_leaf(t, &leaf);
    AuditRows rows = {0};
    assert_true(audit_last(t->store, 1, &t->arena, &rows, &t->err));
    assert_int_equal(rows.at[0].detail.len, 3999);  // 1333 characters of three bytes
    assert_int_equal(first_broken(t), 0);
}

static void no_text_is_too_odd_or_too_long_to_be_recorded(void **state)
{
    Trail *t = *state;
    Text numbers = {0}, astride = {0};
    AuditRows rows = {0};
    while (numbers.len < 2 << 20) text_add(&numbers, &t->arena, S("due --vaccine 000009722815 "));
    while (astride.len < 3995) text_add(&astride, &t->arena, S("x"));
    text_add(&astride, &t->arena, S("000009722815"));
    AuditLeaf leaf = look(NULL);
    leaf.operator_name = S("佐\xff藤\x80");
    leaf.command = text_str(&numbers);
    leaf.purpose = text_str(&astride);
    leaf.detail = (Str){"a\0b\n\xe8\x8a", 6};
    write_leaf(t, &leaf);
    assert_true(audit_last(t->store, 1, &t->arena, &rows, &t->err));
    assert_true(str_equal(rows.at[0].operator_name, S("佐\\xFF藤\\x80")));
    assert_true(str_equal(rows.at[0].detail, S("a\\x00b\\x0A\\xE8\\x8A")));
    assert_true(str_find(rows.at[0].command, S("00000972")) < 0);
    assert_true(str_find(rows.at[0].purpose, S("00000")) < 0);
    assert_int_equal(first_broken(t), 0);
}

static void a_leaf_without_who_which_work_or_why_is_our_mistake(void **state)
{
    Trail *t = *state;
    for (int missing = 0; missing < 5; missing++) {
        AuditLeaf leaf = look(NULL);
        if (missing == 0) leaf.operator_name = S("");
        if (missing == 1) leaf.purpose = (Str){0};
        if (missing == 2) leaf.command = (Str){0};
        if (missing == 3) leaf.act = AUDIT_NONE;
        if (missing == 4) leaf.result = 0;
        pid_t child = fork();
        if (!child) {
            (void)close(STDERR_FILENO);
            (void)signal(SIGABRT, SIG_DFL);
            _exit(audit_append(t->store, t->keys, &leaf, NULL, &t->err));
        }
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    }
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, trail_open, trail_close)

int main(void)
{
    const struct CMUnitTest stories[] = {
        STORY(a_trail_stands_as_it_was_written),
        STORY(what_a_leaf_says_is_read_back),
        STORY(a_persons_leaves_are_found_by_the_key_and_name_nobody_without_it),
        STORY(the_table_refuses_to_change_or_lose_a_leaf),
        STORY(every_field_that_is_changed_by_force_is_found),
        STORY(leaves_cut_off_or_put_on_at_the_end_are_found),
        STORY(another_key_does_not_vouch_for_the_trail),
        STORY(an_act_that_is_rolled_back_leaves_no_leaf),
        STORY(an_act_whose_leaf_cannot_be_written_fails),
        STORY(no_individual_number_gets_into_the_trail),
        STORY(a_leaf_of_endless_text_is_cut_between_characters),
        STORY(no_text_is_too_odd_or_too_long_to_be_recorded),
        STORY(a_leaf_without_who_which_work_or_why_is_our_mistake),
    };
    return cmocka_run_group_tests(stories, NULL, NULL);
}
