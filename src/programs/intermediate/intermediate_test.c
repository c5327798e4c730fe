// Two cities' intermediate servers on real stores, with the core between them in this file: codes, copies, an inquiry and
// each way that it can end. The letters are those of the network; nobody's word is believed without the core's signature.
// Proves C-3.6-05, C-3.6-06, C-3.6-15, C-3.6-21, C-3.6-27 to -30, C-3.6-33, C-3.6-35, C-3.6-36, F-4-02, F-4-03, F-4-05, F-4-10.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "allow_list_message.h"
#include "answering.h"
#include "approvals.h"
#include "asking.h"
#include "canary_watch.h"
#include "code_hold_rows.h"
#include "coding.h"
#include "copy_message.h"
#include "copying.h"
#include "exchange_words.h"
#include "held_approval.h"
#include "incident_rows.h"
#include "intermediate.h"
#include "letter_take.h"
#include "network_exchange.h"
#include "permit_message.h"
#include "record_rows.h"
#include "retention.h"
#include "relay_payload.h"
#include "self_answer_rows.h"
#include "shielding.h"
#include "tally.h"
#include "test_act.h"

extern const Door command_canary, command_held, command_status, office_approvals, office_erase;

enum { A, B, CITIES };  // A asks, B answers
static const OrganisationCode codes_of_cities[CITIES] = {{"0220140100500000"}, {"0220140130700000"}};
#define HANAKO S("190000000000017")
#define TARO   S("190000000000025")
#define LOT    "LOT-OF-HANAKO"

typedef struct Country {
    TestPlace place;
    TestOffice homes[CITIES];
    Office offices[CITIES];
    Arena arena, whole;
    Instant now;
    Secret core_key;
    int64_t inquiries, permits, sequence;
    Error err;
} Country;

// ---- acts of programs and people

static Act entered(Country *c, int city, const Door *door, const Actor *actor)
{
    Act act;
    const ActAsked asked = {.actor = actor, .now = c->now, .business_day = instant_day_in_japan(c->now)};
    assert_true(act_enter(&c->offices[city], door, &asked, &c->arena, &act, &c->err));
    return act;
}

static Str asked_by_unified(Country *c, int city, const char *path, Str question)
{
    Str answer;
    const Door *door = door_named(intermediate_office.doors, str_of(path));
    Act act = entered(c, city, door, actor_of_certificate(S("unified"), &c->arena));
    assert_true(door->message(&act, question, &c->arena, &answer, &c->err));
    act_leave(&act);
    return answer;
}

// A person's act in an office of its own, as the command would be.
static void by(Country *c, int city, const Door *door, const char *who, TestAct *in)
{
    assert_true(test_act_enter(&c->homes[city], door, who, &c->arena, in, &c->err));
    in->act.now = c->now;
}

static void letter(Country *c, int city, LetterKind kind, Str body)
{
    TestAct in;
    LinkageHome home;
    const Letter one = {1, kind, bytes_of_text(body)};
    by(c, city, &command_held, "佐藤", &in);
    assert_true(act_begin(&in.act, &c->err));
    assert_true(linkage_home(&in.act, &c->arena, &home, &c->err));
    assert_true(letter_take(&home, &one, &c->arena, &c->err));
    const AuditLeaf leaf = act_leaf(&in.act, AUDIT_DONE);
    assert_true(act_record(&in.act, &leaf, &c->err) && store_commit(in.act.store, &c->err));
    test_act_leave(&in);
}

// ---- the core

static Str signed_by(Country *c, const Secret *key, Str domain, Str body)
{
    SignedMessage message = {.body = bytes_of_text(body)};
    ed25519_sign(key, signed_text(domain, message.body, &c->arena), message.signature);
    return signed_message_encode(&message, &c->arena);
}

static void list_told(Country *c, int city, int64_t version, Instant as_of, int item)
{
    TestAct in;
    LinkageHome home;
    bool taken;
    AllowList list = {.version = version, .as_of = as_of};
    for (int i = 0; i < CITIES; i++)
        *allow_bodies_push(&list.bodies, &c->arena) = (AllowBody){codes_of_cities[i], BODY_CITY};
    *allow_rows_push(&list.rows, &c->arena) = (AllowRow){.item = item,
                                                         .affair = {"JM90000000000025"},
                                                         .procedure = {"JT90000000002501"},
                                                         .inquirers = BODY_CITY,
                                                         .providers = BODY_CITY,
                                                         .dataset = {"TM9000000000YB01"},
                                                         .items = DOSE_ITEMS_ALL,
                                                         .in_force = {DAY_MIN, DAY_MAX}};
    Str text = signed_by(c, &c->core_key, ALLOW_LIST_DOMAIN, allow_list_encode(&list, &c->arena));
    by(c, city, &command_held, "佐藤", &in);
    assert_true(act_begin(&in.act, &c->err));
    assert_true(linkage_home(&in.act, &c->arena, &home, &c->err));
    assert_true(linkage_list_take(&home, text, &c->arena, &taken, &c->err));
    assert_true(taken);
    assert_true(store_commit(in.act.store, &c->err));
    test_act_leave(&in);
}

static PairwiseCode code_in(int city, char person)
{
    PairwiseCode code;
    memset(code.at, person, sizeof code.at);
    code.at[0] = (unsigned char)(city + 1);
    return code;
}

typedef struct Permitted {
    Permit permit;
    unsigned char key[KEY_POINT_BYTES];
    Str inquirers, providers;  // signed copies
} Permitted;

static Permitted permitted(Country *c, Permit asked, char person)
{
    Permitted out = {.permit = asked};
    memset(out.permit.id.at, (int)++c->permits, sizeof out.permit.id.at);
    out.permit.list_version = 1;
    out.permit.issued_at = c->now;
    out.permit.expires_at = c->now + PERMIT_LIFE_ONLINE;
    PermitCopy first = {.permit = out.permit, .holder = ROLE_INQUIRER, .code = code_in(A, person)},
               second = {.permit = out.permit, .holder = ROLE_PROVIDER, .code = code_in(B, person), .route = {"a"}};
    out.inquirers = signed_by(c, &c->core_key, PERMIT_DOMAIN, permit_copy_encode(&first, &c->arena));
    out.providers = signed_by(c, &c->core_key, PERMIT_DOMAIN, permit_copy_encode(&second, &c->arena));
    return out;
}

// ---- two cities

static void file_laid(Country *c, const char *path, Str text)
{
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_int_equal(fwrite(text.at, 1, (size_t)text.len, out), text.len);
    assert_int_equal(fclose(out), 0);
    (void)c;
}

static const char *path_of(Country *c, int city, const char *name)
{
    return str_z(&c->arena, str_format(&c->arena, "%.*s/%s", STR(c->homes[city].place.data_dir), name));
}

static void admitted(Country *c, int city)
{
    unsigned char key[ED25519_KEY_BYTES];
    Text hex = {0};
    ed25519_public(&c->core_key, key);
    for (int i = 0; i < ED25519_KEY_BYTES; i++) text_addf(&hex, &c->arena, "%02x", key[i]);
    assert_int_equal(mkdir(path_of(c, city, "network"), 0700), 0);
    assert_int_equal(mkdir(path_of(c, city, "network/tls"), 0700), 0);
    file_laid(c, path_of(c, city, "network/core.pub"), text_str(&hex));
    Str name = str_format(&c->arena, "network/tls/intermediate-%s.crt", codes_of_cities[city].digits);
    file_laid(c, path_of(c, city, str_z(&c->arena, name)), S("x"));
}

static void people_of(Country *c, int city, const char *name)
{
    const Duty duties[] = {DUTY_ENTER, DUTY_APPROVE};
    for (size_t i = 0; i < sizeof duties / sizeof *duties; i++)
        assert_true(test_duty_given(&c->homes[city], &command_held, "佐藤", name, duties[i], &c->arena, &c->err));
}

// On a server one of the two stands, and its neighbour in files: one server has one database of each program.
static TestOffice home_of(Country *c, int city, int on_server)
{
    TestOffice home = test_office_at(&c->place, &intermediate_office, instant_day_in_japan(c->now), &c->arena);
    if (city != on_server)
        home.place = (OfficePlace){str_format(&c->arena, "%s/neighbour/data", c->place.folder), S("sqlite")};
    return home;
}

static int set_up(void **state, int on_server)
{
    static Country country;
    country = (Country){.now = clock_now()};
    Country *c = &country;
    unsigned char key[ED25519_KEY_BYTES] = {1, 2, 3};
    c->whole = c->arena = arena_reserve((ptrdiff_t)2 << 30);
    secret_set(&c->core_key, (Bytes){key, sizeof key});
    test_place_make(&c->place);
    for (int city = 0; city < CITIES; city++) {
        c->homes[city] = home_of(c, city, on_server);
        assert_true(test_office_found(&c->homes[city], "佐藤", &c->arena, &c->err));
        admitted(c, city);
        people_of(c, city, "鈴木");
        assert_true(office_open(&c->homes[city].place, &intermediate_office, c->now, &c->arena, &c->offices[city], &c->err));
        list_told(c, city, 1, c->now, 25);
    }
    *state = c;
    return 0;
}

static int asker_on_server(void **state)
{
    return set_up(state, A);
}

static int answerer_on_server(void **state)
{
    return set_up(state, B);
}

static int tear_down(void **state)
{
    Country *c = *state;
    for (int city = 0; city < CITIES; city++) office_close(&c->offices[city]);
    test_place_remove(&c->place);
    arena_release(c->whole);
    return 0;
}

// ---- codes

static void stock(Country *c, int city, char first)
{
    TestAct in;
    AcquisitionNo no;
    memset(no.at, first, sizeof no.at);
    by(c, city, &command_held, "佐藤", &in);
    assert_true(act_begin(&in.act, &c->err) && acquisition_add(in.act.store, &no, c->now, &c->err) &&
                store_commit(in.act.store, &c->err));
    test_act_leave(&in);
}

static CodeAnswer code_asked(Country *c, int city, Str person, CodeRequest request)
{
    RelayBatch batch = {0};
    CodeAnswerRows answers;
    *relay_rows_push(&batch.rows, &c->arena) =
        (RelayRow){person, bytes_of_text(code_request_encode(&request, &c->arena))};
    Str answer = asked_by_unified(c, city, RELAY_CODES, relay_batch_encode(&batch, &c->arena));
    assert_true(code_answers_decode(answer, &c->arena, &answers, &c->err));
    assert_int_equal(answers.count, 1);
    return answers.at[0];
}

static const CodeRequest wanted = {.kind = CODE_REQUEST_ASK, .person_agrees = true};

static void code_arrives(Country *c, int city, AcquisitionNo no, PairwiseCode code)
{
    const CodeArrived arrived = {.acquisition = no, .code = code, .epoch = 1};
    letter(c, city, LETTER_CODE_ARRIVED, code_arrived_encode(&arrived, &c->arena));
}

static void code_held(Country *c, int city, Str person, char letter_of_person)
{
    stock(c, city, letter_of_person);
    CodeAnswer answer = code_asked(c, city, person, wanted);
    assert_int_equal(answer.state, CODE_REQUESTED);
    code_arrives(c, city, answer.acquisition, code_in(city, letter_of_person));
}

static CodeStanding standing_of(Country *c, int city, Str person)
{
    RelayFeed feed;
    CodeStanding standing = {0};
    RelayFeedAsk ask = {.most = 100};
    Str answer = asked_by_unified(c, city, RELAY_CODE_STATES, relay_feed_ask_encode(&ask, &c->arena));
    assert_true(relay_feed_decode(answer, &c->arena, &feed, &c->err));
    VEC_EACH (RelayFeedRow, row, feed.rows)
        if (str_equal(row->person, person))
            assert_true(code_standing_decode(text_of_bytes(row->payload), &standing, &c->err));
    return standing;
}

static int incidents_of(Country *c, int city, const char *kind)
{
    int count = 0;
    IncidentRows rows;
    assert_true(incidents_open(c->offices[city].store, &c->arena, &rows, &c->err));
    VEC_EACH (Incident, row, rows) {
        count += str_equal(row->kind, str_of(kind));
        assert_false(str_equal(incident_words(row->kind), row->kind));  // each kind that is written has words
    }
    return count;
}

static void a_code_is_asked_for_with_a_number_and_comes_by_letter(void **state)
{
    Country *c = *state;
    assert_int_equal(code_asked(c, A, HANAKO, wanted).no, CODE_NOT_NOW);  // no number lies ready
    stock(c, A, 7);
    CodeAnswer first = code_asked(c, A, HANAKO, wanted), again = code_asked(c, A, HANAKO, wanted);
    assert_int_equal(first.state, CODE_REQUESTED);
    assert_int_equal(first.acquisition.at[0], 7);
    assert_int_equal(again.no, CODE_ALREADY_ASKED);
    assert_true(acquisition_same(&again.acquisition, &first.acquisition));  // unified may not have heard it
    code_arrives(c, A, (AcquisitionNo){{9}}, code_in(A, 'x'));  // nobody's number
    assert_int_equal(standing_of(c, A, HANAKO).state, CODE_REQUESTED);
    code_arrives(c, A, first.acquisition, code_in(A, 'h'));
    code_arrives(c, A, first.acquisition, code_in(A, 'h'));  // twice is as good as once
    assert_int_equal(standing_of(c, A, HANAKO).state, CODE_HELD);
    assert_int_equal(code_asked(c, A, HANAKO, wanted).no, CODE_ALREADY_HELD);
    CodeRequest differs = {.kind = CODE_REQUEST_ASK};
    assert_int_equal(code_asked(c, A, TARO, differs).no, CODE_PERSON_DIFFERS);
    assert_int_equal(incidents_of(c, A, "CODE"), 1);
}

// E105: the best detector of a wrong link is loud, and both wait for a person.
static void one_code_for_two_people_doubts_both(void **state)
{
    Country *c = *state;
    code_held(c, A, HANAKO, 'h');
    stock(c, A, 't');
    code_arrives(c, A, code_asked(c, A, TARO, wanted).acquisition, code_in(A, 'h'));
    CodeStanding hanako = standing_of(c, A, HANAKO), taro = standing_of(c, A, TARO);
    assert_true(hanako.doubted && taro.doubted);
    assert_int_equal(taro.failure, CODE_E105_CLASH);
    assert_int_equal(incidents_of(c, A, "E105"), 2);
    CodeRequest looked = {.kind = CODE_REQUEST_RECONCILE};
    assert_int_equal(code_asked(c, A, HANAKO, looked).no, CODE_YES);
    assert_false(standing_of(c, A, HANAKO).doubted);
    assert_true(standing_of(c, A, TARO).doubted);
}

// Unified has found that number and person do not fit together: told here, until somebody has looked.
static void what_unified_doubts_answers_nobody(void **state)
{
    Country *c = *state;
    const CodeRequest doubt = {.kind = CODE_REQUEST_DOUBT}, looked = {.kind = CODE_REQUEST_RECONCILE};
    assert_int_equal(code_asked(c, A, HANAKO, doubt).no, CODE_NOT_NOW);  // nothing is there to doubt
    stock(c, A, 'h');
    AcquisitionNo under_way = code_asked(c, A, HANAKO, wanted).acquisition;
    assert_int_equal(code_asked(c, A, HANAKO, doubt).no, CODE_YES);
    assert_int_equal(code_asked(c, A, HANAKO, doubt).no, CODE_YES);
    code_arrives(c, A, under_way, code_in(A, 'h'));
    assert_true(standing_of(c, A, HANAKO).doubted);
    assert_int_equal(incidents_of(c, A, "CODE"), 1);
    assert_int_equal(code_asked(c, A, HANAKO, looked).no, CODE_YES);
    assert_false(standing_of(c, A, HANAKO).doubted);
}

// ---- copies

static CopyRecord dose(Country *c, const char *key, int64_t version)
{
    static const struct {
        int no;
        const char *value;
    } items[] = {{DOSE_VACCINE, "9001"}, {DOSE_LABEL, "001"},        {DOSE_BRANCH, "0"},
                 {DOSE_GIVEN_ON, "20260601"}, {DOSE_LEGAL_CLASS, "1"}, {DOSE_STATUS, "1"},
                 {DOSE_LOT, LOT},        {DOSE_RECORDED_BY, "401307"}, {DOSE_RECORDED_ON, "20260605"},
                 {DOSE_SOURCE, "1"}};
    CopyRecord record = {.version = version};
    assert_true(copy_key_read(str_of(key), &record.key));
    for (size_t i = 0; i < sizeof items / sizeof *items; i++)
        *copy_items_push(&record.items, &c->arena) =
            (CopyItem){items[i].no, COPY_NULL_NONE, str_of(items[i].value)};
    return record;
}

static void row_add(Country *c, RelayBatch *batch, Str person, const CopyRecord *record)
{
    *relay_rows_push(&batch->rows, &c->arena) =
        (RelayRow){person, bytes_of_text(copy_record_encode(record, &c->arena))};
}

static RelayAnswer copies_sent(Country *c, RelayBatch *batch, CopyHead head)
{
    RelayAnswer answer;
    Sha256Run *run = sha256_begin();
    VEC_EACH (RelayRow, row, batch->rows) sha256_add(run, row->payload);
    Sha256 digest = sha256_end(run);
    head.dataset = (DatasetCode){"TM9000000000YB01"};
    head.layout = DOSE_LAYOUT;
    head.count = batch->rows.count;
    memcpy(head.digest, digest.at, sizeof head.digest);
    batch->head = bytes_of_text(copy_head_encode(&head, &c->arena));
    Str bytes = asked_by_unified(c, B, RELAY_COPIES, relay_batch_encode(batch, &c->arena));
    assert_true(relay_answer_decode(bytes, &c->arena, &answer, &c->err));
    return answer;
}

static RelayAnswer difference(Country *c, RelayBatch *batch)
{
    CopyHead head = {.mode = COPY_DIFF, .previous = c->sequence, .last = true};
    head.sequence = head.delivery = ++c->sequence;
    return copies_sent(c, batch, head);
}

static Str compared_hash(Country *c, int64_t *count)
{
    RelayFeed feed;
    CopyCompared compared;
    RelayFeedAsk ask = {.head = bytes_of_text(DOSE_DATASET), .most = 100};
    Str answer = asked_by_unified(c, B, RELAY_COMPARE, relay_feed_ask_encode(&ask, &c->arena));
    assert_true(relay_feed_decode(answer, &c->arena, &feed, &c->err));
    *count = feed.rows.count;
    if (!feed.rows.count) return (Str){0};
    assert_true(copy_compared_decode(text_of_bytes(feed.rows.at[0].payload), &compared, &c->err));
    return str_copy(&c->arena, (Str){(const char *)compared.hash, sizeof compared.hash});
}

static void a_bad_record_holds_up_no_other_and_both_sides_compare(void **state)
{
    Country *c = *state;
    int64_t count;
    RelayBatch batch = {0};
    code_held(c, B, HANAKO, 'h');
    CopyRecord good = dose(c, "D-1", 1), bad = dose(c, "D-2", 1), unknown = dose(c, "D-3", 1);
    bad.items.at[0].value = S("9999");
    row_add(c, &batch, HANAKO, &bad);
    *relay_rows_push(&batch.rows, &c->arena) = (RelayRow){HANAKO, bytes_of_text(S("garbage"))};
    row_add(c, &batch, HANAKO, &good);
    row_add(c, &batch, TARO, &unknown);
    row_add(c, &batch, HANAKO, &good);
    RelayAnswer answer = difference(c, &batch);
    assert_int_equal(answer.rows.count, 5);
    assert_true(str_equal(answer.rows.at[0].objections.at[0].code, S("B3")));
    assert_true(str_equal(answer.rows.at[1].objections.at[0].code, S("B2")));
    assert_true(relay_taken(&answer.rows.at[2]));
    assert_true(str_equal(answer.rows.at[3].objections.at[0].code, S("B6")));
    assert_true(str_equal(answer.rows.at[4].objections.at[0].code, S("B7")));
    assert_int_equal(answer.last, 1);
    Sha256 ours = sha256_of(bytes_of_text(copy_items_encode(&good.items, &c->arena)));
    assert_true(str_equal(compared_hash(c, &count), (Str){(const char *)ours.at, sizeof ours.at}));
    assert_int_equal(count, 1);
}

// Proves A4 of linkage.md 5.2: of a message whose head cannot be read no row is looked at, and the next one is taken.
static void a_head_that_cannot_be_read_is_told_and_nothing_is_taken(void **state)
{
    Country *c = *state;
    int64_t count;
    RelayAnswer answer;
    RelayBatch batch = {0};
    code_held(c, B, HANAKO, 'h');
    CopyRecord good = dose(c, "D-1", 1);
    row_add(c, &batch, HANAKO, &good);
    batch.head = bytes_of_text(S("garbage"));
    Str bytes = asked_by_unified(c, B, RELAY_COPIES, relay_batch_encode(&batch, &c->arena));
    assert_true(relay_answer_decode(bytes, &c->arena, &answer, &c->err));
    assert_int_equal(answer.whole.count, 1);
    assert_true(str_equal(answer.whole.at[0].code, S("A4")));
    assert_int_equal(answer.rows.count, 0);
    (void)compared_hash(c, &count);
    assert_int_equal(count, 0);
    assert_true(relay_taken(&difference(c, &batch).rows.at[0]));
}

static void a_message_twice_is_answered_as_it_was_and_an_old_version_changes_nothing(void **state)
{
    Country *c = *state;
    int64_t count;
    RelayBatch batch = {0}, late = {0}, gone = {0};
    code_held(c, B, HANAKO, 'h');
    CopyRecord newer = dose(c, "D-1", 5), older = dose(c, "D-1", 4),
               deleted = {.key = newer.key, .version = 6, .deleted = true};
    older.items.at[6].value = S("OLD");
    row_add(c, &batch, HANAKO, &newer);
    RelayAnswer first = difference(c, &batch);
    c->sequence--;
    RelayAnswer again = difference(c, &batch);
    assert_int_equal(again.last, first.last);
    assert_true(relay_taken(&again.rows.at[0]));
    Str hash = compared_hash(c, &count);
    row_add(c, &late, HANAKO, &older);
    assert_true(relay_taken(&difference(c, &late).rows.at[0]));
    assert_true(str_equal(compared_hash(c, &count), hash));
    row_add(c, &gone, HANAKO, &deleted);
    assert_true(relay_taken(&difference(c, &gone).rows.at[0]));
    assert_true(relay_taken(&difference(c, &late).rows.at[0]));  // and does not come back
    (void)compared_hash(c, &count);
    assert_int_equal(count, 0);
    c->sequence += 3;  // some were lost
    assert_true(str_equal(difference(c, &batch).whole.at[0].code, S("A2")));
}

static int64_t standing(Country *c)
{
    int64_t count;
    (void)compared_hash(c, &count);
    return count;
}

static void requests_granted(Country *c, int city, const char *who, ErrorCode expected)
{
    TestAct in;
    ApprovalRows rows;
    by(c, city, &office_approvals, who, &in);
    assert_true(approval_rows_open(in.act.store, in.act.office->keys, &c->arena, &rows, &c->err));
    assert_int_equal(rows.count, 1);
    const ApprovalDecision grant = {.approval_no = rows.at[0].approval_no, .kind = APPROVAL_GRANT};
    c->err = (Error){0};
    bool granted = approval_decide(&in.act, &grant, &c->err);
    assert_int_equal(granted ? E_NONE : c->err.code, expected);
    test_act_leave(&in);
}

static void a_whole_delivery_sweeps_and_too_much_of_it_waits_for_another(void **state)
{
    Country *c = *state;
    RelayBatch batch = {0}, whole = {0};
    code_held(c, B, HANAKO, 'h');
    for (int i = 0; i < 10; i++) {
        CopyRecord record = dose(c, str_z(&c->arena, str_format(&c->arena, "D-%d", i)), 1);
        row_add(c, &batch, HANAKO, &record);
        if (i) row_add(c, &whole, HANAKO, &record);
    }
    (void)difference(c, &batch);
    assert_int_equal(standing(c), 10);
    CopyHead head = {.mode = COPY_FULL, .previous = c->sequence, .last = true, .total = whole.rows.count};
    head.sequence = head.delivery = ++c->sequence;
    RelayAnswer answer = copies_sent(c, &whole, head);
    assert_true(answer.held);  // a tenth of all is missing
    assert_int_equal(standing(c), 10);
    requests_granted(c, B, "鈴木", E_NONE);
    assert_int_equal(standing(c), 9);
}

// ---- inquiries

static InquiryWish wish(Country *c)
{
    InquiryWish out = {.provider = codes_of_cities[B],
                       .item = 25,
                       .affair = {"JM90000000000025"},
                       .procedure = {"JT90000000002501"},
                       .dataset = {"TM9000000000YB01"},
                       .items = copy_item_bit(DOSE_VACCINE) | copy_item_bit(DOSE_LOT),
                       .department = S("保健所")};
    assert_true(inquiry_no_read(str_format(&c->arena, "%lld", (long long)++c->inquiries), &out.inquiry));
    return out;
}

static Str wished(Country *c, Str person, const InquiryWish *wish)
{
    RelayBatch batch = {0};
    RelayAnswer answer;
    *relay_rows_push(&batch.rows, &c->arena) = (RelayRow){person, bytes_of_text(inquiry_wish_encode(wish, &c->arena))};
    Str bytes = asked_by_unified(c, A, RELAY_INQUIRIES, relay_batch_encode(&batch, &c->arena));
    assert_true(relay_answer_decode(bytes, &c->arena, &answer, &c->err));
    return answer.rows.at[0].objections.count ? answer.rows.at[0].objections.at[0].code : (Str){0};
}

static RelayFeed results_told(Country *c)
{
    RelayFeed feed;
    RelayFeedAsk ask = {.most = 100};
    Str answer = asked_by_unified(c, A, RELAY_RESULTS, relay_feed_ask_encode(&ask, &c->arena));
    assert_true(relay_feed_decode(answer, &c->arena, &feed, &c->err));
    return feed;
}

static InquiryResult result_of(Country *c, const InquiryNo *no)
{
    InquiryResult result = {0}, found = {0};
    RelayFeed feed = results_told(c);
    VEC_EACH (RelayFeedRow, row, feed.rows) {
        assert_true(inquiry_result_decode(text_of_bytes(row->payload), &result, &c->err));
        if (inquiry_no_same(&result.inquiry, no)) found = result;
    }
    return found;
}

static InquiryRow owing(Country *c)
{
    InquiryRows rows;
    assert_true(inquiries_owing(c->offices[A].store, 10, &c->arena, &rows, &c->err));
    assert_true(rows.count > 0);
    return rows.at[rows.count - 1];
}

// What A asks is permitted and lies before B.
static Permitted before_b(Country *c, Str person, const InquiryWish *wish, char letter_of_person)
{
    assert_int_equal(wished(c, person, wish).len, 0);
    InquiryRow row = owing(c);
    assert_true(row.owed & INQUIRY_ASK_CORE);
    Permitted out = permitted(c, row.ask.asked, letter_of_person);
    const PermitReply reply = {.inquiry = wish->inquiry, .key = row.ask.asked.key, .signed_copy = bytes_of_text(out.inquirers)};
    letter(c, A, LETTER_PERMIT_REPLY, permit_reply_encode(&reply, &c->arena));
    assert_true(owing(c).owed & INQUIRY_ASK_PROVIDER);
    memcpy(out.key, row.public_key.at, sizeof out.key);
    return out;
}

static void b_is_asked(Country *c, const Permitted *permitted)
{
    InquirySent sent = {.signed_copy = bytes_of_text(permitted->providers)};
    memcpy(sent.key, permitted->key, sizeof sent.key);
    letter(c, B, LETTER_INQUIRY, inquiry_sent_encode(&sent, &c->arena));
}

static ProvisionRow lies_before_b(Country *c, const Permitted *permitted, bool *found)
{
    ProvisionRow row;
    assert_true(provision_of_permit(c->offices[B].store, &permitted->permit.id, &c->arena, &row, found, &c->err));
    return row;
}

static ReplySent reply_of_b(Country *c, const Permitted *permitted)
{
    bool found;
    ProvisionRow row = lies_before_b(c, permitted, &found);
    assert_true(found);
    assert_true(row.owed & PROVISION_REPLY);
    return (ReplySent){.reply = row.state.reply, .envelope = row.envelope};
}

static void a_hears(Country *c, ReplySent sent)
{
    letter(c, A, LETTER_REPLY, reply_sent_encode(&sent, &c->arena));
}

static InquiryResult asked_and_answered(Country *c, char letter_of_person)
{
    InquiryWish one = wish(c);
    Permitted permit = before_b(c, HANAKO, &one, letter_of_person);
    b_is_asked(c, &permit);
    a_hears(c, reply_of_b(c, &permit));
    return result_of(c, &one.inquiry);
}

static void hanako_everywhere(Country *c)
{
    RelayBatch batch = {0};
    CopyRecord record = dose(c, "D-1", 1);
    code_held(c, A, HANAKO, 'h');
    code_held(c, B, TARO, 'h');  // another number of hers, in another city
    row_add(c, &batch, TARO, &record);
    assert_true(relay_taken(&difference(c, &batch).rows.at[0]));
}

static int64_t records_of(Country *c, int city, LinkageResult *last)
{
    RecordRows rows;
    assert_true(records_after(c->offices[city].store, 0, 100, &c->arena, &rows, &c->err));
    if (rows.count) *last = rows.at[rows.count - 1].record.result;
    return rows.count;
}

static void what_was_asked_for_comes_and_nothing_else_and_both_remember(void **state)
{
    Country *c = *state;
    LinkageResult last;
    CopyAnswer answer;
    hanako_everywhere(c);
    InquiryResult result = asked_and_answered(c, 'h');
    assert_int_equal(result.result, RESULT_GIVEN);
    assert_string_equal(inquiry_result_status(&result), "09");
    assert_int_equal(result.as_of, instant_day_in_japan(c->now));
    assert_true(copy_answer_decode(text_of_bytes(result.data), &c->arena, &answer, &c->err));
    assert_int_equal(answer.records.count, 1);
    assert_int_equal(answer.records.at[0].count, 2);  // of seventeen
    assert_true(str_equal(copy_value(&answer.records.at[0], DOSE_LOT), S(LOT)));
    assert_int_equal(records_of(c, A, &last), 1);
    assert_int_equal(last, RESULT_GIVEN);
    assert_int_equal(records_of(c, B, &last), 1);
    assert_int_equal(last, RESULT_GIVEN);
}

// The inquirer's side of F8: what comes by a code that was called in question meanwhile is recorded, and shown to nobody.
static void what_comes_by_a_doubted_link_is_not_used(void **state)
{
    Country *c = *state;
    LinkageResult last;
    const CodeRequest doubt = {.kind = CODE_REQUEST_DOUBT};
    hanako_everywhere(c);
    InquiryWish one = wish(c);
    Permitted permit = before_b(c, HANAKO, &one, 'h');
    b_is_asked(c, &permit);
    assert_int_equal(code_asked(c, A, HANAKO, doubt).no, CODE_YES);
    a_hears(c, reply_of_b(c, &permit));
    InquiryResult result = result_of(c, &one.inquiry);
    assert_int_equal(result.result, RESULT_UNREADABLE);
    assert_int_equal(result.data.len, 0);
    assert_int_equal(records_of(c, A, &last), 1);
    assert_int_equal(last, RESULT_UNREADABLE);
}

// A lost key, a damaged answer, a damaged row, a damaged number: each is told empty, and what lies behind it comes.
static void what_cannot_be_opened_is_told_as_unread_and_holds_up_nobody(void **state)
{
    static const char *const damages[] = {
        "UPDATE inquiry SET result_key = asked WHERE inquiry_id = 1", "UPDATE inquiry SET result_data = asked WHERE inquiry_id = 1",
        "UPDATE inquiry SET asked = public_key WHERE inquiry_id = 1", "UPDATE inquiry SET unified_no = 'x' WHERE inquiry_id = 1"};
    Country *c = *state;
    hanako_everywhere(c);
    (void)asked_and_answered(c, 'h');
    InquiryNo behind = asked_and_answered(c, 'h').inquiry;
    for (ptrdiff_t i = 0; i < countof(damages); i++) {
        InquiryResult result;
        assert_true(store_execute(c->offices[A].store, damages[i], &c->err));
        RelayFeed feed = results_told(c);
        assert_int_equal(feed.rows.count, 2);
        assert_int_equal(feed.rows.at[0].payload.len, 0);
        assert_true(str_equal(feed.rows.at[0].person, i < countof(damages) - 1 ? HANAKO : RELAY_NOBODY));
        assert_true(inquiry_result_decode(text_of_bytes(feed.rows.at[1].payload), &result, &c->err));
        assert_true(inquiry_no_same(&result.inquiry, &behind) && result.data.len > 0);
    }
}

static void no_data_is_not_nobody(void **state)
{
    Country *c = *state;
    LinkageResult last;
    code_held(c, A, HANAKO, 'h');
    RelayBatch none = {0};
    (void)difference(c, &none);
    InquiryResult result = asked_and_answered(c, 'h');
    assert_int_equal(result.result, RESULT_NOBODY);
    code_held(c, B, TARO, 'h');
    result = asked_and_answered(c, 'h');
    assert_int_equal(result.result, RESULT_NO_DATA);
    assert_int_equal(result.as_of, instant_day_in_japan(c->now));  // absence of a day
    assert_int_equal(result.data.len, 0);
    assert_int_equal(records_of(c, B, &last), 2);
}

static void what_is_not_allowed_does_not_leave(void **state)
{
    Country *c = *state;
    LinkageResult last;
    InquiryWish one = wish(c);
    assert_true(str_equal(wished(c, HANAKO, &one), S("E101")));  // no code is held
    hanako_everywhere(c);
    one.item = 26;  // the city's own assessment does not list it
    assert_true(str_equal(wished(c, HANAKO, &one), S("E301")));
    one.item = 25;
    one.provider = codes_of_cities[A];
    assert_true(str_equal(wished(c, HANAKO, &one), S("E202")));
    one.provider = codes_of_cities[B];
    assert_int_equal(wished(c, HANAKO, &one).len, 0);
    assert_int_equal(wished(c, HANAKO, &one).len, 0);  // once more is the same
    one.items = 1;
    assert_true(str_equal(wished(c, HANAKO, &one), S("E201")));  // the number is taken
    c->now += ALLOW_LIST_LIFE;
    one = wish(c);
    assert_true(str_equal(wished(c, HANAKO, &one), S("E301")));  // our own copy of the list is too old
    assert_int_equal(records_of(c, A, &last), 0);
}

// Each is looked at by B for itself.
static void b_says_nothing_to_what_it_cannot_believe(void **state)
{
    Country *c = *state;
    bool found;
    LinkageResult last;
    unsigned char other[ED25519_KEY_BYTES] = {9};
    SECRET(other_key);
    secret_set(&other_key, (Bytes){other, sizeof other});
    hanako_everywhere(c);
    InquiryWish one = wish(c);
    Permitted good = before_b(c, HANAKO, &one, 'h'), bad = good;
    PermitCopy copy = {.permit = good.permit, .holder = ROLE_PROVIDER, .code = code_in(B, 'h'), .route = {"a"}};
    bad.providers = signed_by(c, &other_key, PERMIT_DOMAIN, permit_copy_encode(&copy, &c->arena));
    b_is_asked(c, &bad);  // forged
    (void)lies_before_b(c, &good, &found);
    assert_false(found);
    bad = good;
    bad.key[1] ^= 1;  // another key than the permit's
    b_is_asked(c, &bad);
    bad = good;
    bad.providers = good.inquirers;  // the other side's copy
    b_is_asked(c, &bad);
    (void)lies_before_b(c, &good, &found);
    assert_false(found);
    assert_true(incidents_of(c, B, "PERMIT") >= 2);
    assert_int_equal(records_of(c, B, &last), 0);
    c->now += ALLOW_LIST_LIFE;  // by an old list nothing is said, until it is fetched
    list_told(c, A, 1, c->now, 25);
    one = wish(c);
    Permitted later = before_b(c, HANAKO, &one, 'h');
    b_is_asked(c, &later);
    (void)lies_before_b(c, &later, &found);
    assert_false(found);
    RelayBatch nothing_new = {0};
    (void)difference(c, &nothing_new);
    list_told(c, B, 1, c->now, 25);
    b_is_asked(c, &later);
    assert_int_equal(reply_of_b(c, &later).reply.kind, REPLY_ANSWERED);
}

// Proves C-3.6-05: nothing leaves by a permit that the core has not signed, or by a word about another key's question.
static void a_goes_by_no_word_that_is_not_the_cores(void **state)
{
    Country *c = *state;
    unsigned char other[ED25519_KEY_BYTES] = {9};
    SECRET(other_key);
    secret_set(&other_key, (Bytes){other, sizeof other});
    hanako_everywhere(c);
    InquiryWish one = wish(c);
    assert_int_equal(wished(c, HANAKO, &one).len, 0);
    InquiryRow row = owing(c);
    Permitted good = permitted(c, row.ask.asked, 'h');
    PermitCopy copy = {.permit = good.permit, .holder = ROLE_INQUIRER, .code = code_in(A, 'h')};
    Str forged = signed_by(c, &other_key, PERMIT_DOMAIN, permit_copy_encode(&copy, &c->arena));
    PermitReply reply = {.inquiry = one.inquiry, .key = row.ask.asked.key, .signed_copy = bytes_of_text(forged)};
    letter(c, A, LETTER_PERMIT_REPLY, permit_reply_encode(&reply, &c->arena));
    assert_int_equal(owing(c).owed & INQUIRY_ASK_PROVIDER, 0);
    PermitReply no = {.inquiry = one.inquiry, .key = row.ask.asked.key, .refusal = S("E301")};
    no.key.at[0] ^= 1;  // a no to whoever asked under this number with another key
    letter(c, A, LETTER_PERMIT_REPLY, permit_reply_encode(&no, &c->arena));
    assert_int_equal(result_of(c, &one.inquiry).state, INQUIRY_PERMITTING);
    reply.signed_copy = bytes_of_text(good.inquirers);
    letter(c, A, LETTER_PERMIT_REPLY, permit_reply_encode(&reply, &c->arena));
    assert_true(owing(c).owed & INQUIRY_ASK_PROVIDER);
}

// Proves C-3.6-06, C-3.6-27: each of the two refuses by its own list alone, whatever the others' say.
static void each_refuses_by_its_own_list_alone(void **state)
{
    enum { ANOTHER_ITEM = 27 };  // the one that the list now has; of the assessment too
    Country *c = *state;
    hanako_everywhere(c);
    InquiryWish one = wish(c), two;
    Permitted permit = before_b(c, HANAKO, &one, 'h');
    list_told(c, B, 1, c->now, ANOTHER_ITEM);
    b_is_asked(c, &permit);  // allowed by A and by the core
    ReplySent said = reply_of_b(c, &permit);
    assert_int_equal(said.reply.kind, REPLY_REFUSED);
    assert_int_equal(said.reply.refusal, RESULT_NOT_ALLOWED);
    list_told(c, A, 1, c->now, ANOTHER_ITEM);
    two = wish(c);
    assert_true(str_equal(wished(c, HANAKO, &two), S("E301")));
}

static void whose_link_is_doubted_is_answered_by_people_alone(void **state)
{
    Country *c = *state;
    hanako_everywhere(c);
    stock(c, B, 'z');
    code_arrives(c, B, code_asked(c, B, HANAKO, wanted).acquisition, code_in(B, 'h'));  // E105: somebody else's request brings it
    assert_true(standing_of(c, B, TARO).doubted);
    InquiryWish one = wish(c);
    Permitted permit = before_b(c, HANAKO, &one, 'h');
    b_is_asked(c, &permit);
    assert_int_equal(reply_of_b(c, &permit).reply.kind, REPLY_HELD);
}

// F4, F10: copies have an age.
static void old_copies_answer_nobody_until_they_are_made_equal(void **state)
{
    Country *c = *state;
    bool found;
    RelayBatch nothing_new = {0};
    hanako_everywhere(c);
    c->now += COPIES_LIFE;
    InquiryWish one = wish(c);
    Permitted permit = before_b(c, HANAKO, &one, 'h');
    b_is_asked(c, &permit);
    (void)lies_before_b(c, &permit, &found);
    assert_false(found);
    assert_int_equal(incidents_of(c, B, "PERMIT"), 1);
    (void)difference(c, &nothing_new);
    b_is_asked(c, &permit);
    assert_int_equal(reply_of_b(c, &permit).reply.kind, REPLY_ANSWERED);
}

static void a_permit_is_one_answer_however_often_it_comes(void **state)
{
    Country *c = *state;
    LinkageResult last;
    hanako_everywhere(c);
    InquiryWish one = wish(c);
    Permitted permit = before_b(c, HANAKO, &one, 'h');
    b_is_asked(c, &permit);
    ReplySent first = reply_of_b(c, &permit);
    b_is_asked(c, &permit);
    ReplySent again = reply_of_b(c, &permit);
    assert_true(str_equal(text_of_bytes(first.envelope), text_of_bytes(again.envelope)));
    a_hears(c, first);
    a_hears(c, first);
    assert_int_equal(records_of(c, A, &last), 1);
    assert_int_equal(records_of(c, B, &last), 1);
}

// F1, F6: another's answer is never ours, whoever mixes them up.
static void somebody_elses_answer_is_not_used(void **state)
{
    Country *c = *state;
    hanako_everywhere(c);
    InquiryWish first = wish(c), second = wish(c);
    Permitted one = before_b(c, HANAKO, &first, 'h'), two = before_b(c, HANAKO, &second, 'h');
    b_is_asked(c, &one);
    b_is_asked(c, &two);
    ReplySent mixed = reply_of_b(c, &one);
    mixed.envelope = reply_of_b(c, &two).envelope;
    a_hears(c, mixed);
    assert_int_equal(result_of(c, &first.inquiry).result, RESULT_NONE);
    assert_int_equal(incidents_of(c, A, "ANSWER"), 1);
    a_hears(c, reply_of_b(c, &one));
    assert_int_equal(result_of(c, &first.inquiry).result, RESULT_GIVEN);
}

// ---- people decide

static void looked_at_first(Country *c)
{
    TestAct in;
    UnifiedNo taro;
    assert_true(unified_no_parse(TARO, &taro, &c->err));
    by(c, B, &command_held, "佐藤", &in);
    assert_true(act_begin(&in.act, &c->err) && look_first_set(in.act.store, &taro, c->now, true, &c->err) &&
                store_commit(in.act.store, &c->err));
    test_act_leave(&in);
}

static void decision_asked(Country *c, const Permitted *permit, ProvisionChoice choice)
{
    TestAct in;
    bool found;
    int64_t number;
    ProvisionRow row = lies_before_b(c, permit, &found);
    by(c, B, &command_held, "佐藤", &in);
    assert_true(act_begin(&in.act, &c->err));
    assert_true(held_ask(&in.act, row.provision_id, choice, S("確かめました"), &number, &c->err));
    assert_true(store_commit(in.act.store, &c->err));
    test_act_leave(&in);
}

static Permitted held_at_b(Country *c, InquiryWish *one)
{
    hanako_everywhere(c);
    looked_at_first(c);
    *one = wish(c);
    Permitted permit = before_b(c, HANAKO, one, 'h');
    b_is_asked(c, &permit);
    ReplySent held = reply_of_b(c, &permit);
    assert_int_equal(held.reply.kind, REPLY_HELD);
    assert_int_equal(held.envelope.len, 0);
    a_hears(c, held);
    InquiryResult waiting = result_of(c, &one->inquiry);
    assert_string_equal(inquiry_result_status(&waiting), "04");
    return permit;
}

static void a_held_answer_goes_out_when_another_one_says_so(void **state)
{
    Country *c = *state;
    InquiryWish one;
    Permitted permit = held_at_b(c, &one);
    decision_asked(c, &permit, CHOICE_RELEASE);
    requests_granted(c, B, "佐藤", E_RIGHT);  // whoever asked
    assert_int_equal(result_of(c, &one.inquiry).result, RESULT_NONE);
    requests_granted(c, B, "鈴木", E_NONE);
    a_hears(c, reply_of_b(c, &permit));
    assert_int_equal(result_of(c, &one.inquiry).result, RESULT_GIVEN);
}

static void two_people_refuse_and_their_reason_stays_here(void **state)
{
    Country *c = *state;
    InquiryWish one;
    LinkageResult last;
    Permitted permit = held_at_b(c, &one);
    decision_asked(c, &permit, CHOICE_REFUSE);
    requests_granted(c, B, "鈴木", E_NONE);
    ReplySent no = reply_of_b(c, &permit);
    assert_int_equal(no.reply.refusal, RESULT_REFUSED);
    a_hears(c, no);
    assert_int_equal(result_of(c, &one.inquiry).result, RESULT_REFUSED);
    assert_int_equal(records_of(c, B, &last), 1);
    assert_int_equal(last, RESULT_REFUSED);
}

// What was seen is what goes out: a copy that changes meanwhile ends the request.
static void a_request_lapses_when_the_answer_is_another_one(void **state)
{
    Country *c = *state;
    InquiryWish one;
    bool found;
    RelayBatch more = {0};
    Permitted permit = held_at_b(c, &one);
    decision_asked(c, &permit, CHOICE_RELEASE);
    CopyRecord changed = dose(c, "D-1", 2);
    changed.items.at[6].value = S("ANOTHER");
    row_add(c, &more, TARO, &changed);
    assert_true(relay_taken(&difference(c, &more).rows.at[0]));
    requests_granted(c, B, "鈴木", E_CONFLICT);
    assert_int_equal(lies_before_b(c, &permit, &found).state.state, PROVISION_HELD);
}

// ---- whom the register protects

static void register_says_of(Country *c, Str person, bool is_protected)
{
    RelayBatch batch = {0};
    RelayAnswer answer;
    *relay_rows_push(&batch.rows, &c->arena) = (RelayRow){person, bytes_of_text(shield_word_encode(is_protected, &c->arena))};
    Str bytes = asked_by_unified(c, B, RELAY_SHIELDS, relay_batch_encode(&batch, &c->arena));
    assert_true(relay_answer_decode(bytes, &c->arena, &answer, &c->err));
    assert_true(relay_taken(&answer.rows.at[0]));
}

static void register_says(Country *c, bool is_protected)
{
    register_says_of(c, TARO, is_protected);
}

// What B would tell the core now; it is then told. The last word of it.
static ShieldTold told_to_core(Country *c, ptrdiff_t words)
{
    TestAct in;
    ShieldDebts debts;
    BundleRows parts = {0};
    ShieldTold last = {0};
    by(c, B, &command_held, "佐藤", &in);
    assert_true(act_begin(&in.act, &c->err) && shields_owing(in.act.store, 10, &c->arena, &debts, &c->err));
    shield_parts(&debts, &parts, &c->arena);
    assert_int_equal(parts.count, words);
    VEC_EACH (const Str, part, parts) assert_true(shield_told_decode(*part, &last, &c->err));
    VEC_EACH (const ShieldDebt, debt, debts) assert_true(shield_paid(in.act.store, debt, &c->err));
    assert_true(store_commit(in.act.store, &c->err));
    test_act_leave(&in);
    return last;
}

static ErrorCode release_asked_of(Country *c, int64_t shield_no)
{
    TestAct in;
    int64_t number;
    by(c, B, &command_held, "佐藤", &in);
    c->err = (Error){0};
    bool asked = act_begin(&in.act, &c->err) && shielding_release_ask(&in.act, shield_no, S("裁判所の決定"), &number, &c->err) &&
                 store_commit(in.act.store, &c->err);
    if (!asked) store_rollback(in.act.store);
    test_act_leave(&in);
    return asked ? E_NONE : c->err.code;
}

static ErrorCode release_asked(Country *c)
{
    return release_asked_of(c, 1);
}

// linkage.md 6.4 rules 5 and 8: all three at once, from the register's word alone; its end shows nothing, two people do, and none
// while it lasts.
static void who_is_protected_is_hidden_until_two_people_say_otherwise(void **state)
{
    Country *c = *state;
    PairwiseCode taro = code_in(B, 'h');
    hanako_everywhere(c);
    register_says(c, true);
    register_says(c, true);
    InquiryWish one = wish(c);
    Permitted permit = before_b(c, HANAKO, &one, 'h');
    b_is_asked(c, &permit);
    assert_int_equal(reply_of_b(c, &permit).reply.kind, REPLY_HELD);
    ShieldTold told = told_to_core(c, 1);
    assert_true(pairwise_same(&told.code, &taro));
    assert_int_equal(told.hides, SHIELD_CORES);
    (void)told_to_core(c, 0);  // once
    assert_int_equal(release_asked(c), E_CONFLICT);
    register_says(c, false);
    assert_int_equal(incidents_of(c, B, "SHIELD"), 1);
    assert_int_equal(told_to_core(c, 1).hides, SHIELD_CORES);
    assert_int_equal(release_asked(c), E_NONE);
    requests_granted(c, B, "佐藤", E_RIGHT);  // whoever asked
    (void)told_to_core(c, 0);
    requests_granted(c, B, "鈴木", E_NONE);
    assert_int_equal(told_to_core(c, 1).hides, 0);
    register_says(c, true);  // and again
    assert_int_equal(told_to_core(c, 1).hides, SHIELD_CORES);
}

// What B shows the citizen of the code, opened as the portal would; {0}: nothing.
static Str shown_to_citizen(Country *c, PairwiseCode code)
{
    SECRET(private_key);
    Str data;
    HpkePublic key;
    Bytes plain;
    TestAct in;
    SelfAnswers answers;
    Str use = SELF_USE;
    static const unsigned char seed[HPKE_SEED_BYTES] = {8};
    SelfAsk ask = {.view = {{(unsigned char)++c->permits}}, .code = code, .dataset = {"TM9000000000YB01"}};
    assert_true(hpke_keys_made((Bytes){seed, sizeof seed}, &private_key, &key, &c->err));
    memcpy(ask.key, key.at, sizeof ask.key);
    for (int twice = 0; twice < 2; twice++) letter(c, B, LETTER_SELF_ASK, self_ask_encode(&ask, &c->arena));
    by(c, B, &command_held, "佐藤", &in);
    assert_true(act_begin(&in.act, &c->err) && self_answers_owed(in.act.store, 10, &c->arena, &answers, &c->err));
    assert_int_equal(answers.count, 1);
    assert_true(self_answers_sent(in.act.store, answers.at[0].answer_no, &c->err) && store_commit(in.act.store, &c->err));
    test_act_leave(&in);
    const HpkeUse how = {bytes_of_text(use), {ask.view.at, sizeof ask.view.at}};
    assert_true(hpke_open(&private_key, how, answers.at[0].told.envelope, &c->arena, &plain, &c->err));
    assert_true(self_body_decode(text_of_bytes(plain), &data, &c->err));
    return data;
}

// 自己情報提供不可: B looks for itself, whatever the core let through; nobody, a doubt and what is hidden look the same.
static void what_is_hidden_is_shown_to_no_citizen(void **state)
{
    Country *c = *state;
    CopyAnswer answer;
    hanako_everywhere(c);
    Str data = shown_to_citizen(c, code_in(B, 'h'));
    assert_true(copy_answer_decode(data, &c->arena, &answer, &c->err));
    assert_true(str_equal(copy_value(&answer.records.at[0], DOSE_LOT), S(LOT)));
    assert_int_equal(shown_to_citizen(c, code_in(B, 'x')).len, 0);  // nobody
    (void)code_asked(c, B, TARO, (CodeRequest){.kind = CODE_REQUEST_DOUBT});
    assert_int_equal(shown_to_citizen(c, code_in(B, 'h')).len, 0);
    (void)code_asked(c, B, TARO, (CodeRequest){.kind = CODE_REQUEST_RECONCILE});
    assert_true(shown_to_citizen(c, code_in(B, 'h')).len > 0);
    register_says(c, true);
    assert_int_equal(shown_to_citizen(c, code_in(B, 'h')).len, 0);
}

// A release that was asked for ends where the register protects the person again.
static void a_release_lapses_when_protection_begins_again(void **state)
{
    Country *c = *state;
    hanako_everywhere(c);
    register_says(c, true);
    register_says(c, false);
    assert_int_equal(release_asked(c), E_NONE);
    register_says(c, true);
    requests_granted(c, B, "鈴木", E_CONFLICT);
    assert_int_equal(told_to_core(c, 1).hides, SHIELD_CORES);
}

// A code that comes later is told then; what was said under another one, which may be a stranger's, is taken back.
static void what_is_hidden_follows_the_code(void **state)
{
    Country *c = *state;
    register_says(c, true);
    (void)told_to_core(c, 0);
    code_held(c, B, TARO, 'x');
    assert_int_equal(told_to_core(c, 1).hides, SHIELD_CORES);
    (void)code_asked(c, B, TARO, (CodeRequest){.kind = CODE_REQUEST_RELEASE});
    code_held(c, B, TARO, 'h');
    PairwiseCode taro = code_in(B, 'h');
    ShieldTold told = told_to_core(c, 2);
    assert_true(pairwise_same(&told.code, &taro));
    assert_int_equal(told.hides, SHIELD_CORES);
}

// A link that was a wrong person's: what the core hides of him is shown again, once, though no other code ever comes.
static void a_released_link_hides_no_stranger(void **state)
{
    Country *c = *state;
    PairwiseCode stranger = code_in(B, 'x'), taro = code_in(B, 'h');
    register_says(c, true);
    code_held(c, B, TARO, 'x');
    assert_int_equal(told_to_core(c, 1).hides, SHIELD_CORES);
    (void)code_asked(c, B, TARO, (CodeRequest){.kind = CODE_REQUEST_RELEASE});
    ShieldTold told = told_to_core(c, 1);
    assert_true(pairwise_same(&told.code, &stranger));
    assert_int_equal(told.hides, 0);
    (void)told_to_core(c, 0);
    code_held(c, B, TARO, 'h');
    told = told_to_core(c, 1);
    assert_true(pairwise_same(&told.code, &taro));
    assert_int_equal(told.hides, SHIELD_CORES);
}

// The link is released between the sending of the word and its receipt.
static void a_word_that_was_overtaken_is_owed_still(void **state)
{
    Country *c = *state;
    TestAct in;
    ShieldDebts debts;
    register_says(c, true);
    code_held(c, B, TARO, 'x');
    by(c, B, &command_held, "佐藤", &in);
    assert_true(shields_owing(in.act.store, 10, &c->arena, &debts, &c->err));
    assert_int_equal(debts.count, 1);
    test_act_leave(&in);
    (void)code_asked(c, B, TARO, (CodeRequest){.kind = CODE_REQUEST_RELEASE});
    by(c, B, &command_held, "佐藤", &in);
    assert_true(act_begin(&in.act, &c->err) && shield_paid(in.act.store, &debts.at[0], &c->err) &&
                store_commit(in.act.store, &c->err));
    test_act_leave(&in);
    assert_int_equal(told_to_core(c, 1).hides, 0);
    (void)told_to_core(c, 0);
}

// The released code was another's of the same city: whatever the order of rows, her own word is the last.
static void what_is_taken_back_uncovers_nobody_who_has_the_code_now(void **state)
{
    Country *c = *state;
    PairwiseCode hanako = code_in(B, 'x');
    register_says_of(c, HANAKO, true);
    register_says(c, true);
    code_held(c, B, TARO, 'x');
    assert_int_equal(told_to_core(c, 1).hides, SHIELD_CORES);
    (void)code_asked(c, B, TARO, (CodeRequest){.kind = CODE_REQUEST_RELEASE});
    code_held(c, B, HANAKO, 'x');
    ShieldTold told = told_to_core(c, 2);
    assert_true(pairwise_same(&told.code, &hanako));
    assert_int_equal(told.hides, SHIELD_CORES);
}

// ---- two numbers of one person

// Taro's number goes on as Hanako's.
static void taro_merged(Country *c)
{
    TestAct in;
    CodeNo no;
    LinkageHome home;
    UnifiedNo taro, hanako;
    assert_true(unified_no_parse(TARO, &taro, &c->err) && unified_no_parse(HANAKO, &hanako, &c->err));
    by(c, B, &command_held, "佐藤", &in);
    assert_true(act_begin(&in.act, &c->err) && linkage_home(&in.act, &c->arena, &home, &c->err) &&
                coding_merged(&home, &taro, &hanako, c->arena, &no, &c->err) && store_commit(in.act.store, &c->err));
    assert_int_equal(no, CODE_YES);
    test_act_leave(&in);
}

// The register protects the old number alone: nothing is shown while it does, under neither.
static void protection_goes_on_under_the_number_that_is_left(void **state)
{
    enum { HANAKOS = 2 };
    Country *c = *state;
    PairwiseCode code = code_in(B, 'h');
    code_held(c, B, TARO, 'h');
    register_says(c, true);
    assert_int_equal(told_to_core(c, 1).hides, SHIELD_CORES);
    taro_merged(c);
    (void)told_to_core(c, 0);  // what the core hides stays hidden until she has a code
    assert_int_equal(release_asked_of(c, HANAKOS), E_CONFLICT);
    code_held(c, B, HANAKO, 'h');
    ShieldTold told = told_to_core(c, 1);
    assert_true(pairwise_same(&told.code, &code));
    assert_int_equal(told.hides, SHIELD_CORES);
    register_says(c, false);
    (void)told_to_core(c, 0);  // of the old number the core hears no more
    assert_int_equal(incidents_of(c, B, "SHIELD"), 1);
    assert_int_equal(release_asked_of(c, HANAKOS), E_NONE);
    register_says(c, true);  // and again
    requests_granted(c, B, "鈴木", E_CONFLICT);
    assert_int_equal(told_to_core(c, 1).hides, SHIELD_CORES);
}

static void protection_of_an_old_number_that_begins_later_hides_the_person(void **state)
{
    Country *c = *state;
    PairwiseCode code = code_in(B, 'h');
    code_held(c, B, TARO, 't');
    code_held(c, B, HANAKO, 'h');
    taro_merged(c);
    (void)told_to_core(c, 0);
    register_says(c, true);
    ShieldTold told = told_to_core(c, 1);
    assert_true(pairwise_same(&told.code, &code));
    assert_int_equal(told.hides, SHIELD_CORES);
}

// Another code than hers was a stranger's: he is shown again.
static void a_merged_number_hides_no_stranger(void **state)
{
    Country *c = *state;
    code_held(c, B, TARO, 'x');
    code_held(c, B, HANAKO, 'h');
    register_says(c, true);
    assert_int_equal(told_to_core(c, 1).hides, SHIELD_CORES);
    taro_merged(c);
    assert_int_equal(told_to_core(c, 2).hides, SHIELD_CORES);
    (void)told_to_core(c, 0);
}

// ---- a canary in the copies of another

static void canary_kept(Country *c)
{
    TestAct in;
    CanaryRow row = {.provider = codes_of_cities[B], .dataset = {"TM9000000000YB01"}, .days = 2, .since = c->now};
    assert_true(unified_no_parse(HANAKO, &row.person, &c->err));
    by(c, A, &command_held, "佐藤", &in);
    assert_true(act_begin(&in.act, &c->err) && canary_save(in.act.store, &row, &c->err) && store_commit(in.act.store, &c->err));
    test_act_leave(&in);
}

static bool watched(Country *c)
{
    bool due;
    TestAct in;
    LinkageHome home;
    by(c, A, &command_held, "佐藤", &in);
    assert_true(canaries_due(&in.act, c->arena, &due, &c->err));
    assert_true(act_begin(&in.act, &c->err) && linkage_home(&in.act, &c->arena, &home, &c->err) &&
                canaries_watch(&home, &c->arena, &c->err) && store_commit(in.act.store, &c->err));
    test_act_leave(&in);
    return due;
}

static CanaryNo canary_says(Country *c)
{
    CanaryRows rows;
    assert_true(canaries(c->offices[A].store, &c->arena, &rows, &c->err));
    assert_int_equal(rows.count, 1);
    return canary_row_objection(&rows.at[0], c->now);
}

// The day's question of A passes the core and B's own server, as anybody's would.
static void canary_answered(Country *c)
{
    InquiryRow row = owing(c);
    Permitted permit = permitted(c, row.ask.asked, 'h');
    const PermitReply reply = {.inquiry = row.ask.asked.inquiry, .key = row.ask.asked.key, .signed_copy = bytes_of_text(permit.inquirers)};
    letter(c, A, LETTER_PERMIT_REPLY, permit_reply_encode(&reply, &c->arena));
    memcpy(permit.key, row.public_key.at, sizeof permit.key);
    b_is_asked(c, &permit);
    a_hears(c, reply_of_b(c, &permit));
    assert_true(watched(c));
}

// F10: read from the inquirer's end each day, unasked; what cannot be read, or is old, or was not read at all is no good news. The
// ledger, which asked nothing, hears nothing.
static void a_canary_is_read_from_here_each_day(void **state)
{
    Country *c = *state;
    RelayBatch none = {0};
    hanako_everywhere(c);
    canary_kept(c);
    assert_true(watched(c));
    assert_false(watched(c));  // once a day
    canary_answered(c);
    assert_int_equal(canary_says(c), CANARY_SINGS);
    InquiryNo first = {"90000000000000000001"};
    assert_int_equal(result_of(c, &first).result, RESULT_NONE);
    c->now += INSTANT_DAY;
    list_told(c, A, 2, c->now, 25);
    list_told(c, B, 2, c->now, 25);
    assert_true(watched(c));
    CopyRecord deleted = {.version = 2, .deleted = true};
    assert_true(copy_key_read(S("D-1"), &deleted.key));
    row_add(c, &none, TARO, &deleted);
    assert_true(relay_taken(&difference(c, &none).rows.at[0]));  // B's copies lose her, and B sees nothing wrong
    canary_answered(c);
    assert_int_equal(canary_says(c), CANARY_ABSENT);
}

// Each objection says what it is in words, and where our own list forbids the question nobody else is blamed.
static void a_canary_says_whose_work_it_is(void **state)
{
    Country *c = *state;
    CanaryRow row = {.days = 2, .since = c->now, .result = RESULT_NOT_ALLOWED};
    Str ours = canary_words(&row, c->now, &c->arena);
    assert_true(str_find(ours, S("照合リスト")) >= 0);
    assert_int_equal(str_find(ours, S("提供側")), -1);
    row.result = RESULT_NOBODY;
    Str theirs = canary_words(&row, c->now, &c->arena);
    assert_true(str_find(theirs, result_words(RESULT_NOBODY)) >= 0);
    assert_true(str_find(theirs, S("提供側")) >= 0);
}

static ErrorCode canary_set(Country *c, int64_t days)
{
    TestAct in;
    CommandLine line = {.command = &command_canary.typed};
    ExitStatus status = EXIT_DONE;
    const Str words[] = {S("set"), HANAKO, str_of(codes_of_cities[B].digits)};
    for (ptrdiff_t i = 0; i < countof(words); i++) *strs_push(&line.arguments, &c->arena) = words[i];
    for (const Option *option = line.command->options; option->kind != OPTION_END; option++)
        if (!strcmp(option->name, "days")) *givens_push(&line.given, &c->arena) = (Given){.option = option, .number = days};
    by(c, A, &command_canary, "佐藤", &in);
    c->err = (Error){0};
    bool set = command_canary.command(&in.act, &line, &c->arena, &status, &c->err);
    test_act_leave(&in);
    return set ? E_NONE : c->err.code;
}

static void a_canary_may_be_as_old_as_a_year(void **state)
{
    Country *c = *state;
    static const int64_t refused[] = {0, -1, 366, INT64_C(4294967297)};  // the last is 1 where it is cut
    for (ptrdiff_t i = 0; i < countof(refused); i++) assert_int_equal(canary_set(c, refused[i]), E_USAGE);
    assert_int_equal(canary_set(c, 365), E_NONE);
}

// Nothing comes back at all: the other side is silent, or nobody exchanges.
static void a_canary_that_nobody_reads_is_no_good_news(void **state)
{
    Country *c = *state;
    hanako_everywhere(c);
    canary_kept(c);
    assert_true(watched(c));
    assert_int_equal(canary_says(c), CANARY_SINGS);
    c->now += CANARY_PATIENCE;
    assert_int_equal(canary_says(c), CANARY_UNREAD);
}

// ---- what is past its period

static void a_result_is_erased_with_its_key_and_the_record_stays(void **state)
{
    Country *c = *state;
    TestAct in;
    int64_t gone;
    LinkageResult last;
    InquiryRow row;
    bool found;
    hanako_everywhere(c);
    InquiryResult before = asked_and_answered(c, 'h');
    assert_true(before.data.len > 0);
    assert_true(inquiry_of_number(c->offices[A].store, &before.inquiry, &c->arena, &row, &found, &c->err));
    assert_int_equal(row.sealed_key.len, 0);  // the one-time key went with the answer
    for (int day = 0; day < 15; day += 14) {
        c->now += day * INSTANT_DAY + (day ? INSTANT_MINUTE : 0);
        by(c, A, &office_erase, "佐藤", &in);
        assert_true(erasures_done(&in.act, &gone, &c->err));
        test_act_leave(&in);
        assert_true(inquiry_of_number(c->offices[A].store, &before.inquiry, &c->arena, &row, &found, &c->err));
        assert_int_equal(row.erased_at > 0, day > 0);
    }
    InquiryResult after = result_of(c, &before.inquiry);
    assert_int_equal(after.result, RESULT_GIVEN);
    assert_int_equal(after.data.len, 0);
    assert_true(inquiry_of_number(c->offices[A].store, &before.inquiry, &c->arena, &row, &found, &c->err));
    assert_int_equal(row.result_key.len, 0);
    assert_true(row.erased_at > 0);
    assert_int_equal(records_of(c, A, &last), 1);
}

static RelayFeed code_states(Country *c, int64_t after)
{
    RelayFeed feed;
    const RelayFeedAsk ask = {.after = after, .most = 10};
    Str answer = asked_by_unified(c, A, RELAY_CODE_STATES, relay_feed_ask_encode(&ask, &c->arena));
    assert_true(relay_feed_decode(answer, &c->arena, &feed, &c->err));
    return feed;
}

// Put back from an older copy, by whatever means: unified's cursor swallows no news.
static void news_of_a_server_of_an_older_copy_lie_above_the_cursor(void **state)
{
    Country *c = *state;
    code_held(c, A, HANAKO, 'h');
    RelayFeed before = code_states(c, 0);
    Store *store = c->offices[A].store;
    assert_true(store_begin(store, &c->err));
    assert_true(store_execute(store, "DELETE FROM code_hold; UPDATE given_number SET last = 0", &c->err));
    assert_true(store_commit(store, &c->err));
    c->now += INSTANT_SECOND;
    code_held(c, A, TARO, 't');
    RelayFeed after = code_states(c, before.rows.at[before.rows.count - 1].no);
    assert_int_equal(after.rows.count, 1);
    assert_true(str_equal(after.rows.at[0].person, TARO));
}

static Str tally_trouble(Country *c, int city)
{
    TestAct in;
    Str trouble;
    by(c, city, &command_held, "佐藤", &in);
    assert_true(store_begin_read(in.act.store, &c->err));
    assert_true(tally_verify(in.act.store, &in.act.office->trail, &c->arena, &trouble, &c->err));
    assert_true(store_commit(in.act.store, &c->err));
    test_act_leave(&in);
    return trouble;
}

// What was asked, answered and laid down is counted by the records: what SQL takes away is named.
static void what_sql_takes_away_is_named(void **state)
{
    static const struct { int city; const char *table, *words; } sets[] = {
        {A, "inquiry", "照会"}, {B, "copy_record", "副本"}, {B, "provision", "提供"}};
    Country *c = *state;
    TestAct in;
    hanako_everywhere(c);
    (void)asked_and_answered(c, 'h');
    for (int city = 0; city < CITIES; city++) {
        by(c, city, &command_held, "佐藤", &in);
        const AuditLeaf leaf = act_leaf(&in.act, AUDIT_DONE);
        assert_true(act_record_now(&in.act, &leaf, &c->err));
        test_act_leave(&in);
        assert_int_equal(tally_trouble(c, city).len, 0);
    }
    for (ptrdiff_t i = 0; i < countof(sets); i++) {
        by(c, sets[i].city, &command_held, "佐藤", &in);
        assert_true(store_execute(in.act.store, str_z(&c->arena, str_format(&c->arena, "DELETE FROM %s", sets[i].table)), &c->err));
        test_act_leave(&in);
        assert_true(str_find(tally_trouble(c, sets[i].city), str_of(sets[i].words)) >= 0);
    }
}

static int64_t rows_of(Country *c, const char *sql)
{
    int64_t rows = -1;
    Query *q = query_begin(c->offices[A].store, sql, &c->err);
    assert_non_null(q);
    if (query_next(q)) rows = column_int64(q, 0);
    assert_true(query_end(q, &c->err));
    return rows;
}

// 番号法: seven whole years; the table itself loses nothing younger, and the trail, which counted them, stands.
static void records_go_after_seven_years_and_none_before(void **state)
{
    Country *c = *state;
    static const char count[] = "SELECT count(*) FROM provision_record";
    hanako_everywhere(c);
    (void)asked_and_answered(c, 'h');
    (void)asked_and_answered(c, 'i');
    int64_t all = rows_of(c, count);
    assert_true(all > 1);
    assert_true(store_begin(c->offices[A].store, &c->err));
    assert_false(store_execute(c->offices[A].store, "DELETE FROM provision_record", &c->err));
    store_rollback(c->offices[A].store);
    for (int later = 0; later < 2; later++) {
        TestAct in;
        int64_t gone;
        Instant written = rows_of(c, "SELECT max(written_at) FROM provision_record");
        c->now = retention_end(RETAIN_RECORD, written, 0) - (later ? 0 : INSTANT_DAY + 1);
        by(c, A, &office_erase, "佐藤", &in);
        assert_true(erasures_done(&in.act, &gone, &c->err));
        test_act_leave(&in);
        assert_int_equal(rows_of(c, count), later ? 0 : all);
        assert_int_equal(tally_trouble(c, A).len, 0);
    }
    assert_int_equal(rows_of(c, "SELECT count(*) FROM acquisition"), 0);
}

static ExitStatus status_of(Country *c, int city)
{
    TestAct in;
    const CommandLine line = {0};
    ExitStatus status = EXIT_DONE;
    by(c, city, &command_status, "佐藤", &in);
    assert_true(command_status.command(&in.act, &line, &c->arena, &status, &c->err));
    test_act_leave(&in);
    return status;
}

// F17: a server is well by what its line has brought, not by running.
static void a_line_that_brings_nothing_is_told(void **state)
{
    Country *c = *state;
    assert_int_equal(status_of(c, A), EXIT_DONE);
    c->now += 2 * EXCHANGE_LIST_INTERVAL - 1;
    assert_int_equal(status_of(c, A), EXIT_DONE);
    c->now++;
    assert_int_equal(status_of(c, A), EXIT_ATTENTION);
}

// A server to which no list has come yet has lost no line: it is asked to look at its list, and no more.
static void a_server_just_admitted_is_not_called_dead(void **state)
{
    Country *c = *state;
    Act act = {.now = c->now};
    const CopySetRows none = {0};
    LinkageHome home = {.act = &act, .admitted = true};
    assert_false(linkage_line_is_dead(&home));
    assert_int_equal(linkage_wrong(&home, &none), 1);
    home.list = (AllowList){.version = 1, .as_of = c->now};
    assert_int_equal(linkage_wrong(&home, &none), 0);
    home.list.as_of = c->now - 2 * EXCHANGE_LIST_INTERVAL;
    assert_true(linkage_line_is_dead(&home));
    assert_int_equal(linkage_wrong(&home, &none), 1);
}

// One that was told ended may wait for a late answer: its result is shown, and what is waited for.
static void an_inquiry_that_was_told_waits_for_nothing_but_a_late_answer(void **state)
{
    static const struct { InquiryState state; LinkageResult result; bool waits; const char *words; } all[] = {
        {INQUIRY_PERMITTING, RESULT_NONE, true, "許可証"},   {INQUIRY_PERMITTING, RESULT_CANCELLED, false, "遅れて"},
        {INQUIRY_ASKING, RESULT_NONE, true, "相手の応答"},   {INQUIRY_ASKING, RESULT_SILENT, false, "遅れて"},
        {INQUIRY_ASKING, RESULT_UNREADABLE, false, "遅れて"}, {INQUIRY_HELD, RESULT_CANCELLED, false, "遅れて"},
        {INQUIRY_HELD, RESULT_NONE, true, "相手の職員"},     {INQUIRY_ENDED, RESULT_SILENT, false, "照会し直し"},
        {INQUIRY_ENDED, RESULT_GIVEN, false, "台帳が受け取り"}};
    (void)state;
    for (ptrdiff_t i = 0; i < countof(all); i++) {
        const Inquiry inquiry = {.state = all[i].state, .result = all[i].result};
        assert_int_equal(inquiry_waits(&inquiry), all[i].waits);
        assert_true(str_find(inquiry_next_words(&inquiry), str_of(all[i].words)) >= 0);
    }
}

static void nobody_but_unified_may_ask(void **state)
{
    Country *c = *state;
    static const char *const strangers[] = {"ledger", "addressee", "unified-0220140100500000", "network", ""};
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        Act act;
        const ActAsked asked = {.actor = actor_of_certificate(str_of(strangers[i]), &c->arena), .now = c->now};
        const Door *door = door_named(intermediate_office.doors, S(RELAY_RESULTS));
        assert_false(act_enter(&c->offices[A], door, &asked, &c->arena, &act, &c->err));
        assert_int_equal(c->err.code, E_RIGHT);
    }
}

#define ASKING(name)    cmocka_unit_test_setup_teardown(name, asker_on_server, tear_down)
#define ANSWERING(name) cmocka_unit_test_setup_teardown(name, answerer_on_server, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ASKING(a_code_is_asked_for_with_a_number_and_comes_by_letter),
        ASKING(one_code_for_two_people_doubts_both),
        ASKING(what_unified_doubts_answers_nobody),
        ANSWERING(a_bad_record_holds_up_no_other_and_both_sides_compare),
        ANSWERING(a_head_that_cannot_be_read_is_told_and_nothing_is_taken),
        ANSWERING(a_message_twice_is_answered_as_it_was_and_an_old_version_changes_nothing),
        ANSWERING(a_whole_delivery_sweeps_and_too_much_of_it_waits_for_another),
        ASKING(what_was_asked_for_comes_and_nothing_else_and_both_remember),
        ASKING(what_comes_by_a_doubted_link_is_not_used),
        ASKING(what_cannot_be_opened_is_told_as_unread_and_holds_up_nobody),
        ANSWERING(no_data_is_not_nobody),
        ASKING(what_is_not_allowed_does_not_leave),
        ANSWERING(b_says_nothing_to_what_it_cannot_believe),
        ASKING(a_goes_by_no_word_that_is_not_the_cores),
        ANSWERING(each_refuses_by_its_own_list_alone),
        ANSWERING(whose_link_is_doubted_is_answered_by_people_alone),
        ANSWERING(old_copies_answer_nobody_until_they_are_made_equal),
        ANSWERING(a_permit_is_one_answer_however_often_it_comes),
        ASKING(somebody_elses_answer_is_not_used),
        ANSWERING(a_held_answer_goes_out_when_another_one_says_so),
        ANSWERING(two_people_refuse_and_their_reason_stays_here),
        ANSWERING(a_request_lapses_when_the_answer_is_another_one),
        ANSWERING(who_is_protected_is_hidden_until_two_people_say_otherwise),
        ANSWERING(what_is_hidden_is_shown_to_no_citizen),
        ANSWERING(a_release_lapses_when_protection_begins_again),
        ANSWERING(what_is_hidden_follows_the_code),
        ANSWERING(a_released_link_hides_no_stranger),
        ANSWERING(a_word_that_was_overtaken_is_owed_still),
        ANSWERING(what_is_taken_back_uncovers_nobody_who_has_the_code_now),
        ANSWERING(protection_goes_on_under_the_number_that_is_left),
        ANSWERING(protection_of_an_old_number_that_begins_later_hides_the_person),
        ANSWERING(a_merged_number_hides_no_stranger),
        ASKING(a_canary_is_read_from_here_each_day),
        ASKING(a_canary_says_whose_work_it_is),
        ASKING(a_canary_may_be_as_old_as_a_year),
        ASKING(a_canary_that_nobody_reads_is_no_good_news),
        ASKING(a_result_is_erased_with_its_key_and_the_record_stays),
        ASKING(news_of_a_server_of_an_older_copy_lie_above_the_cursor),
        ASKING(what_sql_takes_away_is_named),
        ASKING(records_go_after_seven_years_and_none_before),
        ASKING(a_line_that_brings_nothing_is_told),
        ASKING(a_server_just_admitted_is_not_called_dead),
        ASKING(an_inquiry_that_was_told_waits_for_nothing_but_a_late_answer),
        ASKING(nobody_but_unified_may_ask),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
