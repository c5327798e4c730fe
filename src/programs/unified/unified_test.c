// One person, one number: whoever asks, how often and how many at once. And what the ledger asks passes byte for byte.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "code_asking.h"
#include "given_number_rows.h"
#include "individual_number_rows.h"
#include "network_message.h"
#include "numbering.h"
#include "relay_payload.h"
#include "shield_telling.h"
#include "tally.h"
#include "test_act.h"
#include "unified.h"
#include "unified_person_rows.h"
#include "unified_work_rows.h"
#include "work_decide.h"

extern const Door command_sync, command_decide, message_inquiries;

typedef struct Town {
    TestPlace place;
    TestOffice office;
    Arena arena, whole;
    TestAct in;
    Error err;
} Town;

static int town_open(void **state)
{
    Town *t = test_calloc(1, sizeof *t);
    test_place_make(&t->place);
    t->whole = t->arena = arena_reserve((ptrdiff_t)1 << 30);
    t->office = test_office_at(&t->place, &unified_office, day_of(2026, 11, 30), &t->arena);
    *state = t;
    return !(test_office_found(&t->office, "hanako", &t->arena, &t->err) &&
             test_act_enter(&t->office, &command_sync, "hanako", &t->arena, &t->in, &t->err));
}

static int town_close(void **state)
{
    Town *t = *state;
    test_act_leave(&t->in);
    test_place_remove(&t->place);
    arena_release(t->whole);
    test_free(t);
    return 0;
}

// Hanako as the register tells of her; `number` "" is none.
static NumberChange change_of(const char *who, const char *number)
{
    NumberChange change = {.facts = {S("タカハシ　ハナコ"), {2024, 2, 29}, 2, S("北九州市小倉北区馬借二丁目6番1号")},
                           .status = 1};
    (void)snprintf(change.who.digits, sizeof change.who.digits, "%s", who);
    (void)snprintf(change.number.digits, sizeof change.number.digits, "%s", number);
    return change;
}

#define ONE     "410000000000001"
#define OTHER   "410000000000002"
#define THIRD   "410000000000003"
#define NUMBER  "000000123455"
#define ANOTHER "000000987654"

static Numbering take(Town *t, const NumberChange *change)
{
    Numbering taken;
    assert_true(act_begin(&t->in.act, &t->err));
    assert_true(numbering_take(&t->in.act, change, t->arena, &taken, &t->err));
    assert_true(store_commit(t->in.act.store, &t->err));
    return taken;
}

static int64_t count(Town *t, const char *sql)
{
    int64_t found = -1;
    Query *q = query_begin(t->in.act.store, sql, &t->err);
    assert_non_null(q);
    if (query_next(q)) found = column_int64(q, 0);
    assert_true(query_end(q, &t->err));
    return found;
}

static UnifiedWork only_work(Town *t)
{
    UnifiedWorks works;
    assert_true(unified_works_open(t->in.act.store, &t->arena, &works, &t->err));
    assert_int_equal(works.count, 1);
    return works.at[0];
}

// ---- numbering

// Proves F-3-01, F-3-02, F11, F19: none without a number, one with it, the same ever after, and the old number finds.
static void a_number_comes_later_changes_and_goes_on_finding(void **state)
{
    Town *t = *state;
    NumberFound found;
    NumberChange newborn = change_of(ONE, ""), first = change_of(ONE, NUMBER), second = change_of(ONE, ANOTHER);
    second.change_told = true;
    assert_int_equal(take(t, &newborn).decision, NUMBERING_NO_NUMBER);
    Numbering numbered = take(t, &first);
    assert_int_equal(numbered.decision, NUMBERING_NEW);
    assert_int_equal(take(t, &first).decision, NUMBERING_KNOWN);
    Numbering changed = take(t, &second);
    assert_int_equal(changed.decision, NUMBERING_CHANGE);
    assert_true(unified_same(&changed.who, &numbered.who));
    Sha256 index = individual_number_index(t->in.act.office->keys, &first.number);
    assert_true(individual_number_find(t->in.act.store, &index, &found, &t->err));
    assert_int_equal(found.standing, NUMBER_FORMER);
    assert_int_equal(take(t, &first).decision, NUMBERING_BY_FORMER);  // told again: nothing changes back
    assert_int_equal(count(t, "SELECT max(generation) FROM individual_number"), 1);
    assert_int_equal(count(t, "SELECT count(*) FROM unified_work"), 0);
    INDIVIDUAL_NO_SECRET IndividualNo current = {{0}};
    assert_true(individual_number_open(t->in.act.store, t->in.act.office->keys, 1, t->arena, &current, &t->err));
    assert_true(individual_no_same(&current, &second.number));  // never the one of before
}

// A hard stop: nobody gets the number, both wait, and it is told once.
static void one_number_on_two_people_stops_both_and_is_work(void **state)
{
    Town *t = *state;
    CodeDebts debts;
    NumberChange first = change_of(ONE, NUMBER), second = change_of(OTHER, ANOTHER), clash = change_of(OTHER, NUMBER);
    (void)take(t, &first), (void)take(t, &second);
    assert_true(code_debts(t->in.act.store, t->in.act.office->keys, CODE_OWES_ASKING, 0, &t->arena, &debts, &t->err));
    assert_int_equal(debts.count, 2);
    assert_int_equal(take(t, &clash).decision, NUMBERING_CLASH);
    assert_int_equal(take(t, &clash).decision, NUMBERING_CLASH);
    UnifiedWork work = only_work(t);
    assert_int_equal(work.kind, WORK_NUMBER_CLASH);
    assert_int_equal(work.person_id + work.other_id, 3);
    assert_true(code_debts(t->in.act.store, t->in.act.office->keys, CODE_OWES_ASKING, 0, &t->arena, &debts, &t->err));
    assert_int_equal(debts.count, 0);
    assert_int_equal(count(t, "SELECT count(*) FROM individual_number"), 2);

    // Nobody can say that it is both's. Once the register is right, whoever looked ends it.
    WorkDecision decision = {work.work_no, true, S("hanako"), S("見た"), t->in.act.now};
    assert_true(unified_work_find(t->in.act.store, t->in.act.office->keys, work.work_no, &t->arena, &work, &t->err));
    assert_true(individual_no_same(&work.said.number, &first.number));
    assert_true(act_begin(&t->in.act, &t->err));
    assert_false(work_decide(&t->in.act, &work, &decision, t->arena, &t->err));
    store_rollback(t->in.act.store);
    decision.accepted = false;
    assert_true(act_begin(&t->in.act, &t->err));
    assert_true(work_decide(&t->in.act, &work, &decision, t->arena, &t->err));
    assert_true(store_commit(t->in.act.store, &t->err));
    assert_true(code_debts(t->in.act.store, t->in.act.office->keys, CODE_OWES_ASKING, 0, &t->arena, &debts, &t->err));
    assert_int_equal(debts.count, 2);
}

// Naturalised under a new addressee number: the kana differs, so a person looks, and then both numbers are hers.
static void what_does_not_agree_waits_for_a_person(void **state)
{
    Town *t = *state;
    UnifiedPerson person;
    NumberChange first = change_of(ONE, NUMBER), again = change_of(OTHER, NUMBER);
    again.facts.kana = S("スミス　ハナコ");
    Numbering numbered = take(t, &first);
    assert_int_equal(take(t, &again).decision, NUMBERING_REVIEW);
    assert_true(unified_of_addressee(t->in.act.store, t->in.act.office->keys, &again.who, &t->arena, &person, &t->err));
    assert_int_equal(person.person_id, 0);
    UnifiedWork work = only_work(t);
    assert_true(unified_work_find(t->in.act.store, t->in.act.office->keys, work.work_no, &t->arena, &work, &t->err));
    assert_true(str_equal(work.said.facts.kana, again.facts.kana));
    const WorkDecision decision = {work.work_no, true, S("hanako"), S("戸籍で確かめた"), t->in.act.now};
    assert_true(act_begin(&t->in.act, &t->err));
    assert_true(work_decide(&t->in.act, &work, &decision, t->arena, &t->err));
    assert_true(store_commit(t->in.act.store, &t->err));
    assert_true(unified_of_addressee(t->in.act.store, t->in.act.office->keys, &again.who, &t->arena, &person, &t->err));
    assert_true(unified_same(&person.no, &numbered.who));
    assert_true(str_equal(person.facts.kana, again.facts.kana));
    assert_int_equal(count(t, "SELECT count(*) FROM unified_work WHERE said IS NOT NULL"), 0);  // it held a number
}

// What the register cannot open parks its person, whatever goes through unified, until it can: it is taken for no missing number
// and no missing address, and nobody can wave it through.
static void who_cannot_be_read_waits_and_comes_back(void **state)
{
    Town *t = *state;
    CodeDebts debts;
    UnifiedPerson person;
    NumberChange first = change_of(ONE, NUMBER), other = change_of(OTHER, ANOTHER);
    NumberChange unread = {.who = first.who, .status = 1, .hidden = true, .unread = true};
    (void)take(t, &first), (void)take(t, &other);
    assert_int_equal(take(t, &unread).decision, NUMBERING_UNREAD);
    assert_int_equal(take(t, &unread).decision, NUMBERING_UNREAD);
    assert_true(unified_of_addressee(t->in.act.store, t->in.act.office->keys, &first.who, &t->arena, &person, &t->err));
    assert_true(person.hidden);
    assert_true(str_equal(person.facts.address, first.facts.address));
    UnifiedWork work = only_work(t);
    assert_int_equal(work.kind, WORK_NUMBER_UNREAD);
    assert_true(code_debts(t->in.act.store, t->in.act.office->keys, CODE_OWES_ASKING, 0, &t->arena, &debts, &t->err));
    assert_int_equal(debts.count, 1);  // the other one's flows
    for (int accepted = 0; accepted < 2; accepted++) {
        const WorkDecision decision = {work.work_no, accepted, S("hanako"), S("見た"), t->in.act.now};
        assert_true(act_begin(&t->in.act, &t->err));
        assert_false(work_decide(&t->in.act, &work, &decision, t->arena, &t->err));
        store_rollback(t->in.act.store);
    }
    // Somebody who is not numbered yet waits too.
    NumberChange nobody = {.who = {"410000000000003"}, .status = 1, .unread = true};
    assert_int_equal(take(t, &nobody).decision, NUMBERING_UNREAD);
    // The key is back, and everything is taken again.
    assert_int_equal(take(t, &first).decision, NUMBERING_KNOWN);
    NumberChange known = change_of("410000000000003", "");
    (void)take(t, &known);
    assert_int_equal(count(t, "SELECT count(*) FROM unified_work WHERE done_at IS NULL"), 0);
    assert_true(code_debts(t->in.act.store, t->in.act.office->keys, CODE_OWES_ASKING, 0, &t->arena, &debts, &t->err));
    assert_int_equal(debts.count, 2);
}

// A code that does not come names no addressee number; the trail names the person all the same.
static void a_look_at_work_is_a_look_at_somebody(void **state)
{
    Town *t = *state;
    AddresseeNo whose;
    NumberChange hanako = change_of(ONE, NUMBER);
    (void)take(t, &hanako);
    const UnifiedWork of_code = {.kind = WORK_CODE_NOBODY, .person_id = 1}, told = {.person_id = 1, .who = {OTHER}}, of_nobody = {0};
    assert_true(work_whose(t->in.act.store, &of_code, t->arena, &whose, &t->err));
    assert_string_equal(whose.digits, ONE);
    assert_true(work_whose(t->in.act.store, &told, t->arena, &whose, &t->err));
    assert_string_equal(whose.digits, OTHER);
    assert_true(work_whose(t->in.act.store, &of_nobody, t->arena, &whose, &t->err));
    assert_int_equal(addressee_text(&whose).len, 0);
}

static void who_is_registered_by_mistake_gets_no_number(void **state)
{
    Town *t = *state;
    NumberChange mistake = change_of(ONE, NUMBER);
    mistake.withdrawn = true;
    assert_int_equal(take(t, &mistake).decision, NUMBERING_NO_NUMBER);
    assert_int_equal(count(t, "SELECT count(*) FROM unified_person"), 0);
}

// Put back from a copy of before she was numbered: whoever is numbered now gets neither her number nor anything that is known
// elsewhere by a number of hers.
static void an_office_of_an_older_copy_gives_no_number_twice(void **state)
{
    Town *t = *state;
    NumberChange hanako = change_of(ONE, NUMBER), taro = change_of(OTHER, ANOTHER), clash = change_of(OTHER, NUMBER);
    Numbering before = take(t, &hanako);
    (void)take(t, &taro), (void)take(t, &clash);
    int64_t work_no = only_work(t).work_no;
    assert_true(act_begin(&t->in.act, &t->err));
    assert_true(store_execute(t->in.act.store,
                              "DELETE FROM unified_person; DELETE FROM individual_number; DELETE FROM addressee_number;"
                              " DELETE FROM unified_work; UPDATE given_number SET last = 0",
                              &t->err));
    assert_true(given_numbers_leap(t->in.act.store, t->in.act.now, &t->err));
    assert_true(store_commit(t->in.act.store, &t->err));
    Numbering after = take(t, &taro);
    assert_int_equal(after.decision, NUMBERING_NEW);
    assert_false(unified_same(&before.who, &after.who));
    assert_int_equal(count(t, "SELECT count(*) FROM unified_person WHERE person_id <= 2"), 0);
    assert_int_equal(count(t, "SELECT count(*) FROM individual_number WHERE number_id <= 2"), 0);
    (void)take(t, &hanako), (void)take(t, &clash);
    assert_true(only_work(t).work_no > work_no);
}

static Str tally_trouble(Town *t)
{
    Str trouble;
    assert_true(store_begin_read(t->in.act.store, &t->err));
    assert_true(tally_verify(t->in.act.store, &t->in.act.office->trail, &t->arena, &trouble, &t->err));
    assert_true(store_commit(t->in.act.store, &t->err));
    return trouble;
}

// Whose number is which is counted by the records: what SQL takes away or turns is named.
static void a_number_that_sql_moves_to_somebody_else_is_named(void **state)
{
    Town *t = *state;
    NumberChange hanako = change_of(ONE, NUMBER), taro = change_of(OTHER, ANOTHER);
    Numbering taken;
    const AuditLeaf leaf = act_leaf(&t->in.act, AUDIT_DONE);
    assert_true(act_begin(&t->in.act, &t->err));
    assert_true(numbering_take(&t->in.act, &hanako, t->arena, &taken, &t->err));
    assert_true(numbering_take(&t->in.act, &taro, t->arena, &taken, &t->err));
    assert_true(act_record(&t->in.act, &leaf, &t->err) && store_commit(t->in.act.store, &t->err));
    assert_int_equal(tally_trouble(t).len, 0);
    assert_true(store_execute(t->in.act.store, "UPDATE addressee_number SET person_id = 1", &t->err));
    assert_true(str_find(tally_trouble(t), S("宛名番号")) >= 0);
    assert_true(store_execute(t->in.act.store, "DELETE FROM addressee_number WHERE addressee_no = '" OTHER "'", &t->err));
    assert_true(str_find(tally_trouble(t), S("宛名番号")) >= 0);
}

// ---- at once

enum { PARALLEL = 100, PEOPLE = 10 };

typedef struct Request {
    Town *town;
    pthread_t thread;
    NumberChange change;
    Numbering taken;
    bool done;
} Request;

// Each waits for its turn as a program of its own would: a store of its own, a transaction of its own.
static void *request(void *context)
{
    Request *r = context;
    Act act = r->town->in.act;
    Error err = {0};
    Arena whole = arena_reserve((ptrdiff_t)1 << 26), arena = whole;
    for (int again = 0; again < 100 && !r->done; again++) {
        arena = whole;
        if (!office_store(act.office, &arena, &act.store, &err)) continue;
        r->done = store_begin(act.store, &err) && numbering_take(&act, &r->change, arena, &r->taken, &err) &&
                  store_commit(act.store, &err);
        store_close(act.store);
    }
    arena_release(whole);
    return NULL;
}

// Proves F-3-01: a hundred requests at once about ten people give each one number, and everybody the same answer.
static void a_hundred_requests_at_once_give_each_person_one_number(void **state)
{
    Town *t = *state;
    static Request requests[PARALLEL];
    for (int i = 0; i < PARALLEL; i++) {
        char who[16], number[13];
        int person = i % PEOPLE;
        static const char *const numbers[PEOPLE] = {"000000000019", "000000000124", "000000123455", "000000987654",
                                                    "000009722815", "000008662010", "000001641042", "000005750040",
                                                    "000000793370", "000009440550"};
        (void)snprintf(who, sizeof who, "4100000000000%02d", person);
        (void)snprintf(number, sizeof number, "%s", numbers[person]);
        requests[i] = (Request){.town = t, .change = change_of(who, number)};
    }
    for (int i = 0; i < PARALLEL; i++)
        assert_int_equal(pthread_create(&requests[i].thread, NULL, request, &requests[i]), 0);
    for (int i = 0; i < PARALLEL; i++) assert_int_equal(pthread_join(requests[i].thread, NULL), 0);
    for (int i = 0; i < PARALLEL; i++) {
        assert_true(requests[i].done);
        assert_true(unified_same(&requests[i].taken.who, &requests[i % PEOPLE].taken.who));
    }
    for (int i = 1; i < PEOPLE; i++) assert_false(unified_same(&requests[i].taken.who, &requests[0].taken.who));
    assert_int_equal(count(t, "SELECT count(*) FROM unified_person"), PEOPLE);
    assert_int_equal(count(t, "SELECT count(*) FROM individual_number"), PEOPLE);
    assert_int_equal(count(t, "SELECT count(*) FROM addressee_number"), PEOPLE);
}

// ---- what passes

// Stands where the intermediate server does, and remembers what reached it.
typedef struct FarSide {
    Arena *arena;
    RelayBatch got;
    int asked;
    bool refuses;  // its first row
} FarSide;

static bool far_batch(void *context, const char *path, Str question, Arena *arena, Str *answer, Error *err)
{
    FarSide *far = context;
    RelayAnswer taken = {0};
    (void)path;
    far->asked++;
    if (!relay_batch_decode(str_copy(far->arena, question), far->arena, &far->got, err)) return false;
    VEC_EACH (const RelayRow, row, far->got.rows) {
        RelayOutcome *outcome = relay_outcomes_push(&taken.rows, arena);
        *outcome = (RelayOutcome){0};
        if (str_equal(row->person, RELAY_NOBODY))
            *relay_objections_push(&outcome->objections, arena) = (RelayObjection){S("B6"), 0};
    }
    if (far->refuses) *relay_objections_push(&taken.rows.at[0].objections, arena) = (RelayObjection){S("B5"), 0};
    *answer = relay_answer_encode(&taken, arena);
    return true;
}

static Bytes payload_of(const char *text)
{
    return (Bytes){(const unsigned char *)text, (ptrdiff_t)strlen(text)};
}

static RelayAnswer passes(Town *t, FarSide *far, const char *path, const RelayBatch *batch)
{
    Str answer;
    RelayAnswer read;
    const RelayOnward onward = {far, far_batch};
    Str question = relay_batch_encode(batch, &t->arena);
    assert_true(relay_batch(&t->in.act, &onward, path, question, &t->arena, &answer, &t->err));
    assert_true(relay_answer_decode(answer, &t->arena, &read, &t->err));
    assert_int_equal(read.rows.count, batch->rows.count);
    return read;
}

static bool objected(const RelayOutcome *outcome, const char *code)
{
    return outcome->objections.count == 1 && str_equal(outcome->objections.at[0].code, str_of(code));
}

// Proves C-3.6-01: the payload's SHA-256 is the same at both ends, whoever stands in the row; and a stranger's row comes
// back with its code while the others go on.
static void a_payload_passes_as_the_same_bytes_and_a_strangers_row_comes_back(void **state)
{
    Town *t = *state;
    FarSide far = {.arena = &t->arena};
    NumberChange hanako = change_of(ONE, NUMBER);
    Numbering numbered = take(t, &hanako);
    RelayBatch batch = {0};
    *relay_rows_push(&batch.rows, &t->arena) = (RelayRow){S(OTHER), payload_of("a stranger's")};
    *relay_rows_push(&batch.rows, &t->arena) = (RelayRow){S(ONE), payload_of("\xff bytes of any kind \x01")};
    RelayAnswer answer = passes(t, &far, RELAY_INQUIRIES, &batch);
    assert_int_equal(far.got.rows.count, 1);
    assert_true(str_equal(far.got.rows.at[0].person, unified_text(&numbered.who)));
    Sha256 sent = sha256_of(batch.rows.at[1].payload), arrived = sha256_of(far.got.rows.at[0].payload);
    assert_true(sha256_equal(&sent, &arrived));
    assert_true(objected(&answer.rows.at[0], "E106"));
    assert_true(relay_taken(&answer.rows.at[1]));

    // A batch whose head counts its rows goes on whole, the stranger as nobody.
    batch.head = payload_of("head");
    answer = passes(t, &far, RELAY_INQUIRIES, &batch);
    assert_int_equal(far.got.rows.count, 2);
    assert_int_equal(far.got.head.len, 4);
    assert_true(objected(&answer.rows.at[0], "B6"));
    assert_true(relay_taken(&answer.rows.at[1]));

    // About whom two records clash, nothing is asked; of nobody else's rows the intermediate server hears nothing.
    NumberChange second = change_of(OTHER, ANOTHER), clash = change_of(OTHER, NUMBER);
    (void)take(t, &second), (void)take(t, &clash);
    batch.head = (Bytes){0};
    far.asked = 0;
    answer = passes(t, &far, RELAY_INQUIRIES, &batch);
    assert_int_equal(far.asked, 0);
    assert_true(objected(&answer.rows.at[0], "E105") && objected(&answer.rows.at[1], "E105"));
}

static bool far_feed(void *context, const char *path, Str question, Arena *arena, Str *answer, Error *err)
{
    RelayFeed *feed = context;
    (void)path, (void)question, (void)err;
    *answer = relay_feed_encode(feed, arena);
    return true;
}

static void what_comes_back_comes_under_the_number_that_the_ledger_knows(void **state)
{
    Town *t = *state;
    Str answer;
    RelayFeed feed = {.more = true}, read;
    NumberChange hanako = change_of(ONE, NUMBER), again = change_of(OTHER, NUMBER), other = change_of(THIRD, ANOTHER);
    Numbering numbered = take(t, &hanako);
    assert_int_equal(take(t, &again).decision, NUMBERING_JOIN);
    Numbering another = take(t, &other);
    *relay_feed_rows_push(&feed.rows, &t->arena) = (RelayFeedRow){6, unified_text(&another.who), payload_of("another's")};
    *relay_feed_rows_push(&feed.rows, &t->arena) = (RelayFeedRow){7, unified_text(&numbered.who), payload_of("result")};
    *relay_feed_rows_push(&feed.rows, &t->arena) = (RelayFeedRow){8, S("490000000000999"), payload_of("of nobody")};
    const RelayOnward onward = {&feed, far_feed};
    Str question = relay_feed_ask_encode(&(RelayFeedAsk){.most = 10}, &t->arena);
    assert_true(relay_feed(&t->in.act, &onward, RELAY_RESULTS, question, &t->arena, &answer, &t->err));
    assert_true(relay_feed_decode(answer, &t->arena, &read, &t->err));
    assert_true(read.more);
    assert_int_equal(read.rows.at[1].no, 7);
    assert_true(relay_feed_row_of(&read.rows.at[1], S(ONE)) && relay_feed_row_of(&read.rows.at[1], S(OTHER)));
    assert_false(relay_feed_row_of(&read.rows.at[1], S(THIRD)));
    assert_int_equal(read.rows.at[0].also.count, 0);
    assert_true(relay_feed_row_of(&read.rows.at[0], S(THIRD)));
    assert_memory_equal(read.rows.at[1].payload.at, "result", 6);
    assert_true(str_equal(read.rows.at[2].person, RELAY_NOBODY));
    assert_int_equal(read.rows.at[2].also.count, 0);
}

// Registered by hand, then found to be somebody who stands: that one number goes, the person and what is asked under the
// other number stay. And what lies at the intermediate server of a number that is gone can be taken back.
static void a_number_given_by_mistake_takes_nobody_with_it(void **state)
{
    Town *t = *state;
    Str answer;
    UnifiedPerson person;
    RelayBatch batch = {0};
    RelayFeed feed = {0}, read;
    FarSide far = {.arena = &t->arena};
    NumberChange hanako = change_of(ONE, NUMBER), again = change_of(OTHER, NUMBER);
    Numbering numbered = take(t, &hanako);
    assert_int_equal(take(t, &again).decision, NUMBERING_JOIN);
    again.withdrawn = true;
    again.facts.kana = S("マチガイ");
    assert_int_equal(take(t, &again).decision, NUMBERING_NO_NUMBER);
    assert_true(unified_of_id(t->in.act.store, t->in.act.office->keys, 1, &t->arena, &person, &t->err));
    assert_false(person.withdrawn);
    assert_true(str_equal(person.facts.kana, hanako.facts.kana));

    *relay_rows_push(&batch.rows, &t->arena) = (RelayRow){S(ONE), payload_of("asked")};
    *relay_rows_push(&batch.rows, &t->arena) = (RelayRow){S(OTHER), payload_of("asked too")};
    RelayAnswer asked = passes(t, &far, RELAY_INQUIRIES, &batch);
    assert_true(relay_taken(&asked.rows.at[0]));
    assert_true(objected(&asked.rows.at[1], "E106"));
    asked = passes(t, &far, RELAY_CANCEL, &batch);
    assert_true(relay_taken(&asked.rows.at[0]) && relay_taken(&asked.rows.at[1]));
    *relay_feed_rows_push(&feed.rows, &t->arena) = (RelayFeedRow){7, unified_text(&numbered.who), payload_of("result")};
    const RelayOnward onward = {&feed, far_feed};
    Str question = relay_feed_ask_encode(&(RelayFeedAsk){.most = 10}, &t->arena);
    assert_true(relay_feed(&t->in.act, &onward, RELAY_RESULTS, question, &t->arena, &answer, &t->err));
    assert_true(relay_feed_decode(answer, &t->arena, &read, &t->err));
    assert_true(str_equal(read.rows.at[0].person, S(ONE)));
    assert_int_equal(read.rows.at[0].also.count, 1);
    assert_true(str_equal(read.rows.at[0].also.at[0], S(OTHER)));  // it may have been asked under that one before

    // Both by mistake: nobody is left, until the register says otherwise. A copy that was laid is still taken away.
    hanako.withdrawn = true;
    assert_int_equal(take(t, &hanako).decision, NUMBERING_NO_NUMBER);
    assert_true(unified_of_id(t->in.act.store, t->in.act.office->keys, 1, &t->arena, &person, &t->err));
    assert_true(person.withdrawn);
    batch.head = payload_of("head");
    asked = passes(t, &far, RELAY_COPIES, &batch);
    assert_true(relay_taken(&asked.rows.at[0]) && relay_taken(&asked.rows.at[1]));
    hanako.withdrawn = false;
    assert_int_equal(take(t, &hanako).decision, NUMBERING_KNOWN);
    assert_true(unified_of_id(t->in.act.store, t->in.act.office->keys, 1, &t->arena, &person, &t->err));
    assert_false(person.withdrawn);
}

// ---- codes

enum { MIDDLE_MOST = 8 };

// Stands where the intermediate server and J-LIS do: what they are asked, and what they answer to all of it.
typedef struct Middle {
    Town *town;
    struct { UnifiedNo who; CodeRequestKind kind; } asked[MIDDLE_MOST];
    int asks, wishes;
    CodeAnswer answer;
    CodeOutcome outcome;
    RelayFeed news;
    bool again;  // the news come again whatever was asked for
} Middle;

static Str code_requests_answered(Middle *m, Str question, Arena *arena)
{
    RelayBatch batch;
    CodeAnswerRows answers = {0};
    assert_true(relay_batch_decode(question, arena, &batch, &m->town->err));
    VEC_EACH (const RelayRow, row, batch.rows) {
        CodeRequest request;
        assert_true(m->asks < MIDDLE_MOST);
        assert_true(code_request_decode((Str){(const char *)row->payload.at, row->payload.len}, &request, &m->town->err));
        assert_true(unified_no_parse(row->person, &m->asked[m->asks].who, &m->town->err));
        m->asked[m->asks++].kind = request.kind;
        *code_answers_push(&answers, arena) = m->answer;
    }
    return code_answers_encode(&answers, arena);
}

static Str news_after(Middle *m, Str question, Arena *arena)
{
    RelayFeedAsk ask;
    RelayFeed feed = {0};
    assert_true(relay_feed_ask_decode(question, &ask, &m->town->err));
    VEC_EACH (const RelayFeedRow, row, m->news.rows)
        if ((row->no > ask.after || m->again) && feed.rows.count < ask.most) *relay_feed_rows_push(&feed.rows, arena) = *row;
    return relay_feed_encode(&feed, arena);
}

static bool middle_asked(void *context, const char *path, Str question, Arena *arena, Str *answer, Error *err)
{
    Middle *m = context;
    CodeWishRows wishes;
    CodeOutcomeRows outcomes = {0};
    if (strcmp(path, RELAY_CODES) == 0) *answer = code_requests_answered(m, question, arena);
    if (strcmp(path, RELAY_CODE_STATES) == 0) *answer = news_after(m, question, arena);
    if (strcmp(path, NETWORK_CODES_PATH) != 0) return true;
    if (!code_wishes_decode(question, arena, &wishes, err)) return false;
    VEC_EACH (const CodeWish, wish, wishes) {
        (void)wish;
        m->wishes++;
        *code_outcomes_push(&outcomes, arena) = m->outcome;
    }
    *answer = code_outcomes_encode(&outcomes, arena);
    return true;
}

static void tells(Middle *m, int64_t no, const UnifiedNo *who, CodeStanding standing)
{
    Str payload = code_standing_encode(&standing, &m->town->arena);
    *relay_feed_rows_push(&m->news.rows, &m->town->arena) =
        (RelayFeedRow){no, unified_text(who), {(const unsigned char *)payload.at, payload.len}, {0}};
}

// A night: news, what is owed, what is handed on.
static CodeReport night(Middle *m)
{
    Town *t = m->town;
    CodeReport report = {0};
    const RelayOnward onward = {m, middle_asked};
    Arena batches = arena_reserve((ptrdiff_t)1 << 26);
    m->asks = m->wishes = 0;
    assert_true(codes_follow(&t->in.act, &onward, batches, &report, &t->err));
    assert_true(codes_ask(&t->in.act, &onward, batches, &report, &t->err));
    assert_true(codes_hand(&t->in.act, &onward, batches, &report, &t->err));
    arena_release(batches);
    return report;
}

static UnifiedWorks works_of(Town *t)
{
    UnifiedWorks works;
    assert_true(unified_works_open(t->in.act.store, &t->arena, &works, &t->err));
    return works;
}

static void decided(Town *t, UnifiedWork work, bool accepted)
{
    const WorkDecision decision = {work.work_no, accepted, S("hanako"), S("見た"), t->in.act.now};
    assert_true(act_begin(&t->in.act, &t->err));
    assert_true(work_decide(&t->in.act, &work, &decision, t->arena, &t->err));
    assert_true(store_commit(t->in.act.store, &t->err));
}

static const CodeAnswer requested = {.state = CODE_REQUESTED, .acquisition = {{7}}}, held = {.state = CODE_HELD};

// Proves C-3.6-14: number, acquisition number, J-LIS, in this order; and before it nothing where a fact is missing.
static void a_code_is_asked_for_where_all_four_facts_are_there(void **state)
{
    Town *t = *state;
    Middle m = {.town = t, .answer = requested};
    NumberChange hanako = change_of(ONE, NUMBER), taro = change_of(OTHER, ANOTHER);
    taro.facts.address = (Str){0};
    Numbering numbered = take(t, &hanako);
    (void)take(t, &taro);
    (void)night(&m);
    assert_int_equal(m.asks, 1);
    assert_true(unified_same(&m.asked[0].who, &numbered.who));
    assert_int_equal(m.asked[0].kind, CODE_REQUEST_ASK);
    assert_int_equal(m.wishes, 1);
    assert_int_equal(only_work(t).kind, WORK_FACTS_MISSING);
    (void)night(&m);
    assert_int_equal(m.asks + m.wishes, 0);  // once is enough, and who lacks a fact still waits
    decided(t, only_work(t), true);
    (void)night(&m);
    assert_int_equal(m.asks, 1);
    assert_int_equal(m.wishes, 1);
}

// Proves F-4-01, C-3.6-15: each way in which no code comes is work of its own; E105 is loud and stops both ways.
static void each_reason_for_no_code_is_laid_before_a_person(void **state)
{
    static const struct {
        CodeOutcome outcome;
        CodeStanding news;
        WorkKind kind;
    } ways[] = {
        {CODE_WISH_E102, {CODE_NONE}, WORK_CODE_NOBODY},
        {CODE_WISH_E103, {CODE_NONE}, WORK_CODE_DELETED},
        {CODE_WISH_PERSON_DIFFERS, {CODE_NONE}, WORK_PERSON_DIFFERS},
        {CODE_WISH_ACCEPTED, {CODE_FAILED, CODE_E102_NOBODY}, WORK_CODE_NOBODY},
        {CODE_WISH_ACCEPTED, {CODE_FAILED, CODE_E103_DELETED}, WORK_CODE_DELETED},
        {CODE_WISH_ACCEPTED, {CODE_FAILED, CODE_E105_CLASH, true}, WORK_CODE_CLASH},
        {CODE_WISH_ACCEPTED, {CODE_HELD, CODE_E_NONE, true}, WORK_CODE_CLASH},
    };
    Town *t = *state;
    Middle m = {.town = t, .answer = requested};
    NumberChange hanako = change_of(ONE, NUMBER);
    Numbering numbered = take(t, &hanako);
    for (int i = 0; i < (int)countof(ways); i++) {
        m.outcome = ways[i].outcome;
        (void)night(&m);
        if (ways[i].news.state) tells(&m, i + 1, &numbered.who, ways[i].news);
        if (ways[i].news.state) assert_int_equal(night(&m).looks, 1);
        UnifiedWork work = only_work(t);
        if (work.kind != ways[i].kind) fail_msg("way %d is %s", i, work_name(work.kind));
        (void)night(&m);
        assert_int_equal(m.asks + m.wishes, 0);  // until somebody has looked
        decided(t, work, true);
    }
    m.answer = held;
    (void)night(&m);
    assert_int_equal(m.asked[0].kind, CODE_REQUEST_RECONCILE);  // of the last: the link is right
}

// Nothing came in time: asked for again. Not what is to be given back.
static void what_expired_is_asked_for_again(void **state)
{
    Town *t = *state;
    Middle m = {.town = t, .answer = requested};
    NumberChange hanako = change_of(ONE, NUMBER);
    Numbering numbered = take(t, &hanako);
    (void)night(&m);
    tells(&m, 1, &numbered.who, (CodeStanding){CODE_EXPIRED});
    (void)night(&m);
    assert_int_equal(m.asks, 1);
    hanako.withdrawn = true;
    (void)take(t, &hanako);
    tells(&m, 2, &numbered.who, (CodeStanding){CODE_EXPIRED});
    (void)night(&m);
    assert_int_equal(m.asks, 1);
    assert_int_equal(m.asked[0].kind, CODE_REQUEST_RELEASE);
}

// Proves linkage.md 2.4: a link to nobody is given back, once; and somebody who is somebody after all gets a code again.
static void who_was_registered_by_mistake_gives_the_code_back(void **state)
{
    Town *t = *state;
    Middle m = {.town = t, .answer = requested};
    NumberChange hanako = change_of(ONE, NUMBER);
    (void)take(t, &hanako);
    (void)night(&m);
    hanako.withdrawn = true;
    (void)take(t, &hanako), (void)take(t, &hanako);
    m.answer = (CodeAnswer){.state = CODE_RELEASED};
    (void)night(&m);
    assert_int_equal(m.asks, 1);
    assert_int_equal(m.asked[0].kind, CODE_REQUEST_RELEASE);
    (void)night(&m);
    assert_int_equal(m.asks, 0);
    hanako.withdrawn = false;
    (void)take(t, &hanako);
    (void)night(&m);
    assert_int_equal(m.asked[0].kind, CODE_REQUEST_ASK);
}

// Proves C-3.6-15, F8: what does not fit together here answers nobody there, before anybody has looked and until somebody has.
static void a_clash_of_numbers_is_doubted_where_codes_and_copies_are(void **state)
{
    Town *t = *state;
    Middle m = {.town = t, .answer = held};
    NumberChange hanako = change_of(ONE, NUMBER), taro = change_of(OTHER, ANOTHER), clash = change_of(OTHER, NUMBER);
    Numbering first = take(t, &hanako), second = take(t, &taro);
    (void)night(&m);
    (void)take(t, &clash), (void)take(t, &clash);
    (void)night(&m);
    assert_int_equal(m.asks, 2);
    for (int i = 0; i < 2; i++) assert_int_equal(m.asked[i].kind, CODE_REQUEST_DOUBT);
    assert_true(unified_same(&m.asked[0].who, &first.who) && unified_same(&m.asked[1].who, &second.who));
    tells(&m, 1, &first.who, (CodeStanding){CODE_HELD, CODE_E_NONE, true});  // what it was told to doubt is no second finding
    (void)night(&m);
    assert_int_equal(m.asks, 0);
    decided(t, only_work(t), false);
    tells(&m, 2, &second.who, (CodeStanding){CODE_HELD, CODE_E_NONE, true});
    (void)night(&m);
    assert_int_equal(m.asks, 2);
    for (int i = 0; i < 2; i++) assert_int_equal(m.asked[i].kind, CODE_REQUEST_RECONCILE);
    assert_int_equal(works_of(t).count, 0);
    (void)night(&m);
    assert_int_equal(m.asks, 0);

    // Two numbers for one person: the same, until the register says what fits.
    NumberChange other_number = change_of(ONE, "000009722815");
    assert_int_equal(take(t, &other_number).decision, NUMBERING_REVIEW);
    (void)night(&m);
    assert_int_equal(m.asks, 1);
    assert_int_equal(m.asked[0].kind, CODE_REQUEST_DOUBT);
    (void)take(t, &hanako);
    (void)night(&m);
    assert_int_equal(m.asked[0].kind, CODE_REQUEST_RECONCILE);
}

// One that cannot be read waits, is work with its place, and holds up nobody; it is taken when it can be read.
static void news_that_cannot_be_read_hold_up_nobody(void **state)
{
    Town *t = *state;
    Middle m = {.town = t, .answer = held};
    NumberChange hanako = change_of(ONE, NUMBER), taro = change_of(OTHER, ANOTHER);
    Numbering first = take(t, &hanako), second = take(t, &taro);
    (void)night(&m);
    const CodeStanding stands = {CODE_HELD, CODE_E_NONE, false};
    *relay_feed_rows_push(&m.news.rows, &t->arena) = (RelayFeedRow){7, unified_text(&first.who), payload_of("?"), {0}};
    tells(&m, 8, &second.who, stands);
    *relay_feed_rows_push(&m.news.rows, &t->arena) = (RelayFeedRow){9, S("490000000000999"), payload_of("?"), {0}};
    CodeReport report = night(&m);
    assert_int_equal(report.news, 1);
    assert_int_equal(report.looks, 2);
    assert_int_equal(count(t, "SELECT next_no FROM code_cursor"), 9);
    UnifiedWorks works = works_of(t);
    assert_int_equal(works.count, 2);
    assert_int_equal(works.at[0].kind, WORK_NEWS_UNREADABLE);
    assert_true(str_starts(works.at[0].about, S("知らせ 7 番")));
    assert_int_equal(night(&m).looks, 0);  // the same again is the same work

    m.news.rows.count = 0;
    tells(&m, 7, &first.who, stands);  // can be read now; the other was followed by newer news
    assert_int_equal(night(&m).news, 1);
    assert_int_equal(works_of(t).count, 0);
    assert_int_equal(count(t, "SELECT count(*) FROM unified_person WHERE code_state = 2"), 2);
    assert_int_equal(count(t, "SELECT next_no FROM code_cursor"), 9);

    m.again = true;  // a cursor that stands still is told, and not for ever asked
    const RelayOnward onward = {&m, middle_asked};
    Arena batches = arena_reserve((ptrdiff_t)1 << 26);
    assert_false(codes_follow(&t->in.act, &onward, batches, &report, &t->err));
    assert_int_equal(t->err.code, E_MESSAGE);
    arena_release(batches);
}

// Proves C-3.6-20: the ledger's door, and nobody else's.
static void other_programs_do_not_get_through_the_ledgers_doors(void **state)
{
    Town *t = *state;
    static const char *const others[] = {"addressee", "intermediate", "unified", "network", "unified-0220140100500000"};
    for (ptrdiff_t i = 0; i < countof(others); i++) {
        Act act;
        const ActAsked asked = {.actor = actor_of_certificate(str_of(others[i]), &t->arena),
                                .now = t->in.act.now,
                                .business_day = t->in.act.business_day};
        assert_false(act_enter(&t->in.office, &message_inquiries, &asked, &t->arena, &act, &t->err));
        assert_int_equal(t->err.code, E_RIGHT);
    }
}

// ---- whom the register protects

// What reaches the intermediate server: protected, or no longer; -1: nothing.
static int told_of(Town *t, FarSide *far)
{
    int64_t told;
    bool is_protected;
    Arena batches = arena_reserve(1 << 20);
    const RelayOnward onward = {far, far_batch};
    assert_true(shields_tell(&t->in.act, &onward, batches, &told, &t->err));
    arena_release(batches);
    if (!told) return -1;
    assert_int_equal(told, 1);
    Bytes word = far->got.rows.at[0].payload;
    assert_true(shield_word_decode((Str){(const char *)word.at, word.len}, &is_protected, &t->err));
    return is_protected;
}

// A protection and its end are told once each, of whoever has a number.
static void whom_the_register_protects_is_told(void **state)
{
    Town *t = *state;
    FarSide far = {.arena = &t->arena};
    NumberChange hanako = change_of(ONE, NUMBER);
    (void)take(t, &hanako);
    assert_int_equal(told_of(t, &far), -1);
    hanako.hidden = true;
    (void)take(t, &hanako);
    far.refuses = true;  // what was not taken is owed still
    assert_int_equal(told_of(t, &far), -1);
    assert_int_equal(far.got.rows.count, 1);
    far.refuses = false;
    assert_int_equal(told_of(t, &far), true);
    assert_int_equal(told_of(t, &far), -1);
    hanako.hidden = false;
    (void)take(t, &hanako);
    assert_int_equal(told_of(t, &far), false);
    assert_int_equal(told_of(t, &far), -1);
}

int main(void)
{
#define STORY(name) cmocka_unit_test_setup_teardown(name, town_open, town_close)
    const struct CMUnitTest tests[] = {
        STORY(a_number_comes_later_changes_and_goes_on_finding),
        STORY(one_number_on_two_people_stops_both_and_is_work),
        STORY(what_does_not_agree_waits_for_a_person),
        STORY(who_cannot_be_read_waits_and_comes_back),
        STORY(a_look_at_work_is_a_look_at_somebody),
        STORY(who_is_registered_by_mistake_gets_no_number),
        STORY(an_office_of_an_older_copy_gives_no_number_twice),
        STORY(a_number_that_sql_moves_to_somebody_else_is_named),
        STORY(a_hundred_requests_at_once_give_each_person_one_number),
        STORY(a_payload_passes_as_the_same_bytes_and_a_strangers_row_comes_back),
        STORY(what_comes_back_comes_under_the_number_that_the_ledger_knows),
        STORY(a_number_given_by_mistake_takes_nobody_with_it),
        STORY(a_code_is_asked_for_where_all_four_facts_are_there),
        STORY(each_reason_for_no_code_is_laid_before_a_person),
        STORY(what_expired_is_asked_for_again),
        STORY(who_was_registered_by_mistake_gives_the_code_back),
        STORY(a_clash_of_numbers_is_doubted_where_codes_and_copies_are),
        STORY(news_that_cannot_be_read_hold_up_nobody),
        STORY(whom_the_register_protects_is_told),
        STORY(other_programs_do_not_get_through_the_ledgers_doors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
