// Who gets in, who is shut out and for how long, what locks a session and what opens it, and what stands in the
// trail of it. Proves C-3.3-01 (identity), C-3.3-02 (passwords), C-3.3-03 (shut out), C-3.3-04 (absence).
// SPDX-License-Identifier: Apache-2.0
#include "desk.h"
#include "desk_made.h"
#include "entry_proof.h"
#include "office_number_rows.h"
#include "outlet.h"
#include "password_change.h"
#include "test_act.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SECOND ((Instant)1000000)
#define RIGHT  S("correct horse battery")

static const Door show = COMMAND("show", "immunization", DUTY_READ, AUDIT_LOOK, SHARED, test_does_nothing);
static const Door decide =
    COMMAND("decide", "immunization", DUTY_APPROVE, AUDIT_CHANGE, SHARED, test_does_nothing);
static const Door stand_in =
    COMMAND("stand_in", "office", DUTY_REPRESENT, AUDIT_CHANGE, SHARED, test_does_nothing);
static const Door *const doors[] = {&show, &decide, &stand_in};

static int done;  // how often what was asked for was carried out

static bool digested(Act *act, Bytes payload, Arena *arena, Sha256 *content, Error *err)
{
    (void)act, (void)arena, (void)err;
    *content = sha256_of(payload);
    return true;
}

static bool carried_out(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    (void)act, (void)payload, (void)brought, (void)arena, (void)err;
    done++;
    return true;
}

static const ApprovalKind wish = {
    .name = "wish", .words = "願い", .content = digested, .run = carried_out};
static const ApprovalKind *const kinds[] = {&wish};
static const int no_migration_count = 0;
static const OfficeProgram program = {.name = "ledger",
                                      .doors = {doors, countof(doors)},
                                      .approvals = {kinds, countof(kinds)},
                                      .migration_count = &no_migration_count};

typedef struct Town {
    TestPlace place;
    Arena whole, arena;
    Error err;
    TestOffice office;
    TestAct in;
    SessionDesk desk;
    Str place_given;  // by the last sign-in
} Town;

static void password_given_by(Town *t, Str name, Str by, Str password)
{
    StaffRow staff;
    bool found;
    PasswordKept kept;
    Store *store = t->in.act.store;
    assert_true(staff_by_name(store, name, &t->arena, &staff, &found, &t->err));
    assert_true(found);
    assert_true(password_keep(password, 1000, &kept, &t->err));
    PasswordRow row = {.staff_no = staff.staff_no,
                       .name = name,
                       .kept = kept,
                       .set_at = t->in.act.now,
                       .set_by = by};
    AuditLeaf leaf = act_leaf(&t->in.act, AUDIT_DONE);
    leaf.act = AUDIT_CHANGE;
    leaf.command = S("password");
    leaf.detail = name;
    assert_true(store_begin(store, &t->err));
    assert_true(audit_next_no(store, &row.record_no, &t->err));
    assert_true(password_next_no(store, &row.password_no, &t->err));
    Sha256 proof = password_proof(t->in.office.keys, &row, t->arena);
    row.proof = sha256_bytes(&proof);
    assert_true(password_add(store, &row, &t->err));
    assert_non_null(act_record(&t->in.act, &leaf, &t->err));
    assert_true(store_commit(store, &t->err));
}

static void password_given(Town *t, Str name, Str password)
{
    password_given_by(t, name, name, password);
}

static int town_open(void **state)
{
    static Town town;
    Town *t = &town;
    *t = (Town){0};
    test_place_make(&t->place);
    t->whole = t->arena = arena_reserve(256 << 20);
    t->office = test_office_at(&t->place, &program, day_of(2026, 11, 24), &t->arena);
    *state = t;
    if (!test_office_found(&t->office, "花子", &t->arena, &t->err) ||
        !test_act_enter(&t->office, &show, "花子", &t->arena, &t->in, &t->err))
        return 1;
    t->desk = (SessionDesk){.office = &t->in.office,
                            .store = t->in.act.store,
                            .now = clock_now(),
                            .business_day = day_of(2026, 11, 24),
                            .peer = S("192.0.2.7"),
                            .practice = true};
    password_given(t, S("花子"), RIGHT);
    return 0;
}

static int town_close(void **state)
{
    Town *t = *state;
    test_act_leave(&t->in);
    arena_release(t->whole);
    test_place_remove(&t->place);
    return 0;
}

static bool signs_in(Town *t, Str name, Str password, Str *cookie)
{
    SessionBegun begun;
    const SignInAsked asked = {name, password, PURPOSE_COUNTER, NULL};
    if (!session_begin(&t->desk, &asked, &t->arena, &begun, &t->err)) return false;
    *cookie = begun.cookie;
    if (begun.place.len) t->place_given = begun.place;
    return true;
}

static bool found(Town *t, Str cookie, Session *session)
{
    bool there;
    assert_true(session_find(&t->desk, cookie, &t->arena, session, &there, &t->err));
    return there;
}

static int leaves(Town *t, const char *command, AuditResult result)
{
    int count = 0;
    AuditRows rows;
    assert_true(audit_last(t->in.act.store, 100, &t->arena, &rows, &t->err));
    VEC_EACH (const AuditRow, row, rows)
        count += str_equal(row->command, str_of(command)) && row->result == result;
    return count;
}

static void registered(Town *t, const char *name)
{
    DutyChanged changed;
    DutyChange change = {.name = str_of(name),
                         .duty = DUTY_APPROVE,
                         .given = true,
                         .by = S("花子"),
                         .now = t->desk.now};
    assert_true(act_begin(&t->in.act, &t->err) && duty_change(&t->in.act, &change, &changed, &t->err));
    assert_true(store_commit(t->in.act.store, &t->err));
    password_given(t, str_of(name), RIGHT);
}

static void execute(Town *t, const char *sql)
{
    assert_true(store_execute(t->in.act.store, sql, &t->err));
}

// What audit verify says of who may get in.
static Str entries(Town *t)
{
    Str trouble;
    assert_true(entry_verify(t->in.act.store, t->in.office.keys, &t->arena, &trouble, &t->err));
    return trouble;
}

// ---- tries, without a clock

static void five_wrong_passwords_shut_a_name_out_and_each_further_one_for_twice_as_long(
    void **state)
{
    static const int64_t seconds[] = {0, 0, 0, 0, 300, 600, 1200, 2400, 3600, 3600};
    (void)state;
    TryRow row = {.failures = 0};
    for (ptrdiff_t i = 0; i < countof(seconds); i++) {
        row = try_step(&row, false, 1000 * SECOND);
        assert_int_equal(row.closed_until, seconds[i] ? (1000 + seconds[i]) * SECOND : 0);
        assert_false(row.is_known);
    }
    row = try_step(&row, true, 2000 * SECOND);
    assert_int_equal(row.failures, 0);
    assert_int_equal(row.closed_until, 0);
    assert_int_equal(row.last_at, 2000 * SECOND);
    assert_true(row.is_known);
}

// ---- in an office

static void who_knows_the_password_gets_in_and_the_trail_says_what_for(void **state)
{
    Str cookie;
    Session session;
    Town *t = *state;
    assert_true(signs_in(t, S("花子"), RIGHT, &cookie));
    assert_int_equal(cookie.len, SESSION_COOKIE_LETTERS);
    assert_true(found(t, cookie, &session));
    assert_true(str_equal(actor_name(session.actor), S("花子")));
    assert_true(str_equal(actor_account(session.actor), S("staff:1")));
    assert_int_equal(session.purpose, PURPOSE_COUNTER);
    assert_false(session.row.locked);
    assert_int_equal(leaves(t, "signin", AUDIT_DONE), 1);
    assert_true(session_change_purpose(&t->desk, &session, PURPOSE_TELEPHONE, &t->arena, &t->err));
    assert_true(found(t, cookie, &session));
    assert_int_equal(session.purpose, PURPOSE_TELEPHONE);
    assert_true(session_leave(&t->desk, &session, t->arena, &t->err));
    assert_false(found(t, cookie, &session));
    assert_int_equal(leaves(t, "signout", AUDIT_DONE), 1);
}

static void nobody_else_gets_in_and_the_refusal_stands_in_the_trail(void **state)
{
    Str cookie;
    Session session;
    Town *t = *state;
    assert_false(signs_in(t, S("花子"), S("wrong horse battery"), &cookie));
    assert_int_equal(t->err.code, E_RIGHT);
    assert_false(signs_in(t, S("太郎"), RIGHT, &cookie));  // no such name
    assert_int_equal(t->err.code, E_RIGHT);
    assert_false(signs_in(t, S("花子"), (Str){0}, &cookie));
    assert_int_equal(leaves(t, "signin", AUDIT_REFUSED), 3);
    assert_false(found(t, S(""), &session));
    assert_false(found(t, S("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), &session));
}

static void who_is_shut_out_is_so_with_the_right_password_too(void **state)
{
    Str cookie;
    Town *t = *state;
    for (int i = 0; i < SESSION_TRIES; i++)
        assert_false(signs_in(t, S("花子"), S("wrong horse battery"), &cookie));
    assert_false(signs_in(t, S("花子"), RIGHT, &cookie));
    t->desk.now += (SESSION_CLOSED_SECONDS + 1) * SECOND;
    assert_true(signs_in(t, S("花子"), RIGHT, &cookie));
}

// Back-off is no way to shut somebody else out, nor to learn who is there.
static void a_stranger_shuts_out_nobody_but_himself(void **state)
{
    Str cookie;
    Town *t = *state;
    assert_true(signs_in(t, S("花子"), RIGHT, &cookie));
    Str known = t->place_given;
    assert_int_equal(known.len, SESSION_COOKIE_LETTERS);
    t->desk.place = (Str){0};
    for (int i = 0; i < SESSION_TRIES; i++)
        assert_false(signs_in(t, S("花子"), S("wrong horse battery"), &cookie));
    assert_false(signs_in(t, S("花子"), RIGHT, &cookie));  // at that address
    t->desk.place = known;  // her own browser, behind the same address
    assert_true(signs_in(t, S("花子"), RIGHT, &cookie));
    assert_int_equal(t->place_given.len, known.len);
    t->desk.place = (Str){0};
    t->desk.peer = S("192.0.2.8");  // a browser that is new to her, elsewhere
    assert_true(signs_in(t, S("花子"), RIGHT, &cookie));
    t->desk.place = known;  // which is nobody else's
    t->desk.peer = S("192.0.2.7");
    registered(t, "太郎");
    for (int i = 0; i < SESSION_TRIES; i++)
        assert_false(signs_in(t, S("太郎"), S("wrong horse battery"), &cookie));
    assert_false(signs_in(t, S("太郎"), RIGHT, &cookie));
    assert_true(signs_in(t, S("花子"), RIGHT, &cookie));
}

static void a_name_that_is_none_is_refused_and_closed_like_one_that_is(void **state)
{
    Str cookie, words[2][SESSION_TRIES + 2];
    Town *t = *state;
    for (int n = 0; n < 2; n++)
        for (int i = 0; i < SESSION_TRIES + 2; i++) {
            assert_false(signs_in(t, n ? S("無名") : S("花子"), S("wrong horse battery"), &cookie));
            words[n][i] = outlet_error(OUTLET_PAGE, &t->arena, &t->err);
        }
    for (int i = 0; i < SESSION_TRIES + 2; i++) assert_true(str_equal(words[0][i], words[1][i]));
    assert_true(str_find(words[0][2], S("あと2回")) >= 0);
    assert_true(str_find(words[0][SESSION_TRIES], S("しばらく")) >= 0);
    // Each refusal is told, also those while it was closed, which close it no longer.
    assert_int_equal(leaves(t, "signin", AUDIT_REFUSED), 2 * (SESSION_TRIES + 2));
    t->desk.now += (SESSION_CLOSED_SECONDS + 1) * SECOND;
    assert_true(signs_in(t, S("花子"), RIGHT, &cookie));
}

static void a_new_sign_in_ends_the_older_session_and_who_sat_there(void **state)
{
    Str first, second, third;
    Session session, other;
    SessionBegun begun;
    Town *t = *state;
    registered(t, "太郎");
    assert_true(signs_in(t, S("花子"), RIGHT, &first));
    assert_true(signs_in(t, S("花子"), RIGHT, &second));
    assert_false(found(t, first, &session));
    assert_true(found(t, second, &session));
    // Taro signs in at the browser in which Hanako is: hers is over, though she is elsewhere.
    const SignInAsked asked = {S("太郎"), RIGHT, PURPOSE_COUNTER, &session};
    assert_true(session_begin(&t->desk, &asked, &t->arena, &begun, &t->err));
    assert_false(found(t, second, &other));
    assert_true(found(t, begun.cookie, &other));
    assert_true(signs_in(t, S("花子"), RIGHT, &third));
    assert_true(found(t, begun.cookie, &other));
    assert_int_equal(entries(t).len, 0);
}

static void a_lock_is_opened_in_spite_of_strangers_and_five_wrong_words_end_it(void **state)
{
    Str cookie, ignored;
    Session session;
    Town *t = *state;
    assert_true(signs_in(t, S("花子"), RIGHT, &cookie));
    assert_true(found(t, cookie, &session));
    assert_true(session_lock(&t->desk, &session, t->arena, &t->err));
    for (int i = 0; i < SESSION_TRIES + 1; i++)
        assert_false(signs_in(t, S("花子"), S("wrong horse battery"), &ignored));
    assert_true(session_unlock(&t->desk, &session, RIGHT, &t->arena, &t->err));
    assert_true(session_lock(&t->desk, &session, t->arena, &t->err));
    for (int i = 0; i < SESSION_TRIES; i++)
        assert_false(session_unlock(&t->desk, &session, S("wrong horse"), &t->arena, &t->err));
    assert_true(session.row.ended_at);
    assert_false(found(t, cookie, &session));
}

static void the_trail_says_who_was_proven_and_where(void **state)
{
    Str cookie;
    AuditRows rows;
    Town *t = *state;
    assert_true(signs_in(t, S("花子"), RIGHT, &cookie));
    assert_false(signs_in(t, S("花子"), S("wrong horse battery"), &cookie));
    assert_true(audit_last(t->in.act.store, 2, &t->arena, &rows, &t->err));
    assert_true(str_equal(rows.at[1].proven, S("staff:1 花子")));
    assert_true(str_equal(rows.at[1].terminal, S("192.0.2.7")));
    assert_int_equal(rows.at[0].proven.len, 0);  // nobody was
    assert_true(str_equal(rows.at[0].terminal, S("192.0.2.7")));
}

// ---- a writer of SQL

static void a_password_that_sql_put_in_or_changed_opens_nothing_and_is_named(void **state)
{
#define OF_HANAKO "SELECT 3, 2, salt, hash, rounds, set_at, set_by, record_no, proof FROM staff_password WHERE password_no = 1"
#define ENDED     "UPDATE staff_password SET ended_at = 5 WHERE password_no = 2"
    static const struct {
        const char *instead;  // of Taro's own; NULL: it is changed
        const char *sql;
    } forged[] = {
        {NULL, "UPDATE staff_password SET salt = (SELECT salt FROM staff_password WHERE password_no = 1),"
               " hash = (SELECT hash FROM staff_password WHERE password_no = 1) WHERE password_no = 2"},
        {NULL, "UPDATE staff_password SET set_by = '太郎 ' WHERE password_no = 2"},
        {NULL, "UPDATE staff_password SET record_no = record_no - 1 WHERE password_no = 2"},
        {NULL, "UPDATE staff_password SET password_no = 7 WHERE password_no = 2"},
        {"DELETE FROM staff_password WHERE password_no = 2",
         "UPDATE staff_password SET staff_no = 2 WHERE password_no = 1"},
        {ENDED, "INSERT INTO staff_password (password_no, staff_no, salt, hash, rounds, set_at, set_by,"
                " record_no, proof) " OF_HANAKO},
        {ENDED, "INSERT INTO staff_password (password_no, staff_no, salt, hash, rounds, set_at, set_by)"
                " SELECT 3, 2, salt, hash, rounds, set_at, set_by FROM staff_password WHERE password_no = 1"},
    };
    Town *t = *state;
    registered(t, "太郎");
    execute(t, "CREATE TABLE kept AS SELECT * FROM staff_password");
    for (ptrdiff_t i = 0; i < countof(forged); i++) {
        Str cookie;
        execute(t, "DELETE FROM staff_password");
        execute(t, "INSERT INTO staff_password SELECT * FROM kept");
        execute(t, "DELETE FROM desk_try");
        assert_int_equal(entries(t).len, 0);
        if (forged[i].instead) execute(t, forged[i].instead);
        execute(t, forged[i].sql);
        if (signs_in(t, S("太郎"), RIGHT, &cookie)) fail_msg("opened: %s", forged[i].sql);
        if (!entries(t).len) fail_msg("not named: %s", forged[i].sql);
    }
}

static void an_old_password_that_is_put_back_is_none(void **state)
{
    Str cookie;
    Town *t = *state;
    password_given(t, S("花子"), S("another horse battery"));
    assert_false(signs_in(t, S("花子"), RIGHT, &cookie));
    execute(t, "DELETE FROM staff_password WHERE password_no = 2");
    execute(t, "UPDATE staff_password SET ended_at = NULL");
    assert_false(signs_in(t, S("花子"), RIGHT, &cookie));
}

static void a_session_that_sql_put_in_or_changed_opens_nothing_and_is_named(void **state)
{
    static const char *const forged[] = {
        "UPDATE desk_session SET staff_no = 2",
        "UPDATE desk_session SET locked = 0",
        "UPDATE desk_session SET purpose = '監査'",
        "UPDATE desk_session SET began_at = began_at + 1",
        "UPDATE desk_session SET record_no = record_no + 1",
        "UPDATE staff SET name = '良子' WHERE staff_no = 1",
    };
    Str cookie;
    Session session;
    Town *t = *state;
    registered(t, "太郎");
    assert_true(signs_in(t, S("花子"), RIGHT, &cookie));
    assert_true(found(t, cookie, &session));
    assert_true(session_lock(&t->desk, &session, t->arena, &t->err));
    execute(t, "CREATE TABLE kept AS SELECT * FROM desk_session");
    for (ptrdiff_t i = 0; i < countof(forged); i++) {
        execute(t, "DELETE FROM desk_session");
        execute(t, "INSERT INTO desk_session SELECT * FROM kept");
        execute(t, "UPDATE staff SET name = '花子' WHERE staff_no = 1");
        assert_int_equal(entries(t).len, 0);
        execute(t, forged[i]);
        if (found(t, cookie, &session)) fail_msg("opened: %s", forged[i]);
        if (!entries(t).len) fail_msg("not named: %s", forged[i]);
    }
}

// A row of before, with its own proof, within the minutes in which its screen would not even be locked.
static void an_old_session_that_is_put_back_is_none(void **state)
{
    static const char *const over[] = {"signout", "signin", "password"};
    Str cookie, other;
    Session session;
    Town *t = *state;
    for (ptrdiff_t i = 0; i < countof(over); i++) {
        assert_true(signs_in(t, S("花子"), RIGHT, &cookie));
        assert_true(found(t, cookie, &session) && !session.row.locked);
        execute(t, "CREATE TABLE kept AS SELECT * FROM desk_session");
        assert_true(session_lock(&t->desk, &session, t->arena, &t->err));
        execute(t, "DELETE FROM desk_session; INSERT INTO desk_session SELECT * FROM kept");
        assert_true(found(t, cookie, &session) && session.row.locked);
        assert_true(session_unlock(&t->desk, &session, RIGHT, &t->arena, &t->err));
        assert_true(found(t, cookie, &session) && !session.row.locked);
        if (i == 0) assert_true(session_leave(&t->desk, &session, t->arena, &t->err));
        if (i == 1) assert_true(signs_in(t, S("花子"), RIGHT, &other));
        if (i == 2) password_given(t, S("花子"), RIGHT);
        execute(t, "DELETE FROM desk_session; INSERT INTO desk_session SELECT * FROM kept; DROP TABLE kept");
        if (found(t, cookie, &session)) fail_msg("put back after %s", over[i]);
    }
}

#define HER_CARD "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
#define HIS_CARD "sha256//BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB="

static void card_given(Town *t, int64_t staff_no, const char *name, const char *key)
{
    CardRow row = {.staff_no = staff_no,
                   .name = str_of(name),
                   .key = str_of(key),
                   .bound_at = t->in.act.now,
                   .bound_by = S("花子")};
    Store *store = t->in.act.store;
    AuditLeaf leaf = act_leaf(&t->in.act, AUDIT_DONE);
    leaf.command = S("card");
    leaf.detail = row.name;
    assert_true(store_begin(store, &t->err));
    assert_true(audit_next_no(store, &row.record_no, &t->err));
    assert_true(card_next_no(store, &row.card_no, &t->err));
    Sha256 proof = card_proof(t->in.office.keys, &row, t->arena);
    row.proof = sha256_bytes(&proof);
    assert_true(card_add(store, &row, &t->err));
    assert_non_null(act_record(&t->in.act, &leaf, &t->err));
    assert_true(store_commit(store, &t->err));
}

// Where cards are real the card says who it is, and a name that is typed says nothing.
static void a_card_is_the_first_factor_and_a_row_of_sql_makes_none(void **state)
{
    static const char *const forged[] = {
        "UPDATE staff_card SET staff_no = 1 WHERE staff_no = 2",
        "UPDATE staff_card SET card_key = '" HIS_CARD "' WHERE staff_no = 1",
        "UPDATE staff_card SET record_no = record_no + 1",
    };
    Str cookie;
    Town *t = *state;
    registered(t, "太郎");
    card_given(t, 1, "花子", HER_CARD);
    t->desk.practice = false;
    assert_false(signs_in(t, S("花子"), RIGHT, &cookie));  // a password, no card
    t->desk.card = S(HIS_CARD);
    assert_false(signs_in(t, S("花子"), RIGHT, &cookie));  // nobody's
    t->desk.card = S(HER_CARD);
    assert_false(signs_in(t, S("花子"), S("wrong horse battery"), &cookie));  // a card, no password
    assert_true(signs_in(t, S("太郎"), RIGHT, &cookie));
    Session session;
    assert_true(found(t, cookie, &session));
    assert_true(str_equal(session.row.name, S("花子")));
    assert_int_equal(t->place_given.len, 0);
    assert_true(session_lock(&t->desk, &session, t->arena, &t->err));
    t->desk.card = S(HIS_CARD);
    assert_false(session_unlock(&t->desk, &session, RIGHT, &t->arena, &t->err));
    t->desk.card = S(HER_CARD);
    assert_true(session_unlock(&t->desk, &session, RIGHT, &t->arena, &t->err));
    execute(t, "CREATE TABLE kept AS SELECT * FROM staff_card");
    t->desk.card = S(HIS_CARD);
    for (ptrdiff_t i = 0; i < countof(forged); i++) {
        execute(t, "DELETE FROM staff_card");
        execute(t, "INSERT INTO staff_card SELECT * FROM kept");
        assert_int_equal(entries(t).len, 0);
        if (i == 0) card_given(t, 2, "太郎", HIS_CARD);
        if (i == 0) execute(t, "DELETE FROM staff_card WHERE staff_no = 1");
        if (i == 2) t->desk.card = S(HER_CARD);
        execute(t, forged[i]);
        if (signs_in(t, S("花子"), RIGHT, &cookie)) fail_msg("opened: %s", forged[i]);
        if (!entries(t).len) fail_msg("not named: %s", forged[i]);
    }
}

static void a_session_that_has_ended_does_not_begin_again(void **state)
{
    Str cookie;
    Session session;
    Town *t = *state;
    assert_true(signs_in(t, S("花子"), RIGHT, &cookie));
    assert_true(found(t, cookie, &session));
    assert_true(session_leave(&t->desk, &session, t->arena, &t->err));
    execute(t, "UPDATE desk_session SET ended_at = NULL");
    assert_false(found(t, cookie, &session));
    assert_true(entries(t).len > 0);
}

static void who_is_away_for_two_minutes_finds_the_screen_locked(void **state)
{
    Str cookie;
    Session session;
    Town *t = *state;
    assert_true(signs_in(t, S("花子"), RIGHT, &cookie));
    t->desk.now += 100 * SECOND;
    assert_true(found(t, cookie, &session));
    assert_false(session.row.locked);
    assert_true(session_seen(&t->desk, &session, t->arena, &t->err));
    t->desk.now += 100 * SECOND;  // 200 since the sign-in, 100 since a request
    assert_true(found(t, cookie, &session));
    assert_false(session.row.locked);
    t->desk.now += 21 * SECOND;
    assert_true(found(t, cookie, &session));
    assert_true(session.row.locked);
    assert_false(session_unlock(&t->desk, &session, S("wrong horse battery"), &t->arena, &t->err));
    assert_true(session_unlock(&t->desk, &session, RIGHT, &t->arena, &t->err));
    assert_true(found(t, cookie, &session));
    assert_false(session.row.locked);
    assert_true(session_lock(&t->desk, &session, t->arena, &t->err));
    assert_true(found(t, cookie, &session));
    assert_true(session.row.locked);
    assert_int_equal(leaves(t, "lock", AUDIT_DONE), 1);
    assert_int_equal(leaves(t, "unlock", AUDIT_DONE), 1);
    assert_int_equal(leaves(t, "unlock", AUDIT_REFUSED), 1);
}

static void number_is(Town *t, const char *name, int64_t value)
{
    NumberRow row = {.name = str_of(name), .value = value, .set_at = t->in.act.now, .set_by = S("花子")};
    assert_true(store_begin(t->in.act.store, &t->err));
    assert_true(audit_next_no(t->in.act.store, &row.record_no, &t->err));
    assert_true(number_set(t->in.act.store, &row, &t->err));
    assert_true(store_commit(t->in.act.store, &t->err));
}

// C-3.3-18
static void an_office_says_after_how_long_a_screen_is_locked(void **state)
{
    Str cookie;
    Session session;
    Town *t = *state;
    static const struct {
        int64_t seconds, counts;  // a number beyond its limits is not ours
    } tried[] = {{30, 30}, {600, 600}, {29, 120}, {601, 120}, {0, 120}};
    assert_true(signs_in(t, S("花子"), RIGHT, &cookie));
    Instant began = t->desk.now;
    for (ptrdiff_t i = 0; i < countof(tried); i++) {
        number_is(t, "lock-seconds", tried[i].seconds);
        t->desk.now = began + tried[i].counts * SECOND;
        assert_true(found(t, cookie, &session));
        assert_false(session.row.locked);
        t->desk.now += 1;
        assert_true(found(t, cookie, &session));
        assert_true(session.row.locked);
    }
}

static bool changes_password(Town *t, Session *session, Str now, Str fresh)
{
    return session_change_password(&t->desk, session, now, fresh, &t->arena, &t->err);
}

// C-3.3-07
static void a_password_over_age_opens_nothing_until_its_holder_has_changed_it(void **state)
{
    Str cookie;
    Session session;
    Town *t = *state;
    const Instant day = 24 * 3600 * SECOND;
    number_is(t, "password-days", 30);
    t->desk.now = t->in.act.now + 30 * day - 1;
    assert_true(signs_in(t, S("花子"), RIGHT, &cookie));
    assert_true(found(t, cookie, &session));
    assert_false(session.renews);
    assert_int_equal(session.password_days_left, 1);
    t->desk.now++;
    assert_true(found(t, cookie, &session));
    assert_true(session.renews);
    assert_false(session.of_another);
    assert_false(changes_password(t, &session, S("wrong horse battery"), S("a river behind the house")));
    assert_int_equal(t->err.code, E_RIGHT);
    assert_false(changes_password(t, &session, RIGHT, RIGHT));
    assert_int_equal(t->err.code, E_CONFLICT);
    assert_false(changes_password(t, &session, RIGHT, S("too short")));
    assert_int_equal(t->err.code, E_LENGTH);
    assert_false(changes_password(t, &session, RIGHT, S("わたしは花子です、本当に")));
    assert_int_equal(t->err.code, E_CONFLICT);
    assert_false(changes_password(t, &session, RIGHT, S("passwordpassword")));
    assert_int_equal(t->err.code, E_CONFLICT);
    assert_true(found(t, cookie, &session));
    assert_true(session.renews);
    assert_true(changes_password(t, &session, RIGHT, S("a river behind the house")));
    assert_true(found(t, cookie, &session));  // the session goes on
    assert_false(session.renews);
    assert_int_equal(session.password_days_left, 30);
    assert_false(signs_in(t, S("花子"), RIGHT, &cookie));
    assert_true(signs_in(t, S("花子"), S("a river behind the house"), &cookie));
    assert_int_equal(entries(t).len, 0);
    assert_true(leaves(t, "password", AUDIT_DONE) == 2 && leaves(t, "password", AUDIT_REFUSED) == 1);
}

// C-3.3-07: none of the last twelve, the thirteenth is free again.
static void none_of_the_last_twelve_passwords_comes_back(void **state)
{
    Str cookie;
    Session session;
    Town *t = *state;
    assert_true(signs_in(t, S("花子"), RIGHT, &cookie));
    assert_true(found(t, cookie, &session));
    StaffRow staff = {.staff_no = session.row.staff_no, .name = session.row.name};
    for (int i = 1; i < SESSION_PASSWORDS_KEPT; i++)
        password_given(t, S("花子"), str_format(&t->arena, "a river behind the house %d", i));
    assert_false(password_fit(t->in.act.store, &staff, RIGHT, &t->arena, &t->err));
    assert_int_equal(t->err.code, E_CONFLICT);
    password_given(t, S("花子"), S("a river behind the house 12"));
    assert_true(password_fit(t->in.act.store, &staff, RIGHT, &t->arena, &t->err));
}

// C-3.3-07: what somebody else has set is known to two.
static void a_password_of_another_hand_opens_nothing_outside_an_office_for_practice(void **state)
{
    (void)state;
    const PasswordRow own = {.name = S("花子"), .set_by = S("花子"), .set_at = 1000};
    PasswordRow given = own;
    given.set_by = S("太郎");
    assert_int_equal(password_standing(&own, 1000, 90, false), PASSWORD_HOLDS);
    assert_int_equal(password_standing(&given, 1000, 90, false), PASSWORD_OF_ANOTHER);
    assert_int_equal(password_standing(&given, 1000, 90, true), PASSWORD_HOLDS);
    assert_int_equal(password_standing(&given, 1000 + 90 * 24 * 3600 * SECOND, 90, true), PASSWORD_OVER_AGE);
}

// Five words that are not the one of now end the session, as at a lock.
static void whoever_guesses_at_the_page_of_passwords_is_put_out(void **state)
{
    Str cookie;
    Session session;
    Town *t = *state;
    assert_true(signs_in(t, S("花子"), RIGHT, &cookie));
    assert_true(found(t, cookie, &session));
    for (int i = 0; i < SESSION_TRIES; i++) {
        assert_true(found(t, cookie, &session));
        assert_false(changes_password(t, &session, S("wrong horse battery"), S("a river behind the house")));
    }
    assert_false(found(t, cookie, &session));
    assert_true(signs_in(t, S("花子"), RIGHT, &cookie));
}

static void no_session_outlasts_a_working_day(void **state)
{
    Str cookie;
    Session session;
    Town *t = *state;
    assert_true(signs_in(t, S("花子"), RIGHT, &cookie));
    t->desk.now += SESSION_HOURS * 3600 * SECOND;
    assert_false(found(t, cookie, &session));
}

static void a_form_of_another_session_or_place_carries_another_token(void **state)
{
    Str cookies[2];
    Session sessions[2];
    Town *t = *state;
    const Keys *keys = t->in.office.keys;
    registered(t, "太郎");
    for (int i = 0; i < 2; i++) {
        assert_true(signs_in(t, i ? S("太郎") : S("花子"), RIGHT, &cookies[i]));
        assert_true(found(t, cookies[i], &sessions[i]));
    }
    Str one = origin_of(keys, &sessions[0], S("/search"), &t->arena);
    assert_true(str_equal(one, origin_of(keys, &sessions[0], S("/search"), &t->arena)));
    assert_false(str_equal(one, origin_of(keys, &sessions[0], S("/lock"), &t->arena)));
    assert_false(str_equal(one, origin_of(keys, &sessions[1], S("/search"), &t->arena)));
    // A token that looked like a number would be masked in the page, and the form refused.
    for (ptrdiff_t i = 0; i < one.len; i++) assert_in_range(one.at[i], 'a', 'p');
}

// ---- one person, whatever the door

// Whoever acts at a screen (a name) or at the command line of this process (NULL).
static Act act_of(Town *t, const char *at_a_screen)
{
    Act act;
    Str cookie;
    Session session;
    ActAsked asked = {.store = t->in.act.store, .now = t->desk.now, .business_day = t->desk.business_day};
    if (at_a_screen) {
        assert_true(signs_in(t, str_of(at_a_screen), RIGHT, &cookie));
        assert_true(found(t, cookie, &session));
        asked.actor = session.actor;
    } else {
        assert_true(actor_of_process(&t->in.office, (Str){0}, &t->arena, &asked.actor, &t->err));
    }
    assert_true(act_enter(&t->in.office, &decide, &asked, &t->arena, &act, &t->err));
    return act;
}

static int64_t wished(Town *t, const char *at_a_screen)
{
    int64_t number = 0;
    Act act = act_of(t, at_a_screen);
    const ApprovalAsked asked = {&wish, S("願い"), S("訳"), {(const unsigned char *)"x", 1}};
    assert_true(act_begin(&act, &t->err));
    assert_true(approval_ask(&act, &asked, &number, &t->err));
    AuditLeaf leaf = act_leaf(&act, AUDIT_DONE);
    assert_non_null(act_record(&act, &leaf, &t->err));
    assert_true(store_commit(act.store, &t->err));
    act_leave(&act);
    return number;
}

static ErrorCode granted(Town *t, const char *at_a_screen, int64_t number)
{
    Act act = act_of(t, at_a_screen);
    const ApprovalDecision decision = {.approval_no = number, .kind = APPROVAL_GRANT};
    bool yes = approval_decide(&act, &decision, &t->err);
    act_leave(&act);
    return yes ? 0 : t->err.code;
}

static void bound(Town *t, const char *name, int64_t account)
{
    Store *store = t->in.act.store;
    assert_true(store_begin(store, &t->err));
    assert_true(staff_bind_account(store, str_of(name), account, 1, t->arena, &t->err));
    assert_true(store_commit(store, &t->err));
}

static void whoever_asks_at_one_door_does_not_decide_at_another(void **state)
{
    Town *t = *state;
    done = 0;
    registered(t, "太郎");
    assert_int_equal(granted(t, NULL, wished(t, "花子")), E_RIGHT);
    assert_int_equal(granted(t, "花子", wished(t, NULL)), E_RIGHT);
    assert_int_equal(done, 0);
    assert_int_equal(granted(t, "太郎", wished(t, NULL)), 0);
    assert_int_equal(granted(t, NULL, wished(t, "太郎")), 0);
    assert_int_equal(granted(t, "太郎", wished(t, "花子")), 0);
    assert_int_equal(done, 3);
}

// Hanako's login goes to another name: what she asked for she does not decide under it, at neither door.
static void a_new_login_or_name_makes_nobody_a_second_person(void **state)
{
    Town *t = *state;
    done = 0;
    registered(t, "太郎");
    registered(t, "良子");
    int64_t login = process_account((int64_t)geteuid(), t->in.office.login_counts);
    int64_t shell = wished(t, NULL), screen = wished(t, "花子"), taro = wished(t, "太郎");
    bound(t, "花子", 1234567);
    bound(t, "太郎", login);
    for (int i = 0; i < 2; i++) {
        const char *door = i ? "太郎" : NULL;
        assert_int_equal(granted(t, door, shell), E_RIGHT);
        assert_int_equal(granted(t, door, screen), E_RIGHT);
    }
    assert_int_equal(granted(t, "花子", taro), E_RIGHT);
    assert_int_equal(done, 0);
    assert_int_equal(granted(t, "良子", shell), 0);
    assert_int_equal(granted(t, "良子", screen), 0);
    assert_int_equal(granted(t, "良子", taro), 0);
    assert_int_equal(done, 3);
}

// Who asks in another's name has asked: he decides nothing of it at a screen.
static void who_asks_in_anothers_name_does_not_decide_in_his_own(void **state)
{
    Act act;
    int64_t number = 0;
    Town *t = *state;
    ActAsked asked = {.store = t->in.act.store, .now = t->desk.now, .business_day = t->desk.business_day};
    done = 0;
    registered(t, "太郎");
    assert_true(actor_of_process(&t->in.office, S("太郎"), &t->arena, &asked.actor, &t->err));
    assert_true(act_enter(&t->in.office, &decide, &asked, &t->arena, &act, &t->err));
    const ApprovalAsked what = {&wish, S("願い"), S("訳"), {(const unsigned char *)"x", 1}};
    assert_true(act_begin(&act, &t->err));
    assert_true(approval_ask(&act, &what, &number, &t->err));
    assert_true(store_commit(act.store, &t->err));
    act_leave(&act);
    assert_int_equal(granted(t, "花子", number), E_RIGHT);
    assert_int_equal(granted(t, "太郎", number), E_RIGHT);
    assert_int_equal(done, 0);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, town_open, town_close)

int main(void)
{
    const struct CMUnitTest stories[] = {
        cmocka_unit_test(
            five_wrong_passwords_shut_a_name_out_and_each_further_one_for_twice_as_long),
        STORY(who_knows_the_password_gets_in_and_the_trail_says_what_for),
        STORY(nobody_else_gets_in_and_the_refusal_stands_in_the_trail),
        STORY(who_is_shut_out_is_so_with_the_right_password_too),
        STORY(a_stranger_shuts_out_nobody_but_himself),
        STORY(a_name_that_is_none_is_refused_and_closed_like_one_that_is),
        STORY(a_new_sign_in_ends_the_older_session_and_who_sat_there),
        STORY(a_lock_is_opened_in_spite_of_strangers_and_five_wrong_words_end_it),
        STORY(the_trail_says_who_was_proven_and_where),
        STORY(a_password_that_sql_put_in_or_changed_opens_nothing_and_is_named),
        STORY(an_old_password_that_is_put_back_is_none),
        STORY(a_session_that_sql_put_in_or_changed_opens_nothing_and_is_named),
        STORY(an_old_session_that_is_put_back_is_none),
        STORY(a_card_is_the_first_factor_and_a_row_of_sql_makes_none),
        STORY(a_session_that_has_ended_does_not_begin_again),
        STORY(who_is_away_for_two_minutes_finds_the_screen_locked),
        STORY(an_office_says_after_how_long_a_screen_is_locked),
        STORY(a_password_over_age_opens_nothing_until_its_holder_has_changed_it),
        STORY(none_of_the_last_twelve_passwords_comes_back),
        STORY(whoever_guesses_at_the_page_of_passwords_is_put_out),
        cmocka_unit_test(a_password_of_another_hand_opens_nothing_outside_an_office_for_practice),
        STORY(no_session_outlasts_a_working_day),
        STORY(whoever_asks_at_one_door_does_not_decide_at_another),
        STORY(a_new_login_or_name_makes_nobody_a_second_person),
        STORY(who_asks_in_anothers_name_does_not_decide_in_his_own),
        STORY(a_form_of_another_session_or_place_carries_another_token),
    };
    return cmocka_run_group_tests_name("desk", stories, NULL, NULL);
}
