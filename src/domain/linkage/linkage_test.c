// One inquiry by its three steps: the way it should go, each way it should not, and long walks at random.
// Proves F-4-02, F-4-03 (held and refused), F-4-07 (one effect however often something comes), C-2.5-06 (one permit, one
// answer), C-3.6-05, C-3.6-28, C-3.6-29.
// SPDX-License-Identifier: Apache-2.0
#include "provision_record.h"

#include "test_random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#define NOW (20000 * INSTANT_DAY + 12 * 60 * INSTANT_MINUTE)

static const OrganisationCode kitakyushu = {"0220140100500000"}, fukuoka = {"0220140130700000"};

static Arena arena;
static AllowList list;
static PermitHash key = {{7}};

static Permit asked(void)
{
    return (Permit){.inquiry = {"1"},
                    .question = {.item = 25,
                                 .affair = {"JM90000000000025"},
                                 .procedure = {"JT90000000002501"},
                                 .dataset = {"TM9000000000YB01"},
                                 .items = 0x7FFF,
                                 .inquirer = fukuoka,
                                 .provider = kitakyushu},
                    .key = key};
}

static Permit issued(void)
{
    Permit permit = asked();
    permit.id = (PermitId){{5}};
    permit.list_version = list.version;
    permit.issued_at = NOW;
    permit.expires_at = NOW + PERMIT_LIFE_ONLINE;
    return permit;
}

static int make_list(void **state)
{
    (void)state;
    arena = arena_reserve(1 << 20);
    Question q = asked().question;
    list = (AllowList){.version = 3, .as_of = NOW};
    *allow_bodies_push(&list.bodies, &arena) = (AllowBody){kitakyushu, BODY_CITY};
    *allow_bodies_push(&list.bodies, &arena) = (AllowBody){fukuoka, BODY_CITY};
    *allow_rows_push(&list.rows, &arena) = (AllowRow){.item = q.item,
                                                      .affair = q.affair,
                                                      .procedure = q.procedure,
                                                      .inquirers = BODY_CITY,
                                                      .providers = BODY_CITY,
                                                      .dataset = q.dataset,
                                                      .items = q.items,
                                                      .in_force = {day_of(2024, 5, 27), DAY_MAX}};
    return 0;
}

// ---- the inquirer

typedef struct Seen {  // what an event points at
    PermitSight sight;
    Permit permit;
    PermitCopy copy;
    AnswerBody body;
} Seen;

static InquiryEvent begin_event(Seen *s)
{
    s->permit = asked();
    s->sight = (PermitSight){.stage = STAGE_ASKING,
                             .now = NOW,
                             .permit = &s->permit,
                             .list = &list,
                             .own = &own_items_of_assessment,
                             .code_known = true,
                             .me = &fukuoka};
    return (InquiryEvent){
        .kind = INQUIRY_BEGIN, .now = NOW, .sight = &s->sight, .person = unified_no_of(1)};
}

static InquiryEvent permit_event(Seen *s, Instant now)
{
    s->copy = (PermitCopy){.permit = issued(), .holder = ROLE_INQUIRER};
    s->sight = (PermitSight){.stage = STAGE_RECEIVING,
                             .now = now,
                             .permit = &s->copy.permit,
                             .list = &list,
                             .me = &fukuoka,
                             .copy = &s->copy,
                             .signature_valid = true,
                             .key = &key};
    return (InquiryEvent){.kind = INQUIRY_PERMIT, .now = now, .sight = &s->sight};
}

static InquiryEvent reply_event(ReplyKind kind, Instant now)
{
    return (InquiryEvent){.kind = INQUIRY_REPLY,
                          .now = now,
                          .reply = {.permit = issued().id,
                                    .kind = kind,
                                    .refusal = kind == REPLY_REFUSED ? RESULT_REFUSED : RESULT_NONE,
                                    .at = kind == REPLY_HELD ? 0 : NOW + 1}};
}

static InquiryEvent answer_event(Seen *s, LinkageResult result, Instant now)
{
    InquiryEvent event = reply_event(REPLY_ANSWERED, now);
    event.kind = INQUIRY_ANSWER;
    s->body = (AnswerBody){.permit = issued(), .result = result, .as_of = day_of(2024, 10, 3)};
    event.body = &s->body;
    return event;
}

static InquiryEvent plain_event(InquiryEventKind kind, Instant now)
{
    return (InquiryEvent){.kind = kind, .now = now};
}

static InquiryStep go(Inquiry *inquiry, InquiryEvent event)
{
    InquiryStep step = inquiry_step(inquiry, &event);
    *inquiry = step.next;
    return step;
}

static Inquiry asking(Seen *s)
{
    Inquiry inquiry = {0};
    (void)go(&inquiry, begin_event(s));
    (void)go(&inquiry, permit_event(s, NOW));
    return inquiry;
}

enum { TOLD = INQUIRY_TELL | INQUIRY_WRITE_RECORD | INQUIRY_DESTROY_KEY };

static void an_inquiry_is_permitted_asked_answered_and_told_once(void **state)
{
    (void)state;
    Seen s;
    Inquiry inquiry = {0};
    assert_int_equal(go(&inquiry, begin_event(&s)).effects, INQUIRY_ASK_CORE);
    assert_string_equal(inquiry_status(&inquiry), "02");
    assert_int_equal(go(&inquiry, begin_event(&s)).effects, 0);  // the same wish again
    assert_int_equal(go(&inquiry, permit_event(&s, NOW)).effects, INQUIRY_ASK_PROVIDER);
    assert_string_equal(inquiry_status(&inquiry), "03");
    assert_int_equal(go(&inquiry, permit_event(&s, NOW)).effects, 0);
    assert_int_equal(go(&inquiry, answer_event(&s, RESULT_GIVEN, NOW + 2)).effects,
                     TOLD | INQUIRY_KEEP_DATA);
    assert_int_equal(inquiry.state, INQUIRY_ENDED);
    assert_int_equal(inquiry.provided_at, NOW + 1);
    assert_string_equal(inquiry_status(&inquiry), "09");
    assert_string_equal(result_status(inquiry.result), "01");
    assert_int_equal(go(&inquiry, answer_event(&s, RESULT_GIVEN, NOW + 3)).effects, 0);
}

static void nothing_is_begun_that_may_not_be_asked(void **state)
{
    (void)state;
    Seen s;
    Inquiry inquiry = {0};
    InquiryEvent event = begin_event(&s);
    s.sight.code_known = false;
    InquiryStep step = go(&inquiry, event);
    assert_int_equal(step.no, PERMIT_NO_CODE);
    assert_int_equal(step.effects, 0);
    assert_int_equal(inquiry.state, INQUIRY_NONE);
    event = begin_event(&s);
    s.permit.question.item = 26;  // the city answers it, and does not ask
    assert_int_equal(go(&inquiry, event).no, PERMIT_NOT_ALLOWED);
    assert_int_equal(inquiry.state, INQUIRY_NONE);
}

static void a_permit_that_is_not_believed_moves_nothing(void **state)
{
    (void)state;
    Seen s;
    Inquiry inquiry = {0};
    (void)go(&inquiry, begin_event(&s));
    InquiryEvent event = permit_event(&s, NOW);
    s.sight.signature_valid = false;
    assert_int_equal(go(&inquiry, event).effects, INQUIRY_ALARM);
    event = permit_event(&s, NOW);
    s.copy.permit.question.items = 1;
    assert_int_equal(go(&inquiry, event).no, PERMIT_OTHER_QUESTION);
    assert_int_equal(inquiry.state, INQUIRY_PERMITTING);
    event =
        permit_event(&s, NOW + PERMIT_LIFE_ONLINE);  // too late for it: the core has no other one
    assert_int_equal(go(&inquiry, event).effects, TOLD);
    assert_int_equal(inquiry.result, RESULT_EXPIRED);
    assert_int_equal(inquiry.state, INQUIRY_ENDED);
}

// Each of these opened with our key, and answers something else.
static void an_answer_to_another_question_is_not_used(void **state)
{
    (void)state;
    for (int i = 0; i < 13; i++) {
        Seen s;
        Inquiry inquiry = asking(&s);
        InquiryEvent event = answer_event(&s, RESULT_GIVEN, NOW + 2);
        if (i == 0) s.body.permit.id.at[15] ^= 1;
        if (i == 1) s.body.permit.inquiry = (InquiryNo){"2"};
        if (i == 2) s.body.permit.question.items = 1;
        if (i == 3) s.body.permit.question.provider = fukuoka;
        if (i == 4) s.body.permit.key.at[0] ^= 1;
        if (i == 5) s.body.result = RESULT_REFUSED;
        if (i == 6) event.body = NULL;
        if (i == 7) s.body.permit.question.item = 26;
        if (i == 8) s.body.permit.question.affair.at[15] ^= 1;
        if (i == 9) s.body.permit.question.procedure.at[15] ^= 1;
        if (i == 10) s.body.permit.question.dataset.at[15] ^= 1;
        if (i == 11) s.body.permit.question.inquirer = kitakyushu;
        if (i == 12) s.body.permit.undisclosed = true;
        InquiryStep step = go(&inquiry, event);
        assert_int_equal(step.effects, INQUIRY_ALARM);
        assert_int_equal(inquiry.state, INQUIRY_ASKING);
        assert_int_equal(inquiry.result, RESULT_NONE);
        // The right one still counts; without it, the end says that something unreadable came.
        Inquiry other = inquiry;
        assert_int_equal(go(&other, answer_event(&s, RESULT_GIVEN, NOW + 3)).effects,
                         TOLD | INQUIRY_KEEP_DATA);
        for (int t = 0; t < INQUIRY_TRIES; t++)
            (void)go(&inquiry, plain_event(INQUIRY_WAKE, inquiry.try_at));
        assert_int_equal(inquiry.result, RESULT_UNREADABLE);
    }
}

// The code was found to be somebody else's while the inquiry was under way: what comes is recorded and not used.
static void an_answer_by_a_doubted_link_is_recorded_and_not_used(void **state)
{
    (void)state;
    Seen s;
    Inquiry inquiry = asking(&s);
    InquiryEvent event = answer_event(&s, RESULT_GIVEN, NOW + 2);
    event.link_doubted = true;
    assert_int_equal(go(&inquiry, event).effects, TOLD | INQUIRY_ALARM);
    assert_int_equal(inquiry.state, INQUIRY_ENDED);
    assert_int_equal(inquiry.result, RESULT_UNREADABLE);
    assert_true(inquiry.provided_at == event.reply.at);  // as the provider's record and the core's say
}

static void a_reply_by_another_permit_moves_nothing(void **state)
{
    (void)state;
    Seen s;
    Inquiry inquiry = asking(&s), before = inquiry;
    InquiryEvent events[] = {reply_event(REPLY_HELD, NOW + 2), reply_event(REPLY_REFUSED, NOW + 2),
                             answer_event(&s, RESULT_GIVEN, NOW + 2)};
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        events[i].reply.permit.at[0] ^= 1;
        assert_int_equal(go(&inquiry, events[i]).effects, 0);
        assert_memory_equal(&inquiry, &before, sizeof before);
    }
}

static void nobody_answers_and_what_comes_later_is_recorded_and_not_opened(void **state)
{
    (void)state;
    Seen s;
    Inquiry inquiry = asking(&s);
    assert_int_equal(go(&inquiry, plain_event(INQUIRY_WAKE, inquiry.try_at - 1)).effects, 0);
    for (int t = 1; t < INQUIRY_TRIES; t++)
        assert_int_equal(go(&inquiry, plain_event(INQUIRY_WAKE, inquiry.try_at)).effects,
                         INQUIRY_ASK_PROVIDER);
    assert_int_equal(go(&inquiry, plain_event(INQUIRY_WAKE, inquiry.try_at)).effects,
                     TOLD | INQUIRY_ASK_PROVIDER);
    assert_int_equal(inquiry.result, RESULT_SILENT);
    assert_string_equal(inquiry_status(&inquiry), "14");
    Instant told = inquiry.told_at;
    assert_int_equal(go(&inquiry, plain_event(INQUIRY_WAKE, inquiry.try_at)).effects,
                     INQUIRY_ASK_PROVIDER);
    InquiryStep step = go(&inquiry, answer_event(&s, RESULT_GIVEN, told + INQUIRY_LONG_WAIT));
    assert_int_equal(step.effects, INQUIRY_WRITE_RECORD);
    assert_int_equal(inquiry.result, RESULT_SILENT);
    assert_int_equal(inquiry.told_at, told);
    assert_int_equal(inquiry.provided_at, NOW + 1);
    assert_int_equal(inquiry.state, INQUIRY_ENDED);
}

static void each_wait_is_twice_the_last_and_an_hour_at_most(void **state)
{
    (void)state;
    Seen s;
    Inquiry inquiry = asking(&s);
    Instant asked_at = NOW, wait = INQUIRY_FIRST_WAIT;
    for (int i = 0; i < 10; i++) {
        assert_int_equal(inquiry.try_at - asked_at, wait);
        asked_at = inquiry.try_at;
        (void)go(&inquiry, plain_event(INQUIRY_WAKE, asked_at));
        wait = 2 * wait < INQUIRY_LONG_WAIT ? 2 * wait : INQUIRY_LONG_WAIT;
    }
    assert_int_equal(wait, 60 * INSTANT_MINUTE);
}

static void what_is_never_settled_is_an_incident(void **state)
{
    (void)state;
    Seen s;
    Inquiry inquiry = asking(&s);
    int alarms = 0, tries = 0;
    while (inquiry.state != INQUIRY_ENDED) {
        alarms +=
            (go(&inquiry, plain_event(INQUIRY_WAKE, inquiry.try_at)).effects & INQUIRY_ALARM) != 0;
        assert_true(++tries < 1000);
    }
    assert_int_equal(alarms, 1);
    assert_true(inquiry.ended_at >= NOW + INQUIRY_SETTLE);
}

static void people_there_have_days_and_not_seconds(void **state)
{
    (void)state;
    Seen s;
    Inquiry inquiry = asking(&s);
    assert_int_equal(go(&inquiry, reply_event(REPLY_HELD, NOW + 2)).effects, 0);
    assert_string_equal(inquiry_status(&inquiry), "04");
    Inquiry before = inquiry;  // told again that it is held, nobody waits longer
    assert_int_equal(go(&inquiry, reply_event(REPLY_HELD, NOW + INSTANT_MINUTE)).effects, 0);
    assert_memory_equal(&inquiry, &before, sizeof before);
    while (inquiry.try_at < NOW + INQUIRY_HELD_LIFE)
        assert_int_equal(go(&inquiry, plain_event(INQUIRY_WAKE, inquiry.try_at)).effects,
                         INQUIRY_ASK_PROVIDER);
    Inquiry refused = inquiry;
    assert_int_equal(go(&refused, reply_event(REPLY_REFUSED, NOW + INQUIRY_HELD_LIFE)).effects,
                     TOLD);
    assert_int_equal(refused.result, RESULT_REFUSED);
    assert_int_equal(refused.provided_at, 0);
    assert_int_equal(go(&inquiry, plain_event(INQUIRY_WAKE, inquiry.try_at)).effects,
                     TOLD | INQUIRY_ASK_PROVIDER);
    assert_int_equal(inquiry.result, RESULT_SILENT);
}

static void no_data_is_evidence_on_a_day(void **state)
{
    (void)state;
    Seen s;
    Inquiry inquiry = asking(&s);
    assert_int_equal(go(&inquiry, answer_event(&s, RESULT_NO_DATA, NOW + 2)).effects,
                     TOLD);  // no data to keep
    assert_int_equal(inquiry.result, RESULT_NO_DATA);
    assert_int_equal(inquiry.as_of, day_of(2024, 10, 3));
    assert_string_equal(result_status(inquiry.result), "02");
    assert_int_equal(inquiry.provided_at, NOW + 1);
}

static void taken_back_it_is_told_and_still_settled(void **state)
{
    (void)state;
    Seen s;
    Inquiry inquiry = asking(&s);
    assert_int_equal(go(&inquiry, plain_event(INQUIRY_CANCEL, NOW + 1)).effects, TOLD);
    assert_int_equal(go(&inquiry, plain_event(INQUIRY_CANCEL, NOW + 2)).effects, 0);
    assert_string_equal(inquiry_status(&inquiry), "15");
    assert_int_equal(go(&inquiry, answer_event(&s, RESULT_GIVEN, NOW + 3)).effects,
                     INQUIRY_WRITE_RECORD);
    assert_int_equal(inquiry.provided_at, NOW + 1);

    Inquiry early = {0};  // before there was a permit: nobody is asked by it any more
    (void)go(&early, begin_event(&s));
    assert_int_equal(go(&early, plain_event(INQUIRY_CANCEL, NOW + 1)).effects, TOLD);
    assert_int_equal(go(&early, permit_event(&s, NOW + 2)).effects, INQUIRY_WRITE_RECORD);
    assert_int_equal(early.state, INQUIRY_ENDED);
    assert_int_equal(early.result, RESULT_CANCELLED);
}

// ---- the provider

typedef struct Before {  // what lies before the provider
    PermitSight sight;
    PermitCopy copy;
} Before;

#define WORDS(s)           \
    {                      \
        (s), sizeof(s) - 1 \
    }
static const ApprovalPerson hanako = {WORDS("花子"), WORDS("staff:1")},
                            taro = {WORDS("太郎"), WORDS("staff:2")};

static ProvisionEvent ask_event(Before *b, Instant now)
{
    b->copy = (PermitCopy){.permit = issued(), .holder = ROLE_PROVIDER, .route = {"if.401307"}};
    b->sight = (PermitSight){.stage = STAGE_ANSWERING,
                             .now = now,
                             .permit = &b->copy.permit,
                             .list = &list,
                             .own = &own_items_of_assessment,
                             .me = &kitakyushu,
                             .copy = &b->copy,
                             .signature_valid = true,
                             .key = &key};
    return (ProvisionEvent){
        .kind = PROVISION_ASK,
        .now = now,
        .sight = &b->sight,
        .facts = {.person = unified_no_of(9), .any_data = true, .copies_as_of = now}};
}

static ProvisionEvent act_event(ApprovalEventKind kind, ApprovalPerson who, Instant now)
{
    return (ProvisionEvent){
        .kind = PROVISION_DECIDE,
        .list = &list,
        .now = now,
        .facts = {.person = unified_no_of(9), .any_data = true, .copies_as_of = now},
        .act = {.kind = kind, .who = who, .today = instant_day_in_japan(now), .last_day = DAY_MAX}};
}

static ProvisionStep do_there(Provision *provision, ProvisionEvent event)
{
    ProvisionStep step = provision_step(provision, &event);
    *provision = step.next;
    return step;
}

enum {
    GAVE = PROVISION_SEAL | PROVISION_REPLY | PROVISION_WRITE_RECORD,
    SAID_NO = PROVISION_REPLY | PROVISION_WRITE_RECORD
};

static void asked_again_it_says_the_same_and_records_nothing(void **state)
{
    (void)state;
    Before b;
    Provision provision = {0};
    assert_int_equal(do_there(&provision, ask_event(&b, NOW)).effects, GAVE);
    Reply said = provision.reply;
    assert_int_equal(said.kind, REPLY_ANSWERED);
    // By then the permit is over and the person's data is another: this permit was answered.
    ProvisionEvent again = ask_event(&b, NOW + INSTANT_DAY);
    again.facts.any_data = false;
    assert_int_equal(do_there(&provision, again).effects, PROVISION_REPLY);
    assert_true(reply_same(&said, &provision.reply));
    assert_int_equal(provision.result, RESULT_GIVEN);
    again = ask_event(&b, NOW + 1);  // another key under the same permit
    b.sight.key = &(PermitHash){{8}};
    assert_int_equal(do_there(&provision, again).effects, PROVISION_ALARM);
}

static void what_each_objection_means_there(void **state)
{
    (void)state;
    static const OwnItems none = {0};
    for (int i = 0; i < 10; i++) {
        Before b;
        Provision provision = {0}, untouched = {0};
        ProvisionEvent event = ask_event(&b, NOW);
        AllowList own = list;
        b.sight.list = &own;
        // clang-format off
        static const struct { int effects; LinkageResult result; } expected[] = {
            {PROVISION_ALARM,           RESULT_NONE},         // forged: no word
            {PROVISION_ALARM,           RESULT_NONE},         // not for us
            {PROVISION_ALARM,           RESULT_NONE},         // another key
            {0,                         RESULT_NONE},         // issued in times to come: perhaps a clock
            {SAID_NO,                   RESULT_EXPIRED},
            {PROVISION_FETCH_LIST,      RESULT_NONE},         // we are behind ourselves
            {PROVISION_FETCH_LIST,      RESULT_NONE},
            {SAID_NO | PROVISION_ALARM, RESULT_NOT_ALLOWED},  // the core allowed it and we do not
            {SAID_NO | PROVISION_ALARM, RESULT_NOT_ALLOWED},  // not in our assessment
            {SAID_NO,                   RESULT_NOT_ALLOWED},  // the core was behind
        };
        // clang-format on
        if (i == 0) b.sight.signature_valid = false;
        if (i == 1) b.sight.me = &fukuoka;
        if (i == 2) b.sight.key = &(PermitHash){{8}};
        if (i == 3) b.copy.permit.issued_at = NOW + INSTANT_DAY;
        if (i == 4) b.copy.permit.expires_at = NOW;
        if (i == 5) own.as_of = NOW - ALLOW_LIST_LIFE;
        if (i == 6) b.copy.permit.list_version = own.version + 1;
        if (i == 7) own.rows.count = 0;
        if (i == 8) b.sight.own = &none;
        if (i == 9) b.copy.permit.list_version = own.version - 1;
        assert_int_equal(do_there(&provision, event).effects, expected[i].effects);
        assert_int_equal(provision.result, expected[i].result);
        assert_int_equal(provision.state, expected[i].result ? PROVISION_ENDED : PROVISION_NONE);
        // Where nothing was said, nothing stays of it either.
        if (!expected[i].result) assert_memory_equal(&provision, &untouched, sizeof provision);
    }
}

static void nothing_is_answered_from_old_copies(void **state)
{
    (void)state;
    Before b;
    Provision provision = {0};
    ProvisionEvent event = ask_event(&b, NOW);
    event.facts.copies_as_of = NOW - COPIES_LIFE;
    assert_int_equal(do_there(&provision, event).effects, PROVISION_ALARM);
    assert_int_equal(provision.state, PROVISION_NONE);
    event.facts.copies_as_of = NOW + CLOCKS_APART + 1;  // of days to come: one of two clocks is wrong
    assert_int_equal(do_there(&provision, event).effects, PROVISION_ALARM);
    const Instant good[] = {NOW - COPIES_LIFE + 1, NOW + CLOCKS_APART};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        Provision other = {0};
        event.facts.copies_as_of = good[i];
        assert_int_equal(do_there(&other, event).effects, GAVE);
    }
}

static void who_is_not_here_and_who_has_nothing_are_two_answers(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        static const LinkageResult expected[] = {RESULT_GIVEN, RESULT_NO_DATA, RESULT_NOBODY};
        Before b;
        Provision provision = {0};
        ProvisionEvent event = ask_event(&b, NOW);
        if (i == 1) event.facts.any_data = false;
        if (i == 2) event.facts.person = (UnifiedNo){{0}};
        event.facts.look_first = i == 2;  // there is nobody to look at
        assert_int_equal(do_there(&provision, event).effects, GAVE);
        assert_int_equal(provision.result, expected[i]);
        assert_int_equal(provision.reply.kind, REPLY_ANSWERED);  // the core cannot tell them apart
        assert_int_equal(provision.reply.refusal, RESULT_NONE);
    }
}

static Provision held(bool doubted)
{
    Before b;
    Provision provision = {0};
    ProvisionEvent event = ask_event(&b, NOW);
    event.facts.doubted = doubted;
    event.facts.look_first = !doubted;
    assert_int_equal(do_there(&provision, event).effects, PROVISION_QUEUE | PROVISION_REPLY);
    assert_int_equal(provision.reply.kind, REPLY_HELD);
    assert_int_equal(do_there(&provision, event).effects, PROVISION_REPLY);  // queued once
    return provision;
}

static void what_is_held_leaves_by_two_people_alone(void **state)
{
    (void)state;
    for (int doubted = 0; doubted < 2; doubted++) {
        Provision provision = held(doubted);
        assert_int_equal(do_there(&provision, act_event(APPROVAL_GRANT, taro, NOW + 1)).refused,
                         APPROVAL_NOT_NOW);
        assert_int_equal(do_there(&provision, act_event(APPROVAL_ASK, hanako, NOW + 1)).effects, 0);
        assert_int_equal(do_there(&provision, act_event(APPROVAL_GRANT, hanako, NOW + 2)).refused,
                         APPROVAL_SAME_PERSON);
        assert_int_equal(provision.state, PROVISION_HELD);
        ProvisionEvent release = act_event(APPROVAL_GRANT, taro, NOW + 3);
        release.facts.person = unified_no_of(8);  // whom the code means by then
        assert_int_equal(do_there(&provision, release).effects, GAVE);
        assert_true(unified_same(&provision.person, &release.facts.person));
        assert_int_equal(provision.result, RESULT_GIVEN);
        assert_int_equal(provision.reply.at, NOW + 3);
    }
}

static void what_would_go_out_is_what_they_saw(void **state)
{
    (void)state;
    Provision provision = held(false);
    (void)do_there(&provision, act_event(APPROVAL_ASK, hanako, NOW + 1));
    ProvisionEvent event = act_event(APPROVAL_GRANT, taro, NOW + 2);
    event.act.content.at[0] = 1;  // a dose came in between
    assert_int_equal(do_there(&provision, event).refused, APPROVAL_CHANGED);
    assert_int_equal(provision.state, PROVISION_HELD);
    event = act_event(APPROVAL_ASK, taro, NOW + 3);  // looked at anew, and now by the other one
    event.act.content.at[0] = 1;
    event.choice = CHOICE_REFUSE;
    assert_int_equal(do_there(&provision, event).refused, APPROVAL_YES);
    event = act_event(APPROVAL_GRANT, hanako, NOW + 4);
    event.act.content.at[0] = 1;
    assert_int_equal(do_there(&provision, event).effects, SAID_NO);
    assert_int_equal(provision.result, RESULT_REFUSED);
}

static void nobody_decides_in_time_or_by_old_copies(void **state)
{
    (void)state;
    Provision provision = held(false), late = provision;
    (void)do_there(&provision, act_event(APPROVAL_ASK, hanako, NOW + 1));
    ProvisionEvent event = act_event(APPROVAL_GRANT, taro, NOW + COPIES_LIFE);
    event.facts.copies_as_of = NOW;
    assert_int_equal(do_there(&provision, event).refused, APPROVAL_NOT_NOW);
    assert_int_equal(provision.approval.state, APPROVAL_ASKED);
    Instant end = NOW + PROVISION_HELD_LIFE;
    AllowList fresh = list;
    fresh.as_of = end;
    event = act_event(APPROVAL_GRANT, taro, end);
    event.list = &fresh;
    Provision released = provision;
    assert_int_equal(do_there(&provision, event).refused, APPROVAL_NOT_NOW);
    assert_int_equal(provision.state, PROVISION_HELD);
    event.now--;
    assert_int_equal(do_there(&released, event).effects, GAVE);
    assert_int_equal(
        do_there(&late, (ProvisionEvent){.kind = PROVISION_WAKE, .now = end - 1}).effects, 0);
    assert_int_equal(do_there(&late, (ProvisionEvent){.kind = PROVISION_WAKE, .now = end}).effects,
                     SAID_NO);
    assert_int_equal(late.result, RESULT_EXPIRED);
}

// A permission that was taken back while it lay there is one no more; an old list decides nothing.
static void what_is_released_is_allowed_on_that_day(void **state)
{
    (void)state;
    Provision provision = held(false);
    (void)do_there(&provision, act_event(APPROVAL_ASK, hanako, NOW + 1));
    AllowList later = list;
    ProvisionEvent event = act_event(APPROVAL_GRANT, taro, NOW + 2);
    event.list = &later;
    later.as_of = NOW - ALLOW_LIST_LIFE;
    assert_int_equal(do_there(&provision, event).effects, PROVISION_FETCH_LIST);
    assert_int_equal(provision.approval.state, APPROVAL_ASKED);
    later = list;
    later.rows.count = 0;
    ProvisionStep step = do_there(&provision, event);
    assert_int_equal(step.effects, SAID_NO);
    assert_int_equal(step.refused, APPROVAL_NOT_NOW);
    assert_int_equal(provision.result, RESULT_NOT_ALLOWED);
}

// ---- the core

typedef struct Wanted {
    PermitSight sight;
    Permit permit;
} Wanted;

static RelayEvent wish_event(Wanted *w)
{
    w->permit = asked();
    w->sight = (PermitSight){.stage = STAGE_ISSUING,
                             .now = NOW,
                             .permit = &w->permit,
                             .list = &list,
                             .code_known = true,
                             .me = &fukuoka};
    return (RelayEvent){.kind = RELAY_ASK, .now = NOW, .sight = &w->sight, .fresh = {{5}}};
}

static RelayStep relay(Relay *r, RelayEvent event)
{
    RelayStep step = relay_step(r, &event);
    *r = step.next;
    return step;
}

static void whoever_asks_again_gets_the_same_permit(void **state)
{
    (void)state;
    Wanted w;
    Relay r = {0};
    assert_int_equal(relay(&r, wish_event(&w)).effects, RELAY_ISSUE | RELAY_WRITE_RECORD);
    Permit first = r.permit;
    assert_true(permit_id_same(&first.id, &(PermitId){{5}}));
    assert_int_equal(first.list_version, list.version);
    assert_int_equal(first.issued_at, NOW);
    assert_int_equal(first.expires_at, NOW + PERMIT_LIFE_ONLINE);
    Relay by_file = {0};
    RelayEvent bulk = wish_event(&w);
    bulk.bulk = true;
    assert_int_equal(relay(&by_file, bulk).effects, RELAY_ISSUE | RELAY_WRITE_RECORD);
    assert_int_equal(by_file.permit.expires_at, NOW + PERMIT_LIFE_BULK);
    RelayEvent again = wish_event(&w);
    again.now += INSTANT_MINUTE;
    again.fresh = (PermitId){{6}};
    assert_int_equal(relay(&r, again).effects, RELAY_ISSUE);
    assert_memory_equal(&r.permit, &first, sizeof first);
    again.other_person = true;  // the same question under the same number, about somebody else
    RelayStep other = relay_step(&r, &again);
    assert_true(other.number_taken);
    assert_int_equal(other.effects, RELAY_REFUSE | RELAY_ALARM);
    again = wish_event(&w);
    w.permit.question.items = 1;  // something else under the same number
    RelayStep step = relay(&r, again);
    assert_true(step.number_taken);
    assert_int_equal(step.effects, RELAY_REFUSE | RELAY_ALARM);
    assert_memory_equal(&r.permit, &first, sizeof first);
}

static void what_the_core_refuses_it_refuses_again(void **state)
{
    (void)state;
    Wanted w;
    Relay r = {0};
    RelayEvent event = wish_event(&w);
    w.sight.suspended = true;
    assert_int_equal(relay(&r, event).effects, RELAY_REFUSE | RELAY_WRITE_RECORD);
    assert_int_equal(r.refusal, PERMIT_SUSPENDED);
    assert_int_equal(relay(&r, wish_event(&w)).effects, RELAY_REFUSE);
    Permit permit = issued();
    RelayEvent inquiry = {
        .kind = RELAY_INQUIRY, .permit = &permit, .signature_valid = true, .key = key};
    assert_int_equal(relay(&r, inquiry).effects, RELAY_ALARM);
}

static void only_what_was_permitted_passes_and_only_its_provider_replies(void **state)
{
    (void)state;
    Wanted w;
    Relay r = {0};
    (void)relay(&r, wish_event(&w));
    Permit permit = r.permit, other = r.permit;
    other.id.at[0] ^= 1;
    RelayEvent inquiry = {
        .kind = RELAY_INQUIRY, .now = NOW, .permit = &permit, .signature_valid = true, .key = key};
    assert_int_equal(relay(&r, inquiry).effects, RELAY_FORWARD);
    assert_int_equal(relay(&r, inquiry).effects, RELAY_FORWARD);
    inquiry.signature_valid = false;
    assert_int_equal(relay(&r, inquiry).effects, RELAY_ALARM);
    inquiry.signature_valid = true;
    inquiry.key.at[0] ^= 1;
    assert_int_equal(relay(&r, inquiry).effects, RELAY_ALARM);
    inquiry.key = key;
    inquiry.permit = &other;
    assert_int_equal(relay(&r, inquiry).effects, RELAY_ALARM);
    other = r.permit;
    other.question.items = 1;  // its own number, and another question
    assert_int_equal(relay(&r, inquiry).effects, RELAY_ALARM);

    RelayEvent reply = {.kind = RELAY_REPLY,
                        .from = &fukuoka,
                        .reply = {r.permit.id, REPLY_ANSWERED, RESULT_NONE, NOW}};
    assert_int_equal(relay(&r, reply).effects, RELAY_ALARM);
    reply.from = &kitakyushu;
    reply.reply.permit.at[0] ^= 1;
    assert_int_equal(relay(&r, reply).effects, RELAY_ALARM);
    reply.reply.permit = r.permit.id;
    reply.reply.kind = REPLY_HELD;
    reply.reply.at = 0;
    assert_int_equal(relay(&r, reply).effects, RELAY_RETURN);
    Relay refused = r;
    RelayEvent no = reply, answer = reply;
    no.reply = (Reply){r.permit.id, REPLY_REFUSED, RESULT_REFUSED, NOW};
    assert_int_equal(relay(&refused, no).effects, RELAY_RETURN | RELAY_WRITE_RECORD);
    assert_int_equal(relay(&refused, no).effects, RELAY_RETURN);
    no.reply.refusal = RESULT_EXPIRED;  // another reason is another word
    assert_int_equal(relay(&refused, no).effects, RELAY_ALARM);
    answer.reply = (Reply){r.permit.id, REPLY_ANSWERED, RESULT_NONE, NOW};
    assert_int_equal(relay(&r, answer).effects, RELAY_RETURN | RELAY_WRITE_RECORD);
    assert_int_equal(relay(&r, answer).effects, RELAY_RETURN);  // recorded once
    assert_int_equal(relay(&r, reply).effects, 0);              // an old word on its way
    answer.reply.at++;                                          // a provider says one thing
    assert_int_equal(relay(&r, answer).effects, RELAY_ALARM);
}

// ---- records

static void three_records_agree_or_say_where_not(void **state)
{
    (void)state;
    ProvisionRecord inq = {
        .role = RECORD_INQUIRER, .permit = issued(), .provided_at = NOW, .result = RESULT_NO_DATA};
    ProvisionRecord prv = inq, core = inq, other;
    core.result = RESULT_GIVEN;
    assert_int_equal(records_differ(&inq, &prv, &core), RECORDS_AGREE);
    assert_int_equal(records_differ(NULL, &prv, &core), RECORDS_ORPHAN);
    assert_int_equal(records_differ(&inq, &prv, NULL), RECORDS_ORPHAN);
    assert_int_equal(records_differ(&inq, NULL, &core), RECORDS_ORPHAN);
    other = prv;
    other.permit.question.items = 1;
    assert_int_equal(records_differ(&inq, &other, &core), RECORDS_OTHER_ASKED);
    assert_int_equal(records_differ(&other, &prv, &core), RECORDS_OTHER_ASKED);
    other = prv;
    other.provided_at = 0;
    assert_int_equal(records_differ(&inq, &other, &core), RECORDS_OTHER_TIME);
    assert_int_equal(records_differ(&other, &prv, &core), RECORDS_OTHER_TIME);
    other = prv;
    other.result = RESULT_GIVEN;  // one says data and the other says none
    assert_int_equal(records_differ(&inq, &other, &core), RECORDS_OTHER_END);
    static const LinkageResult waited[] = {RESULT_UNREADABLE, RESULT_CANCELLED, RESULT_SILENT};
    for (size_t i = 0; i < sizeof waited / sizeof *waited; i++) {
        inq.result = waited[i];  // it had stopped waiting
        assert_int_equal(records_differ(&inq, &prv, &core), RECORDS_AGREE);
    }
    prv.result = RESULT_REFUSED;
    assert_int_equal(records_differ(&inq, &prv, &core), RECORDS_OTHER_END);
    ProvisionRecord none = {.permit = asked(), .result = RESULT_NOT_ALLOWED};
    assert_int_equal(records_differ(&none, NULL, &none),
                     RECORDS_AGREE);  // refused by the core: nobody provided
}

// What a citizen is told of one access: nothing is called wrong that may still come.
static void three_records_of_one_access_stand_together_or_apart(void **state)
{
    (void)state;
    ProvisionRecord inq = {
        .role = RECORD_INQUIRER, .permit = issued(), .provided_at = NOW, .result = RESULT_NO_DATA};
    ProvisionRecord prv = inq, core = inq, other = inq;
    core.result = RESULT_GIVEN;
    other.permit.question.items = 1;
    inq = record_for_core(&inq);
    assert_int_equal(inq.result, RESULT_GIVEN);  // which answer it was stays between the two
    prv = record_for_core(&prv);
    assert_int_equal(records_stand(&inq, &prv, &core), RECORDS_TOGETHER);
    assert_int_equal(records_stand(NULL, NULL, &core), RECORDS_INCOMPLETE);
    assert_int_equal(records_stand(&inq, NULL, &core), RECORDS_INCOMPLETE);
    assert_int_equal(records_stand(NULL, &prv, &core), RECORDS_INCOMPLETE);
    assert_int_equal(records_stand(&inq, &prv, NULL), RECORDS_APART);
    assert_int_equal(records_stand(&other, NULL, &core), RECORDS_APART);
    assert_int_equal(records_stand(NULL, &other, &core), RECORDS_APART);
    prv.result = RESULT_REFUSED;
    assert_int_equal(records_stand(&inq, &prv, &core), RECORDS_APART);
    core.result = RESULT_NONE;  // nothing was answered yet, as the core knows
    assert_int_equal(records_stand(&inq, NULL, &core), RECORDS_INCOMPLETE);
    ProvisionRecord none = {.permit = asked(), .result = RESULT_NOT_ALLOWED};
    assert_int_equal(records_stand(&none, NULL, &none), RECORDS_TOGETHER);
    assert_int_equal(records_stand(NULL, NULL, &none), RECORDS_INCOMPLETE);
}

// One side has only its own word and the core's.
static void ones_own_record_is_compared_with_the_core_alone(void **state)
{
    (void)state;
    ProvisionRecord own = {.role = RECORD_INQUIRER, .permit = issued(), .provided_at = NOW, .result = RESULT_NO_DATA},
                    core = own, other;
    core.role = RECORD_CORE;
    core.result = RESULT_GIVEN;
    static const RecordRole roles[] = {RECORD_INQUIRER, RECORD_PROVIDER};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        own.role = roles[i];
        assert_int_equal(record_differs_from_core(&own, &core), RECORDS_AGREE);
        assert_int_equal(record_differs_from_core(&own, NULL), RECORDS_ORPHAN);
        assert_int_equal(record_differs_from_core(NULL, &core), RECORDS_ORPHAN);
        other = own;
        other.provided_at = 0;
        assert_int_equal(record_differs_from_core(&other, &core), RECORDS_OTHER_TIME);
        other = own;
        other.permit.question.items = 1;
        assert_int_equal(record_differs_from_core(&other, &core), RECORDS_OTHER_ASKED);
        other = own;
        other.result = RESULT_REFUSED;  // refused here, and answered there
        assert_int_equal(record_differs_from_core(&other, &core), RECORDS_OTHER_END);
    }
    own.role = RECORD_INQUIRER;
    own.result = RESULT_SILENT;  // it had stopped waiting when the answer came
    assert_int_equal(record_differs_from_core(&own, &core), RECORDS_AGREE);
    ProvisionRecord none = {.permit = asked(), .result = RESULT_NOT_ALLOWED};
    assert_int_equal(record_differs_from_core(&none, &none), RECORDS_AGREE);
    none.result = core.result = RESULT_REFUSED;
    own = core;
    own.role = RECORD_INQUIRER;
    own.provided_at = core.provided_at = 0;
    assert_int_equal(record_differs_from_core(&own, &core), RECORDS_AGREE);
}

// ---- walks at random

static InquiryEvent event_at_random(uint64_t *seed, Seen *s, Instant now)
{
    switch (random_next(seed) % 10) {
    case 0: return begin_event(s);
    case 1: {
        InquiryEvent event = permit_event(s, now);
        s->sight.signature_valid = random_next(seed) % 4;
        return event;
    }
    case 2: return plain_event(random_next(seed) % 8 ? INQUIRY_WAKE : INQUIRY_NO_PERMIT, now);
    case 3: return plain_event(random_next(seed) % 8 ? INQUIRY_WAKE : INQUIRY_CANCEL, now);
    case 4: return reply_event(random_next(seed) % 2 ? REPLY_HELD : REPLY_REFUSED, now);
    case 5:
    case 6: {
        InquiryEvent event =
            answer_event(s, random_next(seed) % 2 ? RESULT_GIVEN : RESULT_NO_DATA, now);
        if (random_next(seed) % 4 == 0) s->body.permit.inquiry = (InquiryNo){"2"};
        if (random_next(seed) % 4 == 0) event.body = NULL;
        if (random_next(seed) % 4 == 0) event.reply.permit.at[0] ^= 1;
        return event;
    }
    default: return plain_event(INQUIRY_WAKE, now);
    }
}

typedef struct Counted {
    int begun, permitted, told, kept, keys_destroyed;
} Counted;

static void count(Counted *c, const Inquiry *before, const InquiryEvent *event,
                  const InquiryStep *step)
{
    c->begun += before->state == INQUIRY_NONE && step->next.state == INQUIRY_PERMITTING;
    c->permitted += event->kind == INQUIRY_PERMIT && step->no == PERMIT_YES &&
                    step->next.state == INQUIRY_ASKING && before->state == INQUIRY_PERMITTING;
    c->told += (step->effects & INQUIRY_TELL) != 0;
    c->kept += (step->effects & INQUIRY_KEEP_DATA) != 0;
    c->keys_destroyed += (step->effects & INQUIRY_DESTROY_KEY) != 0;
    if (step->effects & INQUIRY_ASK_PROVIDER)
        assert_int_equal(c->permitted, 1);  // nothing leaves without a permit
    if (step->effects & INQUIRY_KEEP_DATA) {
        assert_int_equal(c->keys_destroyed, 1);  // in this very step: the key was there until now
        assert_int_equal(event->body->result, RESULT_GIVEN);
        assert_true(permit_id_same(&event->body->permit.id, &before->permit.id));
        assert_true(permit_asks_the_same(&event->body->permit, &before->permit));
    }
    if (before->state == INQUIRY_ENDED) {
        assert_int_equal(step->effects, 0);
        assert_memory_equal(&step->next, before, sizeof *before);
    }
}

static void walks_at_random_keep_every_promise(void **state)
{
    enum { WALKS = 20000, STEPS = 30 };
    uint64_t seed = 0x5EED5;
    int reached[INQUIRY_STATE_COUNT] = {0}, results[RESULT_COUNT] = {0};
    (void)state;
    print_message("seed %llx\n", (unsigned long long)seed);
    for (int w = 0; w < WALKS; w++) {
        Inquiry now = {0};
        Counted c = {0};
        Instant at = NOW;
        for (int i = 0; i < STEPS; i++) {
            Seen s;
            at += (Instant)(random_next(&seed) %
                            (uint64_t)(random_next(&seed) % 8 ? INSTANT_MINUTE : INSTANT_DAY));
            InquiryEvent event = event_at_random(&seed, &s, at);
            Inquiry before = now;
            InquiryStep step = go(&now, event);
            count(&c, &before, &event, &step);
            reached[now.state]++;
        }
        // Left alone, it ends.
        for (int i = 0; i < 1000 && now.state != INQUIRY_ENDED && now.state != INQUIRY_NONE; i++) {
            Inquiry before = now;
            InquiryEvent event = plain_event(INQUIRY_WAKE, now.try_at);
            InquiryStep step = go(&now, event);
            count(&c, &before, &event, &step);
        }
        assert_true(now.state == INQUIRY_ENDED || !c.begun);
        assert_int_equal(c.told, c.begun);
        assert_int_equal(c.keys_destroyed, c.begun);
        assert_true(c.kept <= 1);
        assert_int_equal(c.kept, now.result == RESULT_GIVEN);
        results[now.result]++;
    }
    for (int s = 0; s < INQUIRY_STATE_COUNT; s++) assert_true(reached[s] > 100);
    for (int r = RESULT_GIVEN; r < RESULT_COUNT; r++)
        assert_true(r == RESULT_NOBODY || results[r] > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_inquiry_is_permitted_asked_answered_and_told_once),
        cmocka_unit_test(nothing_is_begun_that_may_not_be_asked),
        cmocka_unit_test(a_permit_that_is_not_believed_moves_nothing),
        cmocka_unit_test(an_answer_to_another_question_is_not_used),
        cmocka_unit_test(an_answer_by_a_doubted_link_is_recorded_and_not_used),
        cmocka_unit_test(a_reply_by_another_permit_moves_nothing),
        cmocka_unit_test(nobody_answers_and_what_comes_later_is_recorded_and_not_opened),
        cmocka_unit_test(each_wait_is_twice_the_last_and_an_hour_at_most),
        cmocka_unit_test(what_is_never_settled_is_an_incident),
        cmocka_unit_test(people_there_have_days_and_not_seconds),
        cmocka_unit_test(no_data_is_evidence_on_a_day),
        cmocka_unit_test(taken_back_it_is_told_and_still_settled),
        cmocka_unit_test(asked_again_it_says_the_same_and_records_nothing),
        cmocka_unit_test(what_each_objection_means_there),
        cmocka_unit_test(nothing_is_answered_from_old_copies),
        cmocka_unit_test(who_is_not_here_and_who_has_nothing_are_two_answers),
        cmocka_unit_test(what_is_held_leaves_by_two_people_alone),
        cmocka_unit_test(what_would_go_out_is_what_they_saw),
        cmocka_unit_test(nobody_decides_in_time_or_by_old_copies),
        cmocka_unit_test(what_is_released_is_allowed_on_that_day),
        cmocka_unit_test(whoever_asks_again_gets_the_same_permit),
        cmocka_unit_test(what_the_core_refuses_it_refuses_again),
        cmocka_unit_test(only_what_was_permitted_passes_and_only_its_provider_replies),
        cmocka_unit_test(three_records_agree_or_say_where_not),
        cmocka_unit_test(three_records_of_one_access_stand_together_or_apart),
        cmocka_unit_test(ones_own_record_is_compared_with_the_core_alone),
        cmocka_unit_test(walks_at_random_keep_every_promise),
    };
    return cmocka_run_group_tests(tests, make_list, NULL);
}
