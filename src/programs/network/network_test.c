// The network between two cities, on real stores: codes by way of J-LIS, permits, letters, records; what comes again
// changes nothing, what is not somebody's is not told to him, and nothing that was sealed stands anywhere in clear.
// Proves F-4-01, F-4-05, F-4-07, C-3.6-05, C-3.6-06, C-3.6-20, C-3.6-22, C-3.6-37, C-3.6-38, C-3.6-39 as far as the core goes.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "allow_list_message.h"
#include "citizen.h"
#include "core_keys.h"
#include "hpke.h"
#include "network.h"
#include "network_message.h"
#include "office_main.h"
#include "permit_message.h"
#include "retention.h"
#include "self_looking.h"
#include "signed_message.h"
#include "tally.h"
#include "test_act.h"

extern const Door command_people, command_list, command_suspend, command_history;

#define KITAKYUSHU "0220140100500000"
#define FUKUOKA    "0220140130700000"
#define HANAKO     "000009722815"
#define RECORD     "00000123455"
#define SECRET_DOSE "SECRET-DOSE-OF-HANAKO"

typedef struct Country {
    TestPlace place;
    Arena arena, whole;
    TestOffice office;
    Office serving;  // answers the servers
    Instant now;
    Error err;
} Country;

// ---- the office

// As the server of an organisation asks: by the role that its certificate proves.
static bool asks(Country *c, const char *role, const char *path, Str question, Str *answer)
{
    Act act;
    const Door *door = door_named(network_office.doors, str_of(path));
    const ActAsked asked = {.actor = actor_of_certificate(str_of(role), &c->arena),
                            .now = c->now,
                            .business_day = instant_day_in_japan(c->now)};
    assert_non_null(door);
    if (!act_enter(&c->serving, door, &asked, &c->arena, &act, &c->err)) return false;
    bool answered = door->message(&act, question, &c->arena, answer, &c->err);
    if (!answered) act_failed(&act, &c->err);
    act_leave(&act);
    return answered;
}

static bool runs_with(Country *c, const Door *door, const char *first, const char *second, GivenRows given,
                      ExitStatus *status)
{
    TestAct in;
    Str arguments[] = {str_of(first), str_of(second)};
    CommandLine line = {.command = &door->typed, .arguments = {arguments, second ? 2 : 1, 2}, .given = given};
    *status = EXIT_DONE;
    assert_true(test_act_enter(&c->office, door, "佐藤", &c->arena, &in, &c->err));
    bool ran = door->command(&in.act, &line, &c->arena, status, &c->err);
    if (!ran) act_failed(&in.act, &c->err);
    test_act_leave(&in);
    return ran;
}

static bool runs(Country *c, const Door *door, const char *first, const char *second, ExitStatus *status)
{
    return runs_with(c, door, first, second, (GivenRows){0}, status);
}

static const char *file_of(Country *c, const char *name, Str text)
{
    const char *path = str_z(&c->arena, str_format(&c->arena, "%s/%s", c->place.folder, name));
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_int_equal(fwrite(text.at, 1, (size_t)text.len, out), text.len);
    assert_int_equal(fclose(out), 0);
    return path;
}

static const char people_head[] = "個人番号,住民票コード,氏名カナ,生年月日,性別,住所,消除,前の住民票コード\n";
static const char hanako_row[] = HANAKO "," RECORD ",ﾐﾎﾝ ﾊﾅｺ,2026-02-01,2,福岡県北九州市小倉北区城内1番1号,,\n";

static ExitStatus people_told(Country *c, const char *rows)
{
    ExitStatus status;
    Str text = str_format(&c->arena, "%s%s", people_head, rows);
    assert_true(runs(c, &command_people, file_of(c, "people.csv", text), NULL, &status));
    return status;
}

static void list_taken(Country *c)
{
    ExitStatus status;
    assert_true(runs(c, &command_list, LINKAGE_DATA "/organisations.csv", LINKAGE_DATA "/allow_list.csv", &status));
}

static int set_up(void **state)
{
    static Country country;
    TestAct in;
    country = (Country){.now = clock_now()};
    Country *c = &country;
    test_place_make(&c->place);
    c->whole = c->arena = arena_reserve((ptrdiff_t)512 << 20);
    c->office = test_office_at(&c->place, &network_office, instant_day_in_japan(c->now), &c->arena);
    assert_true(test_office_found(&c->office, "佐藤", &c->arena, &c->err));
    assert_true(test_act_enter(&c->office, &office_init, "佐藤", &c->arena, &in, &c->err));
    assert_true(core_keys_found(&in.act, c->arena, &c->err));
    test_act_leave(&in);
    list_taken(c);
    assert_int_equal(people_told(c, hanako_row), EXIT_DONE);
    assert_true(office_open(&c->office.place, &network_office, c->now, &c->arena, &c->serving, &c->err));
    *state = c;
    return 0;
}

static int tear_down(void **state)
{
    Country *c = *state;
    office_close(&c->serving);
    arena_release(c->whole);
    test_place_remove(&c->place);
    return 0;
}

// ---- codes

static const char *role(Country *c, const char *family, const char *code)
{
    return str_z(&c->arena, str_format(&c->arena, "%s%s", family, code));
}

static AcquisitionNo acquired(Country *c, const char *code)
{
    Str answer;
    AcquisitionRows numbers;
    assert_true(asks(c, role(c, "intermediate-", code), "/acquisitions", acquisitions_ask_encode(1, &c->arena), &answer));
    assert_true(acquisitions_decode(answer, &c->arena, &numbers, &c->err));
    assert_int_equal(numbers.count, 1);
    return numbers.at[0];
}

static CodeWish wish_of_hanako(AcquisitionNo number)
{
    return (CodeWish){.acquisition = number,
                      .number = {HANAKO},
                      .kana = S("ミホン　ハナコ"),
                      .address = S("福岡県北九州市小倉北区城内１番１号"),
                      .birth = {2026, 2, 1},
                      .sex = 2};
}

static CodeOutcome wished(Country *c, const char *code, CodeWish wish)
{
    Str answer;
    CodeOutcomeRows outcomes;
    assert_true(asks(c, role(c, "unified-", code), "/jlis/codes", code_wishes_encode(&(CodeWishRows){&wish, 1, 1}, &c->arena),
                     &answer));
    assert_true(code_outcomes_decode(answer, &c->arena, &outcomes, &c->err));
    assert_int_equal(outcomes.count, 1);
    return outcomes.at[0];
}

static MailAnswer mail_of(Country *c, const char *code, int64_t after)
{
    Str answer;
    MailAnswer mail;
    assert_true(asks(c, role(c, "intermediate-", code), "/mail", mail_ask_encode(&(MailAsk){after, 100}, &c->arena), &answer));
    assert_true(mail_answer_decode(answer, &c->arena, &mail, &c->err));
    return mail;
}

static Str text_of(Bytes bytes)
{
    return (Str){(const char *)bytes.at, bytes.len};
}

// Everything is taken out of the box; the last letter of a kind.
static Letter taken_out(Country *c, const char *code, LetterKind kind, int *count)
{
    Letter last = {0};
    MailAnswer mail = mail_of(c, code, 0);
    *count = 0;
    VEC_EACH (Letter, letter, mail.letters) {
        if (letter->kind == kind) last = *letter, ++*count;
        assert_int_equal(mail_of(c, code, letter->no).letters.count, mail.letters.count - (letter - mail.letters.at) - 1);
    }
    return last;
}

static PairwiseCode code_of(Country *c, const char *code)
{
    int count;
    CodeArrived arrived;
    AcquisitionNo number = acquired(c, code);
    assert_int_equal(wished(c, code, wish_of_hanako(number)), CODE_WISH_ACCEPTED);
    Letter letter = taken_out(c, code, LETTER_CODE_ARRIVED, &count);
    assert_int_equal(count, 1);
    assert_true(code_arrived_decode(text_of(letter.body), &arrived, &c->err));
    assert_true(acquisition_same(&arrived.acquisition, &number));
    assert_int_equal(arrived.epoch, 1);
    return arrived.code;
}

static void a_code_is_the_same_each_time_and_another_in_each_city(void **state)
{
    Country *c = *state;
    PairwiseCode ours = code_of(c, KITAKYUSHU), again = code_of(c, KITAKYUSHU), theirs = code_of(c, FUKUOKA);
    assert_true(pairwise_same(&ours, &again));
    assert_false(pairwise_same(&ours, &theirs));
}

static void an_acquisition_number_is_good_once_for_its_organisation_and_its_day(void **state)
{
    Country *c = *state;
    CodeWish wish = wish_of_hanako((AcquisitionNo){{1}});
    assert_int_equal(wished(c, KITAKYUSHU, wish), CODE_WISH_E101);  // nobody gave it
    wish.acquisition = acquired(c, FUKUOKA);
    assert_int_equal(wished(c, KITAKYUSHU, wish), CODE_WISH_E101);  // not to us
    wish.acquisition = acquired(c, KITAKYUSHU);
    assert_int_equal(wished(c, KITAKYUSHU, wish), CODE_WISH_ACCEPTED);
    assert_int_equal(wished(c, KITAKYUSHU, wish), CODE_WISH_ACCEPTED);  // a lost answer is asked for again
    assert_int_equal(mail_of(c, KITAKYUSHU, 0).letters.count, 1);
    CodeWish other = wish;
    other.number = (IndividualNo){"000000123455"};
    assert_int_equal(wished(c, KITAKYUSHU, other), CODE_WISH_E101);  // used
    wish.acquisition = acquired(c, KITAKYUSHU);
    c->now += ACQUISITION_LIFE;
    assert_int_equal(wished(c, KITAKYUSHU, wish), CODE_WISH_E101);  // too old
}

static void who_is_not_this_person_gets_no_code_and_the_number_stays_good(void **state)
{
    Country *c = *state;
    CodeWish wish = wish_of_hanako(acquired(c, KITAKYUSHU)), other = wish;
    other.kana = S("ミホン　タロウ");
    assert_int_equal(wished(c, KITAKYUSHU, other), CODE_WISH_PERSON_DIFFERS);
    other = wish;
    other.birth.day = 2;
    assert_int_equal(wished(c, KITAKYUSHU, other), CODE_WISH_PERSON_DIFFERS);
    other = wish;
    other.sex = 1;
    assert_int_equal(wished(c, KITAKYUSHU, other), CODE_WISH_PERSON_DIFFERS);
    other = wish;
    other.address = S("福岡県福岡市");
    assert_int_equal(wished(c, KITAKYUSHU, other), CODE_WISH_PERSON_DIFFERS);
    assert_int_equal(mail_of(c, KITAKYUSHU, 0).letters.count, 0);
    assert_int_equal(wished(c, KITAKYUSHU, wish), CODE_WISH_ACCEPTED);
}

static CodeDenied denied_of(Country *c, const char *code)
{
    int count;
    CodeDenied denied;
    Letter letter = taken_out(c, code, LETTER_CODE_DENIED, &count);
    assert_int_equal(count, 1);
    assert_true(code_denied_decode(text_of(letter.body), &denied, &c->err));
    return denied;
}

static void nobody_and_a_deleted_record_are_told_on_both_ways(void **state)
{
    Country *c = *state;
    CodeWish wish = wish_of_hanako(acquired(c, KITAKYUSHU));
    wish.number = (IndividualNo){"000000123455"};
    assert_int_equal(wished(c, KITAKYUSHU, wish), CODE_WISH_E102);
    assert_int_equal(denied_of(c, KITAKYUSHU).failure, CODE_E102_NOBODY);
    assert_int_equal(people_told(c, HANAKO "," RECORD ",ﾐﾎﾝ ﾊﾅｺ,2026-02-01,2,福岡県北九州市小倉北区城内1番1号,1,\n"), EXIT_DONE);
    wish = wish_of_hanako(acquired(c, KITAKYUSHU));
    assert_int_equal(wished(c, KITAKYUSHU, wish), CODE_WISH_E103);
    assert_int_equal(denied_of(c, KITAKYUSHU).failure, CODE_E103_DELETED);
}

// linkage.md 2.4: a person's codes stay what they were when the resident record code or the Individual Number changes.
static void a_changed_record_code_changes_no_code(void **state)
{
    Country *c = *state;
    PairwiseCode before = code_of(c, KITAKYUSHU);
    const char *changed = "000000987654,00000123129,ﾐﾎﾝ ﾊﾅｺ,2026-02-01,2,福岡県北九州市小倉北区城内1番1号,," RECORD "\n";
    assert_int_equal(people_told(c, changed), EXIT_DONE);
    assert_int_equal(people_told(c, changed), EXIT_DONE);  // told twice
    CodeWish wish = wish_of_hanako(acquired(c, KITAKYUSHU));
    assert_int_equal(wished(c, KITAKYUSHU, wish), CODE_WISH_E102);  // the number of before is nobody's
    (void)denied_of(c, KITAKYUSHU);
    wish = wish_of_hanako(acquired(c, KITAKYUSHU));
    wish.number = (IndividualNo){"000000987654"};
    int count;
    CodeArrived arrived;
    assert_int_equal(wished(c, KITAKYUSHU, wish), CODE_WISH_ACCEPTED);
    Letter letter = taken_out(c, KITAKYUSHU, LETTER_CODE_ARRIVED, &count);
    assert_true(code_arrived_decode(text_of(letter.body), &arrived, &c->err));
    assert_true(pairwise_same(&arrived.code, &before));
}

static void a_row_that_is_somebody_elses_is_refused_and_stops_no_other(void **state)
{
    Country *c = *state;
    assert_int_equal(people_told(c, HANAKO ",00000123129,ﾐﾎﾝ ﾀﾛｳ,2026-02-01,1,福岡県,,\n"
                                    "000009722816,00000123129,ﾐﾎﾝ ﾀﾛｳ,2026-02-01,1,福岡県,,\n"
                                    "000000123455,0000012312,ﾐﾎﾝ ﾀﾛｳ,2026-02-01,1,福岡県,,\n"
                                    "000000123455,00000123129,,2026-02-01,1,福岡県,,\n"
                                    "000000123455,00000123129,ﾐﾎﾝ ﾀﾛｳ,2026-02-31,1,福岡県,,\n"
                                    "000000123455,00000123129,ﾐﾎﾝ ﾀﾛｳ,2026-02-01,男か女,福岡県,,\n"
                                    "000000123455,00000123129,ﾐﾎﾝ ﾀﾛｳ,2026-02-01,1,福岡県,,\n"),
                     EXIT_ATTENTION);
    CodeWish wish = wish_of_hanako(acquired(c, KITAKYUSHU));
    assert_int_equal(wished(c, KITAKYUSHU, wish), CODE_WISH_ACCEPTED);
    wish = (CodeWish){acquired(c, KITAKYUSHU), {"000000123455"}, S("ミホンタロウ"), S("福岡県"), {2026, 2, 1}, 1};
    assert_int_equal(wished(c, KITAKYUSHU, wish), CODE_WISH_ACCEPTED);
}

// ---- one inquiry

static PermitAsk ask_of(PairwiseCode code, const HpkePublic *key)
{
    PermitAsk ask = {.asked = {.inquiry = {"1"},
                               .question = {.item = 25,
                                            .affair = {"JM90000000000025"},
                                            .procedure = {"JT90000000002501"},
                                            .dataset = {"TM9000000000YB01"},
                                            .items = 7,
                                            .inquirer = {FUKUOKA},
                                            .provider = {KITAKYUSHU}}},
                     .code = code};
    Sha256 hash = sha256_of((Bytes){key->at, sizeof key->at});
    memcpy(ask.asked.key.at, hash.at, sizeof hash.at);
    return ask;
}

static BundleTaken sent(Country *c, const char *code, const char *path, Str message)
{
    Str answer;
    BundleTaken taken;
    assert_true(asks(c, role(c, "intermediate-", code), path, bundle_encode(&(BundleRows){&message, 1, 1}, &c->arena), &answer));
    assert_true(bundle_taken_decode(answer, &taken, &c->err));
    return taken;
}

static PermitReply permitted(Country *c, const PermitAsk *ask)
{
    int count;
    PermitReply reply;
    assert_int_equal(sent(c, FUKUOKA, "/permits", permit_ask_encode(ask, &c->arena)).taken, 1);
    Letter letter = taken_out(c, FUKUOKA, LETTER_PERMIT_REPLY, &count);
    assert_int_equal(count, 1);
    assert_true(permit_reply_decode(text_of(letter.body), &reply, &c->err));
    return reply;
}

static PermitCopy copy_in(Country *c, Bytes signed_copy)
{
    PermitCopy copy;
    SignedMessage message;
    assert_true(signed_message_decode(text_of(signed_copy), &message, &c->err));
    assert_true(permit_copy_decode(text_of(message.body), &copy, &c->err));
    return copy;
}

typedef struct Pair {
    Secret private_key;
    HpkePublic public_key;
} Pair;

static void pair_made(Country *c, Pair *pair)
{
    static const unsigned char seed[HPKE_SEED_BYTES] = {7};
    assert_true(hpke_keys_made((Bytes){seed, sizeof seed}, &pair->private_key, &pair->public_key, &c->err));
}

static Str inquiry_with(Country *c, Bytes signed_copy, const Pair *pair)
{
    InquirySent on = {.signed_copy = signed_copy};
    memcpy(on.key, pair->public_key.at, sizeof on.key);
    return inquiry_sent_encode(&on, &c->arena);
}

static Str answer_to(Country *c, const PermitCopy *copy, const Pair *pair)
{
    static const unsigned char seed[HPKE_SEED_BYTES] = {9};
    AnswerBody body = {.permit = copy->permit, .result = RESULT_GIVEN, .as_of = 20000, .data = S(SECRET_DOSE)};
    Str use = ANSWER_USE, plain = answer_body_encode(&body, &c->arena);
    Sha256 bound = sha256_of_text(permit_encode(&copy->permit, &c->arena));
    ReplySent reply = {.reply = {copy->permit.id, REPLY_ANSWERED, RESULT_NONE, c->now}};
    assert_true(hpke_seal(&pair->public_key,
                          (HpkeUse){{(const unsigned char *)use.at, use.len}, sha256_bytes(&bound)},
                          (Bytes){seed, sizeof seed}, (Bytes){(const unsigned char *)plain.at, plain.len}, &c->arena,
                          &reply.envelope, &c->err));
    return reply_sent_encode(&reply, &c->arena);
}

static RecordsAnswer records_of(Country *c, const char *code)
{
    Str answer;
    RecordsAnswer records;
    assert_true(asks(c, role(c, "intermediate-", code), "/records", records_ask_encode(&(RecordsAsk){0, 100}, &c->arena), &answer));
    assert_true(records_answer_decode(answer, &c->arena, &records, &c->err));
    return records;
}

// One inquiry from the permit to the answer; each message is sent twice and nothing happens twice.
static void what_is_sent_twice_happens_once(void **state)
{
    int count;
    Pair pair = {0};
    Country *c = *state;
    pair_made(c, &pair);
    PairwiseCode in_fukuoka = code_of(c, FUKUOKA), in_kitakyushu = code_of(c, KITAKYUSHU);
    PermitAsk ask = ask_of(in_fukuoka, &pair.public_key);
    Str asked = permit_ask_encode(&ask, &c->arena);
    assert_int_equal(sent(c, FUKUOKA, "/permits", asked).taken, 1);
    PermitReply given = permitted(c, &ask);  // the same letter, once
    assert_int_equal(given.refusal.len, 0);
    PermitCopy ours = copy_in(c, given.signed_copy);
    assert_true(pairwise_same(&ours.code, &in_fukuoka));
    assert_int_equal(ours.permit.expires_at - ours.permit.issued_at, PERMIT_LIFE_ONLINE);
    PermitReply again = permitted(c, &ask);  // also when it was fetched meanwhile
    assert_true(str_equal(text_of(again.signed_copy), text_of(given.signed_copy)));

    Str inquiry = inquiry_with(c, given.signed_copy, &pair);
    assert_int_equal(sent(c, FUKUOKA, "/inquiries", inquiry).taken, 1);
    assert_int_equal(sent(c, FUKUOKA, "/inquiries", inquiry).taken, 1);
    Letter letter = taken_out(c, KITAKYUSHU, LETTER_INQUIRY, &count);
    assert_int_equal(count, 1);
    InquirySent arrived;
    assert_true(inquiry_sent_decode(text_of(letter.body), &arrived, &c->err));
    PermitCopy theirs = copy_in(c, arrived.signed_copy);
    assert_true(pairwise_same(&theirs.code, &in_kitakyushu));
    assert_int_equal(theirs.holder, ROLE_PROVIDER);
    assert_true(str_equal(permit_encode(&theirs.permit, &c->arena), permit_encode(&ours.permit, &c->arena)));

    Str reply = answer_to(c, &theirs, &pair);
    assert_int_equal(sent(c, KITAKYUSHU, "/replies", reply).taken, 1);
    assert_int_equal(sent(c, KITAKYUSHU, "/replies", reply).taken, 1);
    letter = taken_out(c, FUKUOKA, LETTER_REPLY, &count);
    assert_int_equal(count, 1);
    assert_true(str_equal(text_of(letter.body), reply));  // byte for byte

    RecordsAnswer inquirer = records_of(c, FUKUOKA), provider = records_of(c, KITAKYUSHU);
    assert_int_equal(inquirer.records.count, 2);  // asked, and answered
    assert_int_equal(provider.records.count, 2);
    assert_int_equal(inquirer.records.at[0].record.result, RESULT_NONE);
    assert_int_equal(inquirer.records.at[1].record.result, RESULT_GIVEN);
    assert_int_equal(inquirer.records.at[1].record.provided_at, c->now);
    assert_int_equal(records_of(c, "0220113101600000").records.count, 0);  // concerns nobody else
}

static void tells(Country *c, const char *code, const RecordTold *told)
{
    Str message = record_told_encode(told, &c->arena);
    for (int twice = 0; twice < 2; twice++) assert_int_equal(sent(c, code, "/records/told", message).taken, 1);
}

static void erased(Country *c, int64_t least)
{
    TestAct in;
    int64_t gone;
    assert_true(test_act_enter(&c->office, &office_erase, "佐藤", &c->arena, &in, &c->err));
    in.act.now = c->now;
    assert_true(erasures_done(&in.act, &gone, &c->err));
    assert_true(gone >= least);
    test_act_leave(&in);
}

static bool trail_stands(Country *c)
{
    Str trouble;
    TestAct in;
    assert_true(test_act_enter(&c->office, &office_erase, "佐藤", &c->arena, &in, &c->err));
    assert_true(store_begin_read(in.act.store, &c->err));
    assert_true(tally_verify(in.act.store, &in.office.trail, &c->arena, &trouble, &c->err));
    store_rollback(in.act.store);
    test_act_leave(&in);
    return !trouble.len;
}

// 番号法 第23条: seven whole years, and then record and permit go; the trail, which counted them, says by which record, and
// what comes back is named.
static void records_go_after_seven_years_and_the_trail_stands(void **state)
{
    Pair pair = {0};
    Country *c = *state;
    pair_made(c, &pair);
    PermitAsk ask = ask_of(code_of(c, FUKUOKA), &pair.public_key);
    (void)code_of(c, KITAKYUSHU);
    assert_int_equal(sent(c, FUKUOKA, "/permits", permit_ask_encode(&ask, &c->arena)).taken, 1);
    assert_int_equal(records_of(c, FUKUOKA).records.count, 1);
    Instant over = retention_end(RETAIN_RECORD, c->now, 0);
    RecordTold own = {{RECORD_INQUIRER, ask.asked, {{0}}, 0, RESULT_NOT_ALLOWED}, ask.code};
    tells(c, FUKUOKA, &own);
    c->now = over - 1;
    erased(c, 0);
    assert_int_equal(records_of(c, FUKUOKA).records.count, 1);
    c->now = over;
    erased(c, 3);
    assert_int_equal(records_of(c, FUKUOKA).records.count, 0);
    assert_true(trail_stands(c));
    TestAct in;
    assert_true(test_act_enter(&c->office, &office_erase, "佐藤", &c->arena, &in, &c->err));
    assert_true(store_execute(in.act.store, "INSERT INTO provision_record (record_no, relay_no, written_at, result, provided_at) VALUES (1, 1, 1, 0, 0)", &c->err));
    test_act_leave(&in);
    assert_false(trail_stands(c));
}

// Restored from a copy of before, the network goes on above what it has ever given: no cursor of others swallows a letter.
static void a_network_of_an_older_copy_gives_no_number_twice(void **state)
{
    Country *c = *state;
    assert_int_equal(wished(c, KITAKYUSHU, wish_of_hanako(acquired(c, KITAKYUSHU))), CODE_WISH_ACCEPTED);
    c->now += INSTANT_SECOND;
    assert_int_equal(wished(c, KITAKYUSHU, wish_of_hanako(acquired(c, KITAKYUSHU))), CODE_WISH_ACCEPTED);
    MailAnswer before = mail_of(c, KITAKYUSHU, 0);
    assert_int_equal(before.letters.count, 2);
    int64_t kept = before.letters.at[1].no;
    Store *store = c->serving.store;
    assert_true(store_begin(store, &c->err));
    assert_true(store_execute(store, "UPDATE given_number SET last = 1; DELETE FROM letter", &c->err));
    assert_true(store_commit(store, &c->err));
    c->now += INSTANT_SECOND;
    assert_int_equal(wished(c, KITAKYUSHU, wish_of_hanako(acquired(c, KITAKYUSHU))), CODE_WISH_ACCEPTED);
    assert_int_equal(mail_of(c, KITAKYUSHU, kept).letters.count, 1);
}

static void what_is_refused_is_told_and_recorded_once(void **state)
{
    Pair pair = {0};
    Country *c = *state;
    pair_made(c, &pair);
    PermitAsk ask = ask_of(code_of(c, FUKUOKA), &pair.public_key);
    ask.asked.question.item = 29;
    assert_true(str_equal(permitted(c, &ask).refusal, S("E301")));
    assert_true(str_equal(permitted(c, &ask).refusal, S("E301")));
    RecordsAnswer records = records_of(c, FUKUOKA);
    assert_int_equal(records.records.count, 1);
    assert_int_equal(records.records.at[0].record.result, RESULT_NOT_ALLOWED);
    assert_int_equal(records_of(c, KITAKYUSHU).records.count, 0);  // it was never asked
    ask.asked.inquiry = (InquiryNo){"2"};
    ask.asked.question.item = 25;
    ask.code.at[0] ^= 1;
    assert_true(str_equal(permitted(c, &ask).refusal, S("E101")));  // a code that is nobody's
    ask.asked.inquiry = (InquiryNo){"3"};
    ask.code = code_of(c, KITAKYUSHU);
    assert_true(str_equal(permitted(c, &ask).refusal, S("E101")));  // another city's code
}

// Whoever claims to be another city, or gives a number that stands for somebody else already, gets nothing.
static void nobody_asks_as_another_or_about_another_under_one_number(void **state)
{
    int count;
    Pair pair = {0};
    Country *c = *state;
    pair_made(c, &pair);
    PairwiseCode hanako = code_of(c, FUKUOKA);
    PermitAsk ask = ask_of(hanako, &pair.public_key);
    assert_int_equal(sent(c, KITAKYUSHU, "/permits", permit_ask_encode(&ask, &c->arena)).taken, 1);
    PermitReply reply;
    Letter letter = taken_out(c, KITAKYUSHU, LETTER_PERMIT_REPLY, &count);
    assert_true(permit_reply_decode(text_of(letter.body), &reply, &c->err));
    assert_true(str_equal(reply.refusal, S("E501")));

    assert_int_equal(permitted(c, &ask).refusal.len, 0);
    assert_int_equal(people_told(c, "000000123455,00000123129,ﾐﾎﾝ ﾀﾛｳ,2026-02-01,1,福岡県,,\n"), EXIT_DONE);
    CodeWish wish = {acquired(c, FUKUOKA), {"000000123455"}, S("ミホンタロウ"), S("福岡県"), {2026, 2, 1}, 1};
    assert_int_equal(wished(c, FUKUOKA, wish), CODE_WISH_ACCEPTED);
    CodeArrived taro;
    letter = taken_out(c, FUKUOKA, LETTER_CODE_ARRIVED, &count);
    assert_true(code_arrived_decode(text_of(letter.body), &taro, &c->err));
    ask.code = taro.code;
    assert_true(str_equal(permitted(c, &ask).refusal, S("E201")));
    ask.code = hanako;
    assert_int_equal(permitted(c, &ask).refusal.len, 0);
}

static void what_is_forged_or_somebody_elses_goes_nowhere(void **state)
{
    Pair pair = {0};
    Country *c = *state;
    pair_made(c, &pair);
    (void)code_of(c, KITAKYUSHU);
    PermitAsk ask = ask_of(code_of(c, FUKUOKA), &pair.public_key);
    PermitReply given = permitted(c, &ask);
    PermitCopy copy = copy_in(c, given.signed_copy);
    Str inquiry = inquiry_with(c, given.signed_copy, &pair);
    // Another organisation with our permit; a permit with a bit turned; another key than the permit's.
    assert_int_equal(sent(c, "0220113101600000", "/inquiries", inquiry).taken, 1);
    char *turned = str_z(&c->arena, text_of(given.signed_copy));
    turned[given.signed_copy.len - 1] ^= 1;
    Bytes forged = {(const unsigned char *)turned, given.signed_copy.len};
    assert_int_equal(sent(c, FUKUOKA, "/inquiries", inquiry_with(c, forged, &pair)).taken, 1);
    Pair other = pair;
    other.public_key.at[5] ^= 1;
    assert_int_equal(sent(c, FUKUOKA, "/inquiries", inquiry_with(c, given.signed_copy, &other)).taken, 1);
    assert_int_equal(sent(c, FUKUOKA, "/inquiries", S("no message")).unreadable, 1);
    assert_int_equal(mail_of(c, KITAKYUSHU, 0).letters.count, 0);
    // A reply by somebody who was not asked, or to a permit that was never issued.
    Str reply = answer_to(c, &copy, &pair);
    assert_int_equal(sent(c, FUKUOKA, "/replies", reply).taken, 1);
    copy.permit.id.at[0] ^= 1;
    assert_int_equal(sent(c, KITAKYUSHU, "/replies", answer_to(c, &copy, &pair)).taken, 1);
    assert_int_equal(mail_of(c, FUKUOKA, 0).letters.count, 0);
}

// A poisonous message in a batch stops none beside it; one that is too long is one of them.
static void one_that_cannot_be_read_stops_no_other(void **state)
{
    Str answer;
    Pair pair = {0};
    BundleTaken taken;
    Country *c = *state;
    pair_made(c, &pair);
    PermitAsk ask = ask_of(code_of(c, FUKUOKA), &pair.public_key), second = ask;
    second.asked.inquiry = (InquiryNo){"2"};
    Str longest = {NEW(&c->arena, char, LETTER_MOST + 1), LETTER_MOST + 1};
    Str parts[] = {permit_ask_encode(&ask, &c->arena), S(""), longest, permit_ask_encode(&second, &c->arena)};
    Str question = bundle_encode(&(BundleRows){parts, 4, 4}, &c->arena);
    assert_true(asks(c, "intermediate-" FUKUOKA, "/permits", question, &answer));
    assert_true(bundle_taken_decode(answer, &taken, &c->err));
    assert_int_equal(taken.taken, 2);
    assert_int_equal(taken.unreadable, 2);
    assert_int_equal(mail_of(c, FUKUOKA, 0).letters.count, 2);
    assert_int_equal(sent(c, KITAKYUSHU, "/replies", longest).unreadable, 1);
}

static void whoever_is_suspended_gets_no_permit_and_nothing_is_passed_on(void **state)
{
    ExitStatus status;
    Pair pair = {0};
    Country *c = *state;
    pair_made(c, &pair);
    (void)code_of(c, KITAKYUSHU);
    PermitAsk ask = ask_of(code_of(c, FUKUOKA), &pair.public_key);
    PermitReply given = permitted(c, &ask);
    assert_true(runs(c, &command_suspend, KITAKYUSHU, NULL, &status));
    assert_int_equal(sent(c, FUKUOKA, "/inquiries", inquiry_with(c, given.signed_copy, &pair)).taken, 1);
    assert_int_equal(mail_of(c, KITAKYUSHU, 0).letters.count, 0);
    ask.asked.inquiry = (InquiryNo){"2"};
    assert_true(str_equal(permitted(c, &ask).refusal, S("E303")));
    assert_true(runs(c, &command_suspend, "all", NULL, &status));
    ask.asked.inquiry = (InquiryNo){"3"};
    ask.asked.question.provider = (OrganisationCode){"0220135201200000"};
    assert_true(str_equal(permitted(c, &ask).refusal, S("E303")));
}

static void suspends(Country *c, const char *whom, bool ends)
{
    ExitStatus status;
    Given end = {.option = &command_suspend.typed.options[0]};
    GivenRows given = {&end, ends, 1};
    assert_true(runs_with(c, &command_suspend, whom, NULL, given, &status));
}

// An answer that is under way when somebody is suspended goes nowhere, whoever of the two it is, also not out of the box; once
// that is over, whoever asked asks again and has it.
static void an_answer_waits_for_the_end_of_a_suspension(void **state)
{
    static const char *const whom[] = {KITAKYUSHU, FUKUOKA, "all"};
    Pair pair = {0};
    Country *c = *state;
    pair_made(c, &pair);
    (void)code_of(c, KITAKYUSHU);
    PermitAsk ask = ask_of(code_of(c, FUKUOKA), &pair.public_key);
    PermitReply given = permitted(c, &ask);
    PermitCopy copy = copy_in(c, given.signed_copy);
    Str inquiry = inquiry_with(c, given.signed_copy, &pair), reply = answer_to(c, &copy, &pair);
    int count;
    for (ptrdiff_t i = 0; i < countof(whom); i++) {
        assert_int_equal(sent(c, FUKUOKA, "/inquiries", inquiry).taken, 1);
        suspends(c, whom[i], false);
        (void)taken_out(c, KITAKYUSHU, LETTER_INQUIRY, &count);
        assert_int_equal(count, i == 1);  // suspended, it does not even learn who asks
        assert_int_equal(sent(c, KITAKYUSHU, "/replies", reply).taken, 1);
        suspends(c, whom[i], true);
        (void)taken_out(c, FUKUOKA, LETTER_REPLY, &count);
        assert_int_equal(count, 0);
        assert_int_equal(records_of(c, KITAKYUSHU).records.count, 1);  // no answer was given
        assert_int_equal(sent(c, FUKUOKA, "/inquiries", inquiry).taken, 1);
        (void)taken_out(c, KITAKYUSHU, LETTER_INQUIRY, &count);
        assert_int_equal(count, 1);
    }
    assert_int_equal(sent(c, KITAKYUSHU, "/replies", reply).taken, 1);
    suspends(c, FUKUOKA, false);
    (void)taken_out(c, FUKUOKA, LETTER_REPLY, &count);
    assert_int_equal(count, 0);
    suspends(c, FUKUOKA, true);
    assert_int_equal(sent(c, KITAKYUSHU, "/replies", reply).taken, 1);
    (void)taken_out(c, FUKUOKA, LETTER_REPLY, &count);
    assert_int_equal(count, 1);
}

// ---- what a citizen sees

static int seen_by(Country *c, const char *number)
{
    TestAct in;
    Citizen citizen;
    Accesses rows;
    IndividualNo no = {{0}};
    memcpy(no.digits, number, sizeof no.digits);
    assert_true(test_act_enter(&c->office, &command_history, "佐藤", &c->arena, &in, &c->err));
    bool found = citizen_person(&in.act, &no, c->arena, &citizen, &c->err) &&
                 citizen_accesses(&in.act, &citizen.person, &c->arena, &rows, &c->err);
    test_act_leave(&in);
    return found ? (int)rows.count : -1;
}

// linkage.md 3.3, 3.4: refusals and open inquiries are shown too; what is 不開示 is not there at all.
static void a_citizen_sees_who_asked_and_nothing_that_is_not_disclosed(void **state)
{
    Pair pair = {0};
    Country *c = *state;
    pair_made(c, &pair);
    PermitAsk ask = ask_of(code_of(c, FUKUOKA), &pair.public_key);
    assert_int_equal(seen_by(c, HANAKO), 0);
    assert_int_equal(permitted(c, &ask).refusal.len, 0);
    assert_int_equal(seen_by(c, HANAKO), 1);
    ask.asked.inquiry = (InquiryNo){"2"};
    ask.asked.undisclosed = true;
    assert_int_equal(permitted(c, &ask).refusal.len, 0);
    assert_int_equal(seen_by(c, HANAKO), 1);
    ask.asked.inquiry = (InquiryNo){"3"};
    ask.asked.undisclosed = false;
    ask.asked.question.item = 29;
    assert_true(str_equal(permitted(c, &ask).refusal, S("E301")));
    assert_int_equal(seen_by(c, HANAKO), 2);
    // Also under the number and the record code that the person has today; others see nothing of it.
    assert_int_equal(people_told(c, "000000987654,00000123129,ﾐﾎﾝ ﾊﾅｺ,2026-02-01,2,福岡県北九州市小倉北区城内1番1号,," RECORD "\n"
                                    "000000123455,00000261610,ﾐﾎﾝ ﾀﾛｳ,2026-02-01,1,福岡県,,\n"),
                     EXIT_DONE);
    assert_int_equal(seen_by(c, "000000987654"), 2);
    assert_int_equal(seen_by(c, "000000123455"), 0);
    assert_int_equal(seen_by(c, HANAKO), -1);
}

static void hides(Country *c, const char *code, PairwiseCode person, const char *procedure, int what)
{
    ShieldTold told = {.code = person, .hides = what};
    assert_true(!procedure || procedure_code_read(str_of(procedure), &told.procedure));
    assert_int_equal(sent(c, code, "/shields", shield_told_encode(&told, &c->arena)).taken, 1);
}

// linkage.md 3.4: what either side hides of a person is gone from the view, with all of the years before, until it says otherwise.
// Nobody hides what is another's, or of whom he has no code.
static void what_either_side_hides_is_not_there(void **state)
{
    Pair pair = {0};
    Country *c = *state;
    pair_made(c, &pair);
    PairwiseCode theirs = code_of(c, FUKUOKA), ours = code_of(c, KITAKYUSHU);
    PermitAsk ask = ask_of(theirs, &pair.public_key);
    assert_int_equal(permitted(c, &ask).refusal.len, 0);
    assert_int_equal(seen_by(c, HANAKO), 1);
    const struct { const char *code; PairwiseCode person; const char *procedure; int what, seen; } said[] = {
        {KITAKYUSHU, ours, NULL, SHIELD_CORES, 0},            // the provider
        {KITAKYUSHU, ours, NULL, 0, 1},
        {FUKUOKA, theirs, NULL, SHIELD_RECORDS, 0},           // the inquirer
        {KITAKYUSHU, ours, NULL, 0, 0},                       // whose word is not the provider's to take back
        {FUKUOKA, theirs, NULL, 0, 1},
        {KITAKYUSHU, ours, "JT90000000002501", SHIELD_RECORDS, 0},
        {KITAKYUSHU, ours, NULL, 0, 0},                       // another word of the same organisation
        {KITAKYUSHU, ours, "JT90000000002501", 0, 1},
        {KITAKYUSHU, ours, "JT90000000002601", SHIELD_RECORDS, 1},
        {KITAKYUSHU, ours, NULL, SHIELD_SELF_VIEW, 1},
        {KITAKYUSHU, theirs, NULL, SHIELD_RECORDS, 1},        // another city's code
        {"0220113101600000", code_of(c, "0220113101600000"), NULL, SHIELD_RECORDS, 1},
    };
    for (ptrdiff_t i = 0; i < countof(said); i++) {
        hides(c, said[i].code, said[i].person, said[i].procedure, said[i].what);
        if (seen_by(c, HANAKO) != said[i].seen) fail_msg("word %td", i);
    }
    ask.asked.inquiry = (InquiryNo){"2"};
    hides(c, KITAKYUSHU, ours, NULL, SHIELD_CORES);
    assert_int_equal(permitted(c, &ask).refusal.len, 0);  // later ones too, before anything was answered
    assert_int_equal(seen_by(c, HANAKO), 0);
}

// ---- each access once, with what the three say of it

static Accesses accesses_of(Country *c)
{
    TestAct in;
    Citizen citizen;
    Accesses rows = {0};
    IndividualNo no = {HANAKO};
    assert_true(test_act_enter(&c->office, &command_history, "佐藤", &c->arena, &in, &c->err));
    assert_true(citizen_person(&in.act, &no, c->arena, &citizen, &c->err) && citizen_accesses(&in.act, &citizen.person, &c->arena, &rows, &c->err));
    test_act_leave(&in);
    return rows;
}

static int stand_of_newest(Country *c, int accesses)
{
    Accesses rows = accesses_of(c);
    assert_int_equal(rows.count, accesses);
    return (int)rows.at[0].stand;
}

// 番号法 第23条, F-4-05: who asked and who was asked tell their own; what does not agree, and what the core knows nothing of, is seen.
// Whoever else tells of it is not believed.
static void an_access_is_seen_once_with_what_the_three_say(void **state)
{
    Pair pair = {0};
    Country *c = *state;
    pair_made(c, &pair);
    PairwiseCode theirs = code_of(c, FUKUOKA), ours = code_of(c, KITAKYUSHU);
    PermitAsk ask = ask_of(theirs, &pair.public_key);
    PermitReply given = permitted(c, &ask);
    PermitCopy copy = copy_in(c, given.signed_copy);
    assert_int_equal(sent(c, KITAKYUSHU, "/replies", answer_to(c, &copy, &pair)).taken, 1);
    RecordTold inquirer = {{RECORD_INQUIRER, copy.permit, {{0}}, c->now, RESULT_GIVEN}, theirs}, provider = inquirer;
    provider.record.role = RECORD_PROVIDER;
    provider.code = ours;
    assert_int_equal(stand_of_newest(c, 1), RECORDS_INCOMPLETE);
    tells(c, FUKUOKA, &inquirer);
    tells(c, FUKUOKA, &provider);  // not its own
    tells(c, "0220113101600000", &provider);
    assert_int_equal(stand_of_newest(c, 1), RECORDS_INCOMPLETE);
    tells(c, KITAKYUSHU, &provider);
    assert_int_equal(stand_of_newest(c, 1), RECORDS_TOGETHER);
    provider.record.result = RESULT_REFUSED;
    provider.record.provided_at = 0;
    tells(c, KITAKYUSHU, &provider);
    assert_int_equal(stand_of_newest(c, 1), RECORDS_APART);
    // Of what the core knows nothing each of the two tells, and it is one access; hidden where one of them hides.
    inquirer.record.permit.inquiry = provider.record.permit.inquiry = (InquiryNo){"99"};
    inquirer.record.permit.issued_at = provider.record.permit.issued_at = c->now + 1;
    tells(c, FUKUOKA, &inquirer);
    tells(c, KITAKYUSHU, &provider);
    assert_int_equal(stand_of_newest(c, 2), RECORDS_APART);
    hides(c, KITAKYUSHU, ours, NULL, SHIELD_RECORDS);
    assert_int_equal(accesses_of(c).count, 0);
}

// ---- what a citizen sees of his own

static bool looks(Country *c, const char *code, bool *refused)
{
    TestAct in;
    Citizen citizen;
    OrganisationCode whose;
    IndividualNo no = {HANAKO};
    assert_true(organisation_code_read(str_of(code), &whose));
    assert_true(test_act_enter(&c->office, &command_people, "佐藤", &c->arena, &in, &c->err));
    assert_true(citizen_person(&in.act, &no, c->arena, &citizen, &c->err) && act_begin(&in.act, &c->err));
    bool asked = self_look(&in.act, &citizen, &whose, c->arena, &c->err);
    *refused = !asked && c->err.code == E_NOT_FOUND;
    if (asked) assert_true(store_commit(in.act.store, &c->err));
    else store_rollback(in.act.store);
    test_act_leave(&in);
    return asked;
}

static SelfStand sees(Country *c, const char *code, ptrdiff_t *holders)
{
    TestAct in;
    Citizen citizen;
    OrganisationCode whose;
    Holders rows;
    SelfSight sight;
    IndividualNo no = {HANAKO};
    assert_true(organisation_code_read(str_of(code), &whose));
    assert_true(test_act_enter(&c->office, &command_history, "佐藤", &c->arena, &in, &c->err));
    assert_true(citizen_person(&in.act, &no, c->arena, &citizen, &c->err));
    assert_true(self_holders(&in.act, &citizen.person, &c->arena, &rows, &c->err));
    assert_true(self_seen(&in.act, &citizen.person, &whose, &c->arena, &sight, &c->err));
    *holders = rows.count;
    test_act_leave(&in);
    return sight.stand;
}

static Str self_answered(Country *c, Str letter, Str data)
{
    SelfAsk ask;
    Str use = SELF_USE, body = self_body_encode(data, &c->arena);
    static const unsigned char seed[HPKE_SEED_BYTES] = {5};
    HpkePublic key;
    assert_true(self_ask_decode(letter, &ask, &c->err));
    memcpy(key.at, ask.key, sizeof key.at);
    SelfTold told = {.view = ask.view};
    assert_true(hpke_seal(&key, (HpkeUse){{(const unsigned char *)use.at, use.len}, {ask.view.at, sizeof ask.view.at}},
                          (Bytes){seed, sizeof seed}, (Bytes){(const unsigned char *)body.at, body.len}, &c->arena, &told.envelope, &c->err));
    return self_told_encode(&told, &c->arena);
}

// linkage.md 3.4: a citizen asks what is kept of him, of whoever has a code for him; what is hidden from him he cannot ask, and nobody
// says so; an answer of somebody else is none.
static void a_citizen_sees_his_own_unless_it_is_hidden(void **state)
{
    int count;
    bool refused;
    ptrdiff_t holders;
    Country *c = *state;
    CopyAnswer answer = {.dataset = {"TM9000000000YB01"}, .layout = 1};
    CopyItemRows items = {0};
    *copy_items_push(&items, &c->arena) = (CopyItem){1, COPY_NULL_NONE, S("9001")};
    *copy_answers_push(&answer.records, &c->arena) = items;
    PairwiseCode ours = code_of(c, KITAKYUSHU);
    assert_false(looks(c, FUKUOKA, &refused));  // has no code for her
    assert_true(refused);
    assert_int_equal(sees(c, KITAKYUSHU, &holders), SELF_NEVER_ASKED);
    assert_int_equal(holders, 1);
    assert_true(looks(c, KITAKYUSHU, &refused));
    assert_int_equal(sees(c, KITAKYUSHU, &holders), SELF_UNDER_WAY);
    Letter letter = taken_out(c, KITAKYUSHU, LETTER_SELF_ASK, &count);
    SelfAsk ask;
    assert_true(self_ask_decode(text_of(letter.body), &ask, &c->err));
    assert_true(pairwise_same(&ask.code, &ours));
    Str told = self_answered(c, text_of(letter.body), copy_answer_encode(&answer, &c->arena));
    assert_int_equal(sent(c, FUKUOKA, "/selves", told).taken, 1);  // was not asked
    assert_int_equal(sees(c, KITAKYUSHU, &holders), SELF_UNDER_WAY);
    assert_int_equal(sent(c, KITAKYUSHU, "/selves", told).taken, 1);
    assert_int_equal(sees(c, KITAKYUSHU, &holders), SELF_SEEN);
    assert_int_equal(sent(c, KITAKYUSHU, "/selves", self_answered(c, text_of(letter.body), (Str){0})).taken, 1);  // once
    assert_int_equal(sees(c, KITAKYUSHU, &holders), SELF_SEEN);
    hides(c, KITAKYUSHU, ours, NULL, SHIELD_SELF_VIEW);
    (void)sees(c, KITAKYUSHU, &holders);
    assert_int_equal(holders, 0);
    assert_false(looks(c, KITAKYUSHU, &refused));
    assert_true(refused);  // as whoever has no code
    assert_int_equal(mail_of(c, KITAKYUSHU, 0).letters.count, 0);
    c->now += 2 * INSTANT_DAY;
    erased(c, 1);
}

// Who looked at whose history is found by the sign of the person, which is the same for each look; nobody's number is in it.
static Sha256 looked_at(Country *c, const char *number)
{
    ExitStatus status;
    AuditRows rows = {0};
    assert_non_null(freopen(file_of(c, "typed", str_format(&c->arena, "%s\n", number)), "r", stdin));
    assert_true(runs(c, &command_history, "", NULL, &status));
    assert_true(audit_last(c->serving.looks->store, 1, &c->arena, &rows, &c->err));
    assert_int_equal(rows.count, 1);
    assert_true(str_equal(rows.at[0].command, S("history")));
    Sha256 whose;
    assert_true(sha256_from(rows.at[0].whose_index, &whose));
    return whose;
}

static void a_look_at_a_history_is_a_look_at_somebody(void **state)
{
    Country *c = *state;
    assert_int_equal(people_told(c, "000000123455,00000261610,ﾐﾎﾝ ﾀﾛｳ,2026-02-01,1,福岡県,,\n"), EXIT_DONE);
    Sha256 first = looked_at(c, HANAKO), again = looked_at(c, HANAKO), other = looked_at(c, "000000123455");
    assert_true(sha256_equal(&first, &again));
    assert_false(sha256_equal(&first, &other));
}

// ---- the list

static AllowList list_fetched(Country *c)
{
    Str answer;
    AllowList list;
    SignedMessage message;
    assert_true(asks(c, "intermediate-" FUKUOKA, "/list", list_ask_encode(0, &c->arena), &answer));
    assert_true(signed_message_decode(answer, &message, &c->err));
    assert_true(allow_list_decode(text_of(message.body), &c->arena, &list, &c->err));
    return list;
}

static void a_list_has_a_version_and_the_moment_at_which_it_was_current(void **state)
{
    ExitStatus status;
    Country *c = *state;
    AllowList first = list_fetched(c);
    assert_int_equal(first.version, 1);
    assert_int_equal(first.as_of, c->now);
    assert_int_equal(first.rows.count, 8);
    list_taken(c);  // the same files again
    c->now += INSTANT_DAY;
    AllowList again = list_fetched(c);
    assert_int_equal(again.version, 1);
    assert_int_equal(again.as_of, c->now);
    const char *shorter = file_of(c, "rows.csv",
                                  S("項,事務コード,事務手続コード,照会者の区分,提供者の区分,特定個人情報名コード,項目,開始日,終了日\n"
                                    "25,JM90000000000025,JT90000000002501,市町村,市町村,TM9000000000YB01,1-2・5,2026-01-01,2027-03-31\n"));
    assert_true(runs(c, &command_list, LINKAGE_DATA "/organisations.csv", shorter, &status));
    AllowList second = list_fetched(c);
    assert_int_equal(second.version, 2);
    assert_int_equal(second.rows.count, 1);
    assert_int_equal(second.rows.at[0].items, 1 | 2 | 16);
}

// Proves C-3.6-08: of a list with one row that is wrong nothing is taken.
static void a_list_with_a_wrong_row_is_none(void **state)
{
    static const char *const rows[] = {
        "0,JM90000000000025,JT90000000002501,市町村,市町村,TM9000000000YB01,1,2026-01-01,",
        "25,JM9,JT90000000002501,市町村,市町村,TM9000000000YB01,1,2026-01-01,",
        "25,JM90000000000025,JM90000000002501,市町村,市町村,TM9000000000YB01,1,2026-01-01,",
        "25,JM90000000000025,JT90000000002501,市,市町村,TM9000000000YB01,1,2026-01-01,",
        "25,JM90000000000025,JT90000000002501,市町村,,TM9000000000YB01,1,2026-01-01,",
        "25,JM90000000000025,JT90000000002501,市町村,市町村,tm9000000000YB01,1,2026-01-01,",
        "25,JM90000000000025,JT90000000002501,市町村,市町村,TM9000000000YB01,0-3,2026-01-01,",
        "25,JM90000000000025,JT90000000002501,市町村,市町村,TM9000000000YB01,64,2026-01-01,",
        "25,JM90000000000025,JT90000000002501,市町村,市町村,TM9000000000YB01,3-1,2026-01-01,",
        "25,JM90000000000025,JT90000000002501,市町村,市町村,TM9000000000YB01,1,いつか,",
        "25,JM90000000000025,JT90000000002501,市町村,市町村,TM9000000000YB01,1,2026-01-01,2025-12-31",
    };
    ExitStatus status;
    Country *c = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Str text = str_format(&c->arena,
                              "項,事務コード,事務手続コード,照会者の区分,提供者の区分,特定個人情報名コード,項目,開始日,終了日\n"
                              "25,JM90000000000025,JT90000000002501,市町村,市町村,TM9000000000YB01,1,2026-01-01,\n%s\n",
                              rows[i]);
        if (runs(c, &command_list, LINKAGE_DATA "/organisations.csv", file_of(c, "rows.csv", text), &status))
            fail_msg("%s", rows[i]);
    }
    const char *twice = file_of(c, "bodies.csv", S("機関コード,機関名,区分\n" FUKUOKA ",福岡市,市町村\n" FUKUOKA ",福岡市,市町村\n"));
    assert_false(runs(c, &command_list, twice, LINKAGE_DATA "/allow_list.csv", &status));
    assert_int_equal(list_fetched(c).version, 1);
}

// ---- doors

// Proves C-3.6-20, C-3.6-39: each door opens to its family alone.
static void every_door_is_one_familys(void **state)
{
    static const char *const intermediates[] = {"/mail", "/acquisitions", "/permits", "/inquiries", "/replies", "/list", "/records", "/records/told", "/selves", "/shields"};
    static const char *const strangers[] = {"ledger", "addressee", "network", "unified", "intermediate", "intermediate-"};
    Str answer;
    Country *c = *state;
    for (size_t i = 0; i < sizeof intermediates / sizeof *intermediates; i++) {
        assert_false(asks(c, "unified-" FUKUOKA, intermediates[i], S(""), &answer));
        assert_int_equal(c->err.code, E_RIGHT);
        for (size_t s = 0; s < sizeof strangers / sizeof *strangers; s++) {
            assert_false(asks(c, strangers[s], intermediates[i], S(""), &answer));
            assert_int_equal(c->err.code, E_RIGHT);
        }
        assert_false(asks(c, "intermediate-" FUKUOKA, intermediates[i], S("nonsense"), &answer));
        assert_int_equal(c->err.code, E_MESSAGE);
    }
    assert_false(asks(c, "intermediate-" FUKUOKA, "/jlis/codes", S(""), &answer));
    assert_int_equal(c->err.code, E_RIGHT);
    assert_false(asks(c, "unified-" FUKUOKA, "/jlis/codes", S("nonsense"), &answer));
    assert_int_equal(c->err.code, E_MESSAGE);
}

// ---- nothing in clear

static void searched(const char *path, const Str *needles, size_t count, int *files)
{
    static char bytes[8 << 20];
    FILE *in = fopen(path, "rb");
    size_t len = in ? fread(bytes, 1, sizeof bytes, in) : 0;
    if (in) (void)fclose(in);
    *files += len > 0;
    for (size_t i = 0; i < count; i++)
        if (len && memmem(bytes, len, needles[i].at, (size_t)needles[i].len)) fail_msg("needle %zu stands in %s", i, path);
}

static void folder_searched(const char *folder, const Str *needles, size_t count, int *files)
{
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (const struct dirent *e = readdir(dir); e; e = readdir(dir)) {
        char path[600];
        (void)snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        if (e->d_name[0] == '.') continue;
        if (e->d_type == DT_DIR)
            folder_searched(path, needles, count, files);
        else
            searched(path, needles, count, files);
    }
    (void)closedir(dir);
}

// Proves C-3.6-22, C-3.6-38: everything that the network keeps, with letters still lying there, is searched for what an
// answer says, for codes, numbers and who it is about.
static void nothing_that_was_sealed_stands_in_clear(void **state)
{
    Pair pair = {0};
    int files = 0;
    Country *c = *state;
    if (c->place.postgresql) return;  // its files are not ours to read
    pair_made(c, &pair);
    PairwiseCode theirs = code_of(c, FUKUOKA), ours = code_of(c, KITAKYUSHU);
    PermitAsk ask = ask_of(theirs, &pair.public_key);
    PermitReply given = permitted(c, &ask);
    assert_int_equal(sent(c, FUKUOKA, "/inquiries", inquiry_with(c, given.signed_copy, &pair)).taken, 1);
    PermitCopy copy = copy_in(c, given.signed_copy);
    assert_int_equal(sent(c, KITAKYUSHU, "/replies", answer_to(c, &copy, &pair)).taken, 1);
    assert_int_equal(wished(c, KITAKYUSHU, wish_of_hanako(acquired(c, KITAKYUSHU))), CODE_WISH_ACCEPTED);
    (void)remove(str_z(&c->arena, str_format(&c->arena, "%s/people.csv", c->place.folder)));  // what came in, not what is kept
    const Str needles[] = {S(SECRET_DOSE),
                           S(HANAKO),
                           S(RECORD),
                           S("ハナコ"),
                           S("ﾊﾅｺ"),
                           S("小倉北区城内"),
                           {(const char *)theirs.at, sizeof theirs.at},
                           {(const char *)ours.at, sizeof ours.at}};
    folder_searched(c->place.folder, needles, sizeof needles / sizeof *needles, &files);
    assert_true(files > 4);
}

int main(void)
{
#define STORY(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        STORY(a_code_is_the_same_each_time_and_another_in_each_city),
        STORY(an_acquisition_number_is_good_once_for_its_organisation_and_its_day),
        STORY(who_is_not_this_person_gets_no_code_and_the_number_stays_good),
        STORY(nobody_and_a_deleted_record_are_told_on_both_ways),
        STORY(a_changed_record_code_changes_no_code),
        STORY(a_row_that_is_somebody_elses_is_refused_and_stops_no_other),
        STORY(what_is_sent_twice_happens_once),
        STORY(records_go_after_seven_years_and_the_trail_stands),
        STORY(a_network_of_an_older_copy_gives_no_number_twice),
        STORY(what_is_refused_is_told_and_recorded_once),
        STORY(nobody_asks_as_another_or_about_another_under_one_number),
        STORY(what_is_forged_or_somebody_elses_goes_nowhere),
        STORY(one_that_cannot_be_read_stops_no_other),
        STORY(whoever_is_suspended_gets_no_permit_and_nothing_is_passed_on),
        STORY(an_answer_waits_for_the_end_of_a_suspension),
        STORY(a_look_at_a_history_is_a_look_at_somebody),
        STORY(a_citizen_sees_who_asked_and_nothing_that_is_not_disclosed),
        STORY(what_either_side_hides_is_not_there),
        STORY(an_access_is_seen_once_with_what_the_three_say),
        STORY(a_citizen_sees_his_own_unless_it_is_hidden),
        STORY(a_list_has_a_version_and_the_moment_at_which_it_was_current),
        STORY(a_list_with_a_wrong_row_is_none),
        STORY(every_door_is_one_familys),
        STORY(nothing_that_was_sealed_stands_in_clear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
