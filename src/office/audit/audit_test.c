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
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct Book {
    TestPlace place;
    Arena whole, arena;
    Store *store;
    Keys *keys;
    Trail trail;
    Error err;
} Book;

static int trail_open(void **state)
{
    static Book book;
    book = (Book){0};
    Book *t = &book;
    test_place_make(&t->place);
    t->whole = t->arena = arena_reserve(16 << 20);
    *state = t;
    Str folder = str_of(t->place.folder);
    if (!store_open(str_of(t->place.store_url), &t->arena, &t->store, &t->err) ||
        !store_migrate(t->store, office_migrations, office_migrations_count, &t->err) ||
        !keys_open(folder, S("ledger"), &t->arena, &t->keys, &t->err))
        return -1;
    t->trail = trail_of(t->keys, folder, S("ledger"), &t->arena);
    return trail_found(&t->trail, &t->err) ? 0 : -1;
}

static int trail_close(void **state)
{
    Book *t = *state;
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

static void write_leaf(Book *t, const AuditLeaf *leaf)
{
    assert_true(store_begin(t->store, &t->err));
    assert_true(audit_append(t->store, &t->trail, leaf, NULL, &t->err));
    assert_true(store_commit(t->store, &t->err));
}

static void three_looks(Book *t)
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

// What is said of the trail; {0} when all stands.
static Str trouble(Book *t)
{
    AuditVerdict verdict;
    assert_true(audit_verify(t->store, &t->trail, NULL, NULL, 0, &t->arena, &verdict, &t->err));
    return verdict.whole ? (Str){0} : verdict.words;
}

// 0: all stands; -1: every leaf stands, and yet something is wrong.
static int64_t first_broken(Book *t)
{
    AuditVerdict verdict;
    assert_true(audit_verify(t->store, &t->trail, NULL, NULL, 0, &t->arena, &verdict, &t->err));
    if (verdict.first_broken) assert_int_equal(verdict.leaves, verdict.first_broken - 1);
    if (!verdict.first_broken && !verdict.whole) return -1;
    return verdict.first_broken;
}

static void execute(Book *t, const char *sql)
{
    assert_true(store_execute(t->store, sql, &t->err));
}

// What an intruder with the database's own password would do first.
static void locks_forced(Book *t)
{
    execute(t, t->place.postgresql
                   ? "DROP TRIGGER audit_leaf_stays ON audit_leaf"
                   : "DROP TRIGGER audit_leaf_stays; DROP TRIGGER audit_leaf_remains");
}

static void a_trail_stands_as_it_was_written(void **state)
{
    Book *t = *state;
    assert_int_equal(first_broken(t), 0);
    three_looks(t);
    AuditVerdict verdict;
    assert_true(audit_verify(t->store, &t->trail, NULL, NULL, 0, &t->arena, &verdict, &t->err));
    assert_true(verdict.whole);
    assert_int_equal(verdict.leaves, 3);
    assert_int_equal(verdict.leaves, 3);
}

static void what_a_leaf_says_is_read_back(void **state)
{
    Book *t = *state;
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
    Book *t = *state;
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

// A list of many people is one leaf, and each of them finds it.
static void whoever_was_shown_on_a_list_is_found_in_its_one_leaf(void **state)
{
    Book *t = *state;
    AddresseeNo shown[AUDIT_SHOWN_MOST], other = addressee_no_of(999);
    AuditLeaf leaf = look(NULL);
    AuditRows rows = {0};
    for (int i = 0; i < AUDIT_SHOWN_MOST; i++) shown[i] = addressee_no_of(1000 + i);
    leaf.detail = S("list");
    leaf.shown = shown;
    leaf.shown_count = AUDIT_SHOWN_MOST;
    write_leaf(t, &leaf);
    const int tried[] = {0, 1, AUDIT_SHOWN_MOST - 1};
    for (ptrdiff_t i = 0; i < countof(tried); i++) {
        assert_true(audit_of_person(t->store, t->keys, &shown[tried[i]], &t->arena, &rows, &t->err));
        assert_int_equal(rows.count, 1);
        assert_true(str_starts(rows.at[0].detail, S("list ~")));
        assert_true(str_find(rows.at[0].detail, addressee_text(&shown[tried[i]])) < 0);
    }
    assert_true(audit_of_person(t->store, t->keys, &other, &t->arena, &rows, &t->err));
    assert_int_equal(rows.count, 0);
}

// Whoever takes somebody out of the index, or puts him in, hides a look or invents one.
static void the_index_of_who_was_shown_is_what_the_leaves_say(void **state)
{
    Book *t = *state;
    static const char *const tampering[] = {
        "DELETE FROM audit_shown WHERE sign = (SELECT min(sign) FROM audit_shown)",
        "UPDATE audit_shown SET sign = 'abcdefghijklmnop' WHERE sign = (SELECT max(sign) FROM audit_shown)",
        "UPDATE audit_shown SET leaf_no = 1 WHERE leaf_no = 3",
        "INSERT INTO audit_shown (leaf_no, sign) VALUES (1, 'abcdefghijklmnop')",
        "INSERT INTO audit_shown (leaf_no, sign) VALUES (4, 'abcdefghijklmnop')",
        "DELETE FROM audit_shown",
    };
    AddresseeNo shown[3] = {addressee_no_of(1), addressee_no_of(2), addressee_no_of(1)};
    AuditLeaf leaf = look(NULL);
    write_leaf(t, &leaf);
    leaf.shown = shown;
    leaf.shown_count = 3;
    leaf.detail = S("~ ~abc ~ABCDEFGHIJKLMNOP");  // what others say there is no sign
    write_leaf(t, &leaf);
    write_leaf(t, &leaf);
    assert_int_equal(trouble(t).len, 0);
    assert_false(store_execute(t->store, tampering[0], &t->err));
    execute(t, t->place.postgresql ? "DROP TRIGGER audit_shown_stays ON audit_shown"
                                   : "DROP TRIGGER audit_shown_stays; DROP TRIGGER audit_shown_remains");
    execute(t, "CREATE TABLE kept AS SELECT * FROM audit_shown");
    for (ptrdiff_t i = 0; i < countof(tampering); i++) {
        execute(t, tampering[i]);
        assert_true(str_find(trouble(t), S("索引")) >= 0);
        execute(t, "DELETE FROM audit_shown; INSERT INTO audit_shown SELECT * FROM kept");
        assert_int_equal(trouble(t).len, 0);
    }
}

static int64_t leaves_about(Book *t, const AddresseeNo *who)
{
    AuditRows rows = {0};
    assert_true(audit_of_person(t->store, t->keys, who, &t->arena, &rows, &t->err));
    return rows.count;
}

static void the_looks_of_a_version_without_an_index_are_found(void **state)
{
    Book *t = *state;
    AddresseeNo shown[] = {addressee_no_of(1), addressee_no_of(2), addressee_no_of(1)};
    AuditLeaf leaf = look(NULL);
    leaf.shown = shown;
    leaf.shown_count = countof(shown);
    leaf.detail = S(" ~abc  ~ABCDEFGHIJKLMNOP 〜 ~");
    write_leaf(t, &leaf);
    write_leaf(t, &leaf);
    leaf = look(&shown[0]);
    write_leaf(t, &leaf);
    // Without the index nothing is read of the others.
    execute(t, "DROP TABLE audit_shown; CREATE TABLE audit_shown (leaf_no bigint, sign text)");
    assert_int_equal(leaves_about(t, &shown[0]), 1);
    execute(t, "DROP TABLE audit_shown; DROP INDEX audit_leaf_entry; DROP INDEX audit_leaf_sign_in; DROP INDEX audit_leaf_records;"
               " DELETE FROM schema_migration WHERE name LIKE '%_shown.sql'");
    assert_true(store_migrate(t->store, office_migrations, office_migrations_count, &t->err));
    assert_int_equal(leaves_about(t, &shown[0]), 3);
    assert_int_equal(leaves_about(t, &shown[1]), 2);
    assert_int_equal(trouble(t).len, 0);
}

static void the_table_refuses_to_change_or_lose_a_leaf(void **state)
{
    Book *t = *state;
    three_looks(t);
    assert_false(store_execute(
        t->store, "UPDATE audit_leaf SET operator_name = 'x' WHERE leaf_no = 2", &t->err));
    assert_false(store_execute(t->store, "DELETE FROM audit_leaf WHERE leaf_no = 3", &t->err));
    assert_int_equal(first_broken(t), 0);
}

// By its number, beside the leaf before it; a leaf that is another's neighbour now does not stand.
static void one_leaf_is_proven_alone(void **state)
{
    Book *t = *state;
    AuditFound found;
    three_looks(t);
    for (int64_t n = 1; n <= 4; n++) {
        assert_true(audit_one(t->store, t->keys, n, &t->arena, &found, &t->err));
        assert_int_equal(found.there, n <= 3);
        assert_int_equal(found.stands, n <= 3);
        assert_int_equal(found.row.leaf_no, n <= 3 ? n : 0);
    }
    locks_forced(t);
    execute(t, "UPDATE audit_leaf SET leaf_no = leaf_no + 10 WHERE leaf_no > 1");
    assert_true(audit_one(t->store, t->keys, 12, &t->arena, &found, &t->err));
    assert_true(found.there);
    assert_false(found.stands);
}

static void every_field_that_is_changed_by_force_is_found(void **state)
{
    Book *t = *state;
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
        AuditFound found;
        execute(t, changes[i]);
        assert_true(audit_one(t->store, t->keys, 2, &t->arena, &found, &t->err));
        assert_false(found.stands);
        assert_int_equal(first_broken(t), 2);
        execute(t, "DELETE FROM audit_leaf; INSERT INTO audit_leaf SELECT * FROM kept");
        assert_int_equal(first_broken(t), 0);
    }
}

static bool says(Book *t, const char *words)
{
    Str said = trouble(t);
    if (str_find(said, str_of(words)) >= 0) return true;
    print_message("said: %.*s\n", STR(said));
    return false;
}

static void leaves_put_on_at_the_end_are_found(void **state)
{
    Book *t = *state;
    three_looks(t);
    execute(t,
            "CREATE TABLE kept AS SELECT * FROM audit_leaf; UPDATE kept SET leaf_no = leaf_no + 3;"
            "INSERT INTO audit_leaf SELECT * FROM kept WHERE leaf_no = 4");
    assert_int_equal(first_broken(t), 4);
}

static void a_trail_that_was_cut_is_named_however_it_goes_on(void **state)
{
    Book *t = *state;
    AuditLeaf leaf = look(NULL);
    three_looks(t);
    locks_forced(t);
    execute(t, "DELETE FROM audit_leaf WHERE leaf_no = 3");
    assert_true(says(t, "切り取られています。控えによれば3件"));
    write_leaf(t, &leaf);  // others grow in its place
    write_leaf(t, &leaf);
    assert_true(says(t, "証跡の3件目が控えと違います"));
    assert_true(audit_catch_up(t->store, &t->trail, &t->err));
    assert_true(says(t, "証跡の3件目が控えと違います"));
}

static void an_emptied_trail_is_named(void **state)
{
    Book *t = *state;
    three_looks(t);
    locks_forced(t);
    execute(t, "DELETE FROM audit_leaf");
    assert_true(says(t, "控えによれば3件"));
    execute(t, t->place.postgresql ? "DROP TRIGGER audit_epoch_stays ON audit_epoch"
                                   : "DROP TRIGGER audit_epoch_remains");
    execute(t, "DELETE FROM audit_epoch");
    assert_true(says(t, "控えによれば3件"));
}

// ---- the file of heads

static Str heads_text(Book *t)
{
    Text text = {0};
    FILE *in = fopen(t->trail.head_path, "re");
    assert_non_null(in);
    for (int c = fgetc(in); c != EOF; c = fgetc(in)) text_add_byte(&text, &t->arena, (char)c);
    (void)fclose(in);
    return text_str(&text);
}

static void heads_put(Book *t, Str text)
{
    FILE *out = fopen(t->trail.head_path, "we");
    assert_non_null(out);
    assert_int_equal(fwrite(text.at, 1, (size_t)text.len, out), (size_t)text.len);
    assert_int_equal(fclose(out), 0);
}

static Str first_lines(Str text, int lines)
{
    ptrdiff_t len = 0;
    for (; lines && len < text.len; len++) lines -= text.at[len] == '\n';
    return str_first(text, len);
}

static void a_database_ahead_of_the_heads_is_caught_up_once_it_is_proven(void **state)
{
    Book *t = *state;
    three_looks(t);
    Str whole = heads_text(t);
    heads_put(t, str_first(whole, whole.len - 7));  // the machine stopped in the middle of a line
    assert_true(audit_catch_up(t->store, &t->trail, &t->err));
    assert_true(str_equal(heads_text(t), whole));
    heads_put(t, first_lines(whole, 1));
    assert_int_equal(trouble(t).len, 0);  // what is ahead is no fault
    assert_true(audit_catch_up(t->store, &t->trail, &t->err));
    assert_true(str_ends(heads_text(t), str_from(whole, first_lines(whole, 2).len)));
    assert_int_equal(trouble(t).len, 0);

    locks_forced(t);
    execute(t, "UPDATE audit_leaf SET detail = 'x' WHERE leaf_no = 3");
    heads_put(t, first_lines(whole, 1));
    assert_true(audit_catch_up(t->store, &t->trail, &t->err));
    assert_true(str_equal(heads_text(t), first_lines(whole, 1)));  // not proven: not followed
}

static void heads_that_are_gone_or_forged_are_named(void **state)
{
    Book *t = *state;
    AuditLeaf leaf = look(NULL);
    three_looks(t);
    Str whole = heads_text(t);
    char *changed = str_z(&t->arena, whole);
    changed[first_lines(whole, 1).len] = '7';
    heads_put(t, str_of(changed));
    assert_true(says(t, "控えの2行目"));
    assert_int_equal(unlink(t->trail.head_path), 0);
    assert_true(says(t, "控え (データの置き場所の .trail) がありません"));
    write_leaf(t, &leaf);  // and none is made in its place
    assert_true(says(t, "がありません"));
}

// ---- the keys of days

static const Instant a_day = (Instant)86400 * 1000000;

static void write_on(Book *t, Instant at)
{
    AuditLeaf leaf = look(NULL);
    leaf.at = at;
    write_leaf(t, &leaf);
}

static int64_t epochs(Book *t)
{
    AuditEpoch last;
    assert_true(audit_epoch_last(t->store, &t->arena, &last, &t->err));
    return last.epoch_no;
}

static void every_day_has_a_key_and_yesterdays_is_gone(void **state)
{
    Book *t = *state;
    Instant now = clock_now();
    AuditEpoch first;
    write_on(t, now);
    assert_true(audit_epoch_last(t->store, &t->arena, &first, &t->err));
    assert_true(epoch_key_there(&t->trail.epochs, first.public_key, t->arena));
    write_on(t, now + 1);
    assert_int_equal(epochs(t), 1);
    write_on(t, now + a_day);
    write_on(t, now);  // an act that began before midnight ends after it
    write_on(t, now + 2 * a_day);
    assert_int_equal(epochs(t), 3);
    assert_false(epoch_key_there(&t->trail.epochs, first.public_key, t->arena));
    assert_int_equal(trouble(t).len, 0);
}

// With every key that is there today, and all rows in his hands.
static void a_thief_of_todays_keys_cannot_rewrite_yesterday(void **state)
{
    Book *t = *state;
    Instant now = clock_now();
    write_on(t, now);
    write_on(t, now + 1);
    write_on(t, now + a_day);
    Str whole = heads_text(t);
    locks_forced(t);
    execute(t, t->place.postgresql
                   ? "DROP TRIGGER audit_epoch_stays ON audit_epoch"
                   : "DROP TRIGGER audit_epoch_stays; DROP TRIGGER audit_epoch_remains");
    execute(t,
            "DELETE FROM audit_leaf WHERE leaf_no > 1; DELETE FROM audit_epoch WHERE epoch_no > 1");
    heads_put(t, first_lines(whole, 1));
    assert_true(says(t, "署名が合いません"));  // yesterday is no today: its key is not there
    write_on(t, now + 2);                      // another yesterday, rightly chained
    write_on(t, now + a_day);                  // and a today after it
    assert_int_equal(first_broken(t), -1);
    assert_true(says(t, "証跡の2日目の署名が合いません"));
}

static void comes_to_nothing(Book *t, Instant at, int records)
{
    AuditLeaf leaf = look(NULL);
    leaf.at = at;
    assert_true(store_begin(t->store, &t->err));
    for (int i = 0; i < records; i++)
        assert_true(audit_append(t->store, &t->trail, &leaf, NULL, &t->err));
    store_rollback(t->store);
}

static void a_key_that_was_never_used_is_in_nobodys_way(void **state)
{
    Book *t = *state;
    Instant now = clock_now();
    write_on(t, now);
    comes_to_nothing(t, now + a_day, 1);
    write_on(t, now);
    write_on(t, now + a_day);
    assert_int_equal(epochs(t), 2);
    assert_int_equal(trouble(t).len, 0);
}

// What a failing disk does not give today is not gone: the act waits, and no gap is left in the trail.
static void a_key_that_cannot_be_read_is_no_gap(void **state)
{
    Book *t = *state;
    Instant now = clock_now();
    AuditLeaf leaf = look(NULL);
    const char *key = str_z(&t->arena, str_format(&t->arena, "%s/keys/ledger.epoch", t->place.folder));
    write_on(t, now);
    assert_int_equal(chmod(key, 0644), 0);
    leaf.at = now + a_day;
    assert_true(store_begin(t->store, &t->err));
    assert_false(audit_append(t->store, &t->trail, &leaf, NULL, &t->err));
    assert_int_equal(t->err.code, E_KEY);
    store_rollback(t->store);
    assert_int_equal(chmod(key, 0600), 0);
    write_on(t, now + a_day);
    assert_int_equal(epochs(t), 2);
    assert_int_equal(trouble(t).len, 0);
}

// Two records of one act on a new day: the first one's key is not that of the trail until both are committed.
static void an_act_of_two_records_that_comes_to_nothing_wipes_no_key(void **state)
{
    Book *t = *state;
    Instant now = clock_now();
    write_on(t, now);
    comes_to_nothing(t, now + a_day, 2);
    write_on(t, now + 1);
    assert_int_equal(trouble(t).len, 0);
    write_on(t, now + a_day);
    assert_int_equal(epochs(t), 2);
    assert_int_equal(trouble(t).len, 0);
}

// An office that comes back from a copy: whoever has the keys of the copy signs nothing from then on.
static void a_key_that_may_be_known_elsewhere_ends_on_its_own_day(void **state)
{
    Book *t = *state;
    Instant now = clock_now();
    AuditEpoch copied;
    AuditLeaf leaf = look(NULL);
    leaf.at = now;
    write_on(t, now);
    assert_true(audit_epoch_last(t->store, &t->arena, &copied, &t->err));
    assert_true(store_begin(t->store, &t->err));
    assert_true(audit_append_anew(t->store, &t->trail, &leaf, NULL, &t->err));
    store_rollback(t->store);
    assert_true(epoch_key_there(&t->trail.epochs, copied.public_key, t->arena));
    assert_int_equal(trouble(t).len, 0);
    assert_true(store_begin(t->store, &t->err));
    assert_true(audit_append_anew(t->store, &t->trail, &leaf, NULL, &t->err));
    assert_true(store_commit(t->store, &t->err));
    assert_int_equal(epochs(t), 2);
    assert_false(epoch_key_there(&t->trail.epochs, copied.public_key, t->arena));
    leaf.at = now - a_day;  // the clock of another machine goes behind
    assert_true(store_begin(t->store, &t->err));
    assert_true(audit_append_anew(t->store, &t->trail, &leaf, NULL, &t->err));
    assert_true(store_commit(t->store, &t->err));
    write_on(t, now + a_day);
    assert_int_equal(epochs(t), 4);
    assert_int_equal(trouble(t).len, 0);
}

// The machine stopped after the commit: yesterday's key lies there still, today's is not in its place.
static void a_day_whose_beginning_was_cut_short_is_finished_by_the_next_act(void **state)
{
    Book *t = *state;
    Instant now = clock_now();
    char epoch[128], kept[128];
    AuditEpoch first;
    (void)snprintf(epoch, sizeof epoch, "%s/keys/ledger.epoch", t->place.folder);
    (void)snprintf(kept, sizeof kept, "%s/kept", t->place.folder);
    write_on(t, now);
    assert_true(audit_epoch_last(t->store, &t->arena, &first, &t->err));
    assert_int_equal(link(epoch, kept), 0);
    write_on(t, now + a_day);
    unsigned char nothing[32] = {0}, there[32];
    FILE *old = fopen(kept, "re");
    assert_non_null(old);
    assert_int_equal(fread(there, 1, sizeof there, old), sizeof there);
    (void)fclose(old);
    assert_memory_equal(there, nothing, sizeof nothing);  // wiped, not only unlinked
    char next[160];
    (void)snprintf(next, sizeof next, "%s.next", epoch);
    assert_int_equal(rename(epoch, next), 0);
    write_on(t, now + a_day + 1);
    write_on(t, now + 2 * a_day);
    assert_int_equal(trouble(t).len, 0);
}

static void another_key_does_not_vouch_for_the_trail(void **state)
{
    Book *t = *state;
    three_looks(t);
    Keys *theirs;
    assert_true(keys_open(str_of(t->place.folder), S("intruder"), &t->arena, &theirs, &t->err));
    t->trail.keys = theirs;
    assert_int_equal(first_broken(t), 1);
    keys_close(theirs);
    t->trail.keys = t->keys;
}

static void an_act_that_is_rolled_back_leaves_no_leaf(void **state)
{
    Book *t = *state;
    AuditLeaf leaf = look(NULL);
    int64_t leaf_no = 0;
    assert_true(store_begin(t->store, &t->err));
    assert_true(audit_append(t->store, &t->trail, &leaf, &leaf_no, &t->err));
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
    Book *t = *state;
    AuditLeaf leaf = look(NULL);
    execute(t, "CREATE TABLE dose (dose_id bigint); DROP TABLE audit_leaf");
    assert_true(store_begin(t->store, &t->err));
    Query *q = query_begin(t->store, "INSERT INTO dose (dose_id) VALUES ($1)", &t->err);
    bind_int64(q, 1, 1);
    assert_true(query_run(q, &t->err));
    assert_false(audit_append(t->store, &t->trail, &leaf, NULL, &t->err));
    assert_false(store_commit(t->store, &t->err));

    q = query_begin(t->store, "SELECT count(*) FROM dose", &t->err);
    assert_true(query_next(q));
    assert_int_equal(column_int64(q, 0), 0);
    assert_true(query_end(q, &t->err));
}

static void no_individual_number_gets_into_the_trail(void **state)
{
    Book *t = *state;
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
    Book *t = *state;
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
    Book *t = *state;
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
    Book *t = *state;
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
            _exit(audit_append(t->store, &t->trail, &leaf, NULL, &t->err));
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
        STORY(whoever_was_shown_on_a_list_is_found_in_its_one_leaf),
        STORY(the_index_of_who_was_shown_is_what_the_leaves_say),
        STORY(the_looks_of_a_version_without_an_index_are_found),
        STORY(the_table_refuses_to_change_or_lose_a_leaf),
        STORY(every_field_that_is_changed_by_force_is_found),
        STORY(one_leaf_is_proven_alone),
        STORY(leaves_put_on_at_the_end_are_found),
        STORY(a_trail_that_was_cut_is_named_however_it_goes_on),
        STORY(an_emptied_trail_is_named),
        STORY(a_database_ahead_of_the_heads_is_caught_up_once_it_is_proven),
        STORY(heads_that_are_gone_or_forged_are_named),
        STORY(every_day_has_a_key_and_yesterdays_is_gone),
        STORY(a_key_that_cannot_be_read_is_no_gap),
        STORY(a_thief_of_todays_keys_cannot_rewrite_yesterday),
        STORY(a_key_that_was_never_used_is_in_nobodys_way),
        STORY(an_act_of_two_records_that_comes_to_nothing_wipes_no_key),
        STORY(a_key_that_may_be_known_elsewhere_ends_on_its_own_day),
        STORY(a_day_whose_beginning_was_cut_short_is_finished_by_the_next_act),
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
