// Proves C-3.2-12 (a second person), decision 0094 (sealed requests, terms by the clock).
// SPDX-License-Identifier: Apache-2.0
#include "approval_rows.h"
#include "approvals.h"
#include "test_act.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

static int carried_out;

static bool content(Act *act, Bytes payload, Arena *arena, Sha256 *digest, Error *err)
{
    (void)arena, (void)err;
    *digest = keys_index(act->office->keys, S("test"), payload);
    return true;
}

static bool run(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    (void)act, (void)payload, (void)brought, (void)arena, (void)err;
    carried_out++;
    return true;
}

static const ApprovalKind move = {"move", "転居の登録", content, run, NULL};
static const ApprovalKind *const kinds[] = {&move};
static const SealedColumn *const sealed[] = {&approval_sealed};
static const Door enter = COMMAND("enter", "office", DUTY_ENTER, AUDIT_CHANGE, ALONE, test_does_nothing);
static const Door approve = COMMAND("approve", "office", DUTY_APPROVE, AUDIT_CHANGE, ALONE, test_does_nothing);
static const Door grant = COMMAND("grant", "office", DUTY_ADMIN, AUDIT_CHANGE, ALONE, test_does_nothing);
static const Door *const doors[] = {&enter, &approve, &grant};
static const int migration_count = 0;
#define NO_TALLIES(X)
TALLIES(test_tallies, OFFICE_TALLIES, NO_TALLIES);
static const OfficeProgram program = {.name = "ledger",
                                      .doors = {doors, countof(doors)},
                                      .sealed = {sealed, countof(sealed)},
                                      .approvals = {kinds, countof(kinds)},
                                      .tallies = &test_tallies,
                                      .migration_count = &migration_count};

typedef struct Desk {
    TestPlace place;
    Arena whole, arena;
    Error err;
    TestOffice office;
    int64_t number;
} Desk;

static const Str secret = S("花子を北九州市小倉北区浅野一丁目へ");

static int desk_open(void **state)
{
    static Desk desk;
    desk = (Desk){0};
    test_place_make(&desk.place);
    desk.whole = desk.arena = arena_reserve(64 << 20);
    desk.office = test_office_at(&desk.place, &program, day_of(2026, 5, 11), &desk.arena);
    carried_out = 0;
    *state = &desk;
    return !test_office_found(&desk.office, "佐藤", &desk.arena, &desk.err);
}

static int desk_close(void **state)
{
    Desk *d = *state;
    arena_release(d->whole);
    test_place_remove(&d->place);
    return 0;
}

static void entered(Desk *d, const Door *door, const char *who, Instant later, TestAct *in)
{
    assert_true(test_act_enter(&d->office, door, who, &d->arena, in, &d->err));
    in->act.now += later;
}

static void asked(Desk *d)
{
    TestAct in;
    const ApprovalAsked asks = {&move, secret, secret, (Bytes){(const unsigned char *)secret.at, secret.len}};
    entered(d, &enter, "佐藤", 0, &in);
    AuditLeaf leaf = act_leaf(&in.act, AUDIT_HELD);
    assert_true(act_begin(&in.act, &d->err));
    assert_true(approval_ask(&in.act, &asks, &d->number, &d->err));
    assert_non_null(act_record(&in.act, &leaf, &d->err));
    assert_true(store_commit(in.act.store, &d->err));
    test_act_leave(&in);
    assert_true(test_duty_given(&d->office, &grant, "佐藤", "鈴木", DUTY_APPROVE, &d->arena, &d->err));
}

static bool approved(Desk *d, Instant later)
{
    TestAct in;
    entered(d, &approve, "鈴木", later, &in);
    bool done = approval_decide(&in.act, &(ApprovalDecision){.approval_no = d->number, .kind = APPROVAL_GRANT}, &d->err);
    test_act_leave(&in);
    return done;
}

// A term is of the clock: whoever types another business day neither ends it nor makes it longer.
static void a_request_lapses_by_the_clock_and_not_by_the_day_that_is_typed(void **state)
{
    Desk *d = *state;
    asked(d);
    d->office.business_day = day_of(2026, 5, 12);
    assert_false(approved(d, (APPROVAL_DAYS + 1) * INSTANT_DAY));
    assert_int_equal(d->err.code, E_CONFLICT);
    asked(d);
    d->office.business_day = day_of(2031, 1, 1);
    assert_true(approved(d, APPROVAL_DAYS * INSTANT_DAY));
    assert_int_equal(carried_out, 1);
    d->office.business_day = day_of(1999, 1, 1);  // asked on a day long past: the term begins today
    asked(d);
    assert_true(approved(d, 0));
    assert_int_equal(carried_out, 2);
}

static bool holds(Str all, Str part)
{
    return str_find(all, part) >= 0;
}

// Every column of the row as SQL sees it.
static Str row_in_sql(Desk *d)
{
    TestAct in;
    entered(d, &approve, "鈴木", 0, &in);
    Query *q = query_begin(in.act.store, "SELECT subject, reason, payload FROM approval ORDER BY approval_no DESC LIMIT 1", &d->err);
    assert_non_null(q);
    assert_true(query_next(q));
    Bytes payload = column_bytes(q, 2, &d->arena);
    Str all = str_format(&d->arena, "%.*s|%.*s|%.*s", STR(column_text(q, 0, &d->arena)), STR(column_text(q, 1, &d->arena)),
                         (int)payload.len, (const char *)payload.at);
    all = str_join(&d->arena, all, (Str){(const char *)payload.at, payload.len});
    assert_true(query_end(q, &d->err));
    test_act_leave(&in);
    return all;
}

static ApprovalRow row_read(Desk *d)
{
    TestAct in;
    bool found;
    ApprovalRow row;
    entered(d, &approve, "鈴木", 0, &in);
    assert_true(approval_row_read(in.act.store, in.act.office->keys, d->number, &d->arena, &row, &found, &d->err));
    assert_true(found);
    test_act_leave(&in);
    return row;
}

static void what_is_asked_for_stands_sealed(void **state)
{
    Desk *d = *state;
    asked(d);
    assert_false(holds(row_in_sql(d), S("花子")));
    ApprovalRow row = row_read(d);
    assert_true(str_equal(row.subject, secret) && str_equal(row.reason, secret));
    assert_true(str_equal((Str){(const char *)row.payload.at, row.payload.len}, secret));
}

static void in_sql(Desk *d, const char *sql)
{
    TestAct in;
    entered(d, &approve, "鈴木", 0, &in);
    assert_true(store_execute(in.act.store, sql, &d->err));
    test_act_leave(&in);
}

static void what_somebody_changes_in_it_lapses_and_stops_nobody_else(void **state)
{
    static const char *const changes[] = {
        "UPDATE approval SET payload = decode('00', 'hex') WHERE approval_no = (SELECT max(approval_no) FROM approval)",
        "UPDATE approval SET payload = (SELECT payload FROM approval WHERE approval_no = 1)"
        " WHERE approval_no = (SELECT max(approval_no) FROM approval)",
        "UPDATE approval SET asked_by = '田中' WHERE approval_no = (SELECT max(approval_no) FROM approval)",
        "UPDATE approval SET last_day = last_day + 1 WHERE approval_no = (SELECT max(approval_no) FROM approval)",
        "UPDATE approval SET asked_at = asked_at + 1 WHERE approval_no = (SELECT max(approval_no) FROM approval)"};
    Desk *d = *state;
    asked(d);
    int64_t first = d->number;
    for (ptrdiff_t i = 0; i < countof(changes); i++) {
        asked(d);
        in_sql(d, changes[i]);
        d->err = (Error){0};
        assert_false(approved(d, 0));
        assert_int_equal(d->err.code, E_CONFLICT);
        assert_int_equal(row_read(d).approval.state, APPROVAL_LAPSED);
    }
    assert_int_equal(carried_out, 0);
    d->number = first;
    assert_true(approved(d, 0));
}

// Kept by a version that wrote it in clear, and counted otherwise.
static void a_request_of_before_is_sealed_when_the_office_is_opened(void **state)
{
    Desk *d = *state;
    asked(d);
    in_sql(d, "UPDATE approval SET subject = '花子の件', reason = '花子の理由', payload = decode('7b7d', 'hex')");
    const char *forgets = "DELETE FROM audit_tally WHERE set_name = 'approval_asked'";
    const char *lock = d->place.postgresql ? "DROP TRIGGER audit_tally_stays ON audit_tally" : "DROP TRIGGER audit_tally_remains";
    char both[256];
    (void)snprintf(both, sizeof both, "%s; %s", lock, forgets);
    if (d->place.postgresql)
        test_place_administrate(&d->place, "sesshu_ledger", both);
    else
        in_sql(d, both);
    assert_false(holds(row_in_sql(d), S("花子")));
    ApprovalRow row = row_read(d);
    assert_true(str_equal(row.subject, S("花子の件")) && str_equal(row.reason, S("花子の理由")));
    assert_true(str_equal((Str){(const char *)row.payload.at, row.payload.len}, S("{}")));
}

// keys rotate, reseal, retire.
static void a_new_key_seals_it_anew(void **state)
{
    Desk *d = *state;
    TestAct in;
    asked(d);
    entered(d, &approve, "鈴木", 0, &in);
    assert_true(keys_rotate(in.act.office->keys, &d->err));
    Bytes old, again;
    Query *q = query_begin(in.act.store, approval_sealed.read, &d->err);
    assert_non_null(q);
    bind_int64(q, 1, d->number - 1);
    assert_true(query_next(q));
    old = column_bytes(q, 1, &d->arena);
    assert_true(query_end(q, &d->err));
    assert_true(approval_sealed.reseal(in.act.office->keys, d->number, old, &d->arena, &again, &d->err));
    assert_int_equal(seal_version(again), keys_version(in.act.office->keys));
    assert_true(store_begin(in.act.store, &d->err));
    q = query_begin(in.act.store, approval_sealed.write, &d->err);
    bind_int64(q, 1, d->number);
    bind_bytes(q, 2, again);
    assert_true(query_run(q, &d->err) && store_commit(in.act.store, &d->err));
    assert_true(keys_retire(in.act.office->keys, &d->err));
    test_act_leave(&in);
    assert_true(str_equal(row_read(d).subject, secret));
    assert_true(approved(d, 0));
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, desk_open, desk_close)

int main(void)
{
    const struct CMUnitTest stories[] = {
        STORY(a_request_lapses_by_the_clock_and_not_by_the_day_that_is_typed),
        STORY(what_is_asked_for_stands_sealed),
        STORY(what_somebody_changes_in_it_lapses_and_stops_nobody_else),
        STORY(a_request_of_before_is_sealed_when_the_office_is_opened),
        STORY(a_new_key_seals_it_anew),
    };
    return cmocka_run_group_tests(stories, NULL, NULL);
}
