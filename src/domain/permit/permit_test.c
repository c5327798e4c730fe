// The checks of a permit, by a table of cases; the table with each check left out; the list by its edges.
// Proves F-4-03 (each check left out makes a case fail), C-3.6-05, C-3.6-06 (three look for themselves), C-3.6-27,
// C-3.6-30 (the key is the permit's), C-2.5-02 (another procedure is refused).
// SPDX-License-Identifier: Apache-2.0
#include "permit_checks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#define NOW (20000 * INSTANT_DAY + 12 * 60 * INSTANT_MINUTE)  // 2024-10-04, 21 o'clock in Japan

static const OrganisationCode kitakyushu = {"0220140100500000"}, fukuoka = {"0220140130700000"},
                              insurer = {"0220199999900000"};

static Arena arena;

// 転入者の接種歴照会: 福岡市 asks 北九州市, or the other way round.
static Question history_of(OrganisationCode inquirer, OrganisationCode provider)
{
    return (Question){.item = 25,
                      .affair = {"JM90000000000025"},
                      .procedure = {"JT90000000002501"},
                      .dataset = {"TM9000000000YB01"},
                      .items = 0x7FFF,
                      .inquirer = inquirer,
                      .provider = provider};
}

static AllowList list_of(int64_t version)
{
    AllowList list = {.version = version, .as_of = NOW};
    *allow_bodies_push(&list.bodies, &arena) = (AllowBody){kitakyushu, BODY_CITY};
    *allow_bodies_push(&list.bodies, &arena) = (AllowBody){fukuoka, BODY_CITY};
    *allow_bodies_push(&list.bodies, &arena) = (AllowBody){insurer, BODY_INSURER};
    Question q = history_of(fukuoka, kitakyushu);
    *allow_rows_push(&list.rows, &arena) = (AllowRow){.item = q.item,
                                                      .affair = q.affair,
                                                      .procedure = q.procedure,
                                                      .inquirers = BODY_CITY | BODY_PREFECTURE,
                                                      .providers = BODY_CITY | BODY_PREFECTURE,
                                                      .dataset = q.dataset,
                                                      .items = q.items,
                                                      .in_force = {day_of(2024, 5, 27), DAY_MAX}};
    return list;
}

// Everything that a sight points at, so that a case can change any of it.
typedef struct World {
    PermitSight sight;
    PermitCopy copy;
    Permit asked;
    PermitHash key;
    OrganisationCode me;
    AllowList list;
} World;

// All is well. `w` stays where it is: the sight points into it.
static void well(World *w, PermitStage stage)
{
    bool answering = stage == STAGE_ANSWERING;
    *w = (World){.list = list_of(3), .me = answering ? kitakyushu : fukuoka};
    w->key.at[0] = 9;
    w->copy = (PermitCopy){.permit = {.inquiry = {"1"},
                                      .question = history_of(fukuoka, kitakyushu),
                                      .key = w->key,
                                      .list_version = 3,
                                      .issued_at = NOW,
                                      .expires_at = NOW + PERMIT_LIFE_ONLINE},
                           .holder = answering ? ROLE_PROVIDER : ROLE_INQUIRER};
    w->asked = w->copy.permit;
    bool before = stage == STAGE_ASKING || stage == STAGE_ISSUING;
    w->sight = (PermitSight){.stage = stage,
                             .now = NOW,
                             .permit = &w->copy.permit,
                             .list = &w->list,
                             .own = &own_items_of_assessment,
                             .code_known = before,
                             .me = &w->me,
                             .copy = before ? NULL : &w->copy,
                             .signature_valid = !before,
                             .key = before ? NULL : &w->key,
                             .asked = stage == STAGE_RECEIVING ? &w->asked : NULL};
}

// ---- cases: one thing is not well

static void nothing(World *w)
{
    (void)w;
}
static void forged(World *w)
{
    w->sight.signature_valid = false;
}
static void another_me(World *w)
{
    w->me = insurer;
}
static void the_other_sides_copy(World *w)
{
    w->copy.holder = w->copy.holder == ROLE_INQUIRER ? ROLE_PROVIDER : ROLE_INQUIRER;
}
static void another_key(World *w)
{
    w->key.at[31] ^= 1;
}
static void issued_a_minute_ahead(World *w)
{
    w->copy.permit.issued_at = NOW + CLOCKS_APART;
}
static void issued_more_ahead(World *w)
{
    w->copy.permit.issued_at = NOW + CLOCKS_APART + 1;
}
static void last_moment(World *w)
{
    w->copy.permit.expires_at = NOW + 1;
}
static void one_moment_late(World *w)
{
    w->copy.permit.expires_at = NOW;
}
static void more_items_than_asked(World *w)
{
    w->asked.question.items = 1;
}
static void another_inquiry(World *w)
{
    w->asked.inquiry = (InquiryNo){"2"};
}
static void undisclosed_was_asked(World *w)
{
    w->asked.undisclosed = true;
}
static void used_before(World *w)
{
    w->sight.used = true;
}
static void list_of_its_last_moment(World *w)
{
    w->list.as_of = NOW - ALLOW_LIST_LIFE + 1;
}
static void list_too_old(World *w)
{
    w->list.as_of = NOW - ALLOW_LIST_LIFE;
}
static void list_a_minute_ahead(World *w)
{
    w->list.as_of = NOW + CLOCKS_APART;
}
static void list_more_ahead(World *w)
{
    w->list.as_of = NOW + CLOCKS_APART + 1;
}
static void list_of_days_to_come(World *w)
{
    w->list.as_of = NOW + INSTANT_DAY;
}
static void no_list_yet(World *w)
{
    w->list = (AllowList){0};
    w->copy.permit.list_version = 0;
}
static void issued_by_an_older_list(World *w)
{
    w->copy.permit.list_version = 2;
}
static void issued_by_a_newer_list(World *w)
{
    w->copy.permit.list_version = 4;
}
static void another_item(World *w)
{
    w->copy.permit.question.item = w->asked.question.item = 153;
}
static void another_affair(World *w)
{
    (void)affair_code_read(S("JM90000000000153"), &w->copy.permit.question.affair);
    w->asked.question = w->copy.permit.question;
}
static void another_procedure(World *w)
{
    (void)procedure_code_read(S("JT90000000015301"), &w->copy.permit.question.procedure);
    w->asked.question = w->copy.permit.question;
}
static void another_dataset(World *w)
{
    (void)dataset_code_read(S("TM90000000000002"), &w->copy.permit.question.dataset);
    w->asked.question = w->copy.permit.question;
}
static void one_item_beyond_the_row(World *w)
{
    w->copy.permit.question.items |= 1 << 15;
    w->asked.question = w->copy.permit.question;
}
static void no_item_at_all(World *w)
{
    w->copy.permit.question.items = w->asked.question.items = 0;
}
static void inquirer_of_another_class(World *w)
{
    w->list.bodies.at[1].classes = BODY_INSURER;
}
static void provider_of_another_class(World *w)
{
    w->list.bodies.at[0].classes = BODY_PENSION;
}
static void provider_unknown(World *w)
{
    w->list.bodies.at[0].organisation = insurer;
}
static void row_begins_today(World *w)
{
    w->list.rows.at[0].in_force.first = instant_day_in_japan(NOW);
}
static void row_begins_tomorrow(World *w)
{
    w->list.rows.at[0].in_force.first = instant_day_in_japan(NOW) + 1;
}
static void row_ends_today(World *w)
{
    w->list.rows.at[0].in_force.last = instant_day_in_japan(NOW);
}
static void row_ended_yesterday(World *w)
{
    w->list.rows.at[0].in_force.last = instant_day_in_japan(NOW) - 1;
}
static void not_in_the_assessment(World *w)
{
    static const OwnItem one = {ROLE_INQUIRER, 25};  // asks, does not answer
    static const OwnItem other = {ROLE_PROVIDER, 25};
    static const OwnItems asks = {&one, 1}, answers = {&other, 1};
    w->sight.own = w->sight.stage == STAGE_ASKING ? &answers : &asks;
}
static void no_code(World *w)
{
    w->sight.code_known = false;
}
static void suspended(World *w)
{
    w->sight.suspended = true;
}

enum {
    ASK = STAGE_ASKING,
    ISSUE = STAGE_ISSUING,
    TAKE = STAGE_RECEIVING,
    ANSWER = STAGE_ANSWERING
};

// clang-format off
static const struct Case { void (*change)(World *); int stages; PermitNo no; } cases[] = {
    {nothing,                   ASK | ISSUE | TAKE | ANSWER, PERMIT_YES},
    {forged,                    TAKE | ANSWER,               PERMIT_FORGED},
    {another_me,                ASK | ISSUE | TAKE | ANSWER, PERMIT_WRONG_RECIPIENT},
    {the_other_sides_copy,      TAKE | ANSWER,               PERMIT_WRONG_RECIPIENT},
    {another_key,               TAKE | ANSWER,               PERMIT_OTHER_KEY},
    {issued_a_minute_ahead,     TAKE | ANSWER,               PERMIT_YES},
    {issued_more_ahead,         TAKE | ANSWER,               PERMIT_NOT_YET},
    {last_moment,               TAKE | ANSWER,               PERMIT_YES},
    {one_moment_late,           TAKE | ANSWER,               PERMIT_EXPIRED},
    {more_items_than_asked,     TAKE,                        PERMIT_OTHER_QUESTION},
    {another_inquiry,           TAKE,                        PERMIT_OTHER_QUESTION},
    {undisclosed_was_asked,     TAKE,                        PERMIT_OTHER_QUESTION},
    {used_before,               ANSWER,                      PERMIT_USED},
    {list_of_its_last_moment,   ASK | ANSWER,                PERMIT_YES},
    {list_too_old,              ASK | ANSWER,                PERMIT_LIST_STALE},
    {list_a_minute_ahead,       ASK | ANSWER,                PERMIT_YES},
    {list_more_ahead,           ASK | ANSWER,                PERMIT_LIST_STALE},
    {list_of_days_to_come,      ASK | ANSWER,                PERMIT_LIST_STALE},
    {no_list_yet,               ASK | ANSWER,                PERMIT_LIST_STALE},
    {issued_by_an_older_list,   ANSWER,                      PERMIT_LIST_OLDER},
    {issued_by_a_newer_list,    ANSWER,                      PERMIT_LIST_BEHIND},
    {another_item,              ASK | ISSUE | ANSWER,        PERMIT_NOT_ALLOWED},
    {another_affair,            ASK | ISSUE | ANSWER,        PERMIT_NOT_ALLOWED},
    {another_procedure,         ASK | ISSUE | ANSWER,        PERMIT_NOT_ALLOWED},
    {another_dataset,           ASK | ISSUE | ANSWER,        PERMIT_NOT_ALLOWED},
    {one_item_beyond_the_row,   ASK | ISSUE | ANSWER,        PERMIT_NOT_ALLOWED},
    {no_item_at_all,            ASK | ISSUE | ANSWER,        PERMIT_NOT_ALLOWED},
    {inquirer_of_another_class, ASK | ISSUE | ANSWER,        PERMIT_NOT_ALLOWED},
    {provider_of_another_class, ASK | ISSUE | ANSWER,        PERMIT_NOT_ALLOWED},
    {provider_unknown,          ASK | ISSUE | ANSWER,        PERMIT_NOT_ALLOWED},
    {row_begins_today,          ASK | ISSUE | ANSWER,        PERMIT_YES},
    {row_begins_tomorrow,       ASK | ISSUE | ANSWER,        PERMIT_NOT_ALLOWED},
    {row_ends_today,            ASK | ISSUE | ANSWER,        PERMIT_YES},
    {row_ended_yesterday,       ASK | ISSUE | ANSWER,        PERMIT_NOT_ALLOWED},
    {not_in_the_assessment,     ASK | ANSWER,                PERMIT_NOT_OURS},
    {no_code,                   ASK | ISSUE,                 PERMIT_NO_CODE},
    {suspended,                 ISSUE,                       PERMIT_SUSPENDED},
};
// clang-format on

// What the checks of the table say, with one of them left out; -1: with none left out.
static PermitNo objection_without(int left_out, const PermitSight *sight)
{
    for (int i = 0; i < PERMIT_CHECKS; i++)
        if (i != left_out && (permit_checks[i].stages & (int)sight->stage) &&
            !permit_checks[i].holds(sight))
            return permit_checks[i].no;
    return PERMIT_YES;
}

static int cases_missed(int left_out, int stage)
{
    int missed = 0;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        Arena kept = arena;
        World w;
        if (!(cases[c].stages & stage)) continue;
        well(&w, (PermitStage)stage);
        cases[c].change(&w);
        missed += objection_without(left_out, &w.sight) != cases[c].no;
        if (left_out < 0) assert_int_equal(permit_objection(&w.sight), cases[c].no);
        arena = kept;
    }
    return missed;
}

static void every_case_has_its_answer(void **state)
{
    (void)state;
    for (int stage = ASK; stage <= ANSWER; stage *= 2) assert_int_equal(cases_missed(-1, stage), 0);
}

// Whoever loosens a check at any stage finds a case against him.
static void no_check_can_be_left_out_at_any_stage(void **state)
{
    (void)state;
    for (int i = 0; i < PERMIT_CHECKS; i++)
        for (int stage = ASK; stage <= ANSWER; stage *= 2)
            assert_int_equal(cases_missed(i, stage) > 0, (permit_checks[i].stages & stage) != 0);
}

// The inquirer's server, the core and the provider's server: the list of one alone is enough for a no.
static void each_of_three_refuses_by_its_own_list(void **state)
{
    const PermitStage three[] = {STAGE_ASKING, STAGE_ISSUING, STAGE_ANSWERING};
    (void)state;
    for (int strict = 0; strict < 3; strict++)
        for (int looks = 0; looks < 3; looks++) {
            World w;
            well(&w, three[looks]);
            if (looks == strict) w.list.rows.count = 0;
            assert_int_equal(permit_objection(&w.sight),
                             looks == strict ? PERMIT_NOT_ALLOWED : PERMIT_YES);
        }
}

// The version alone decides between two of them; a moment in days to come holds no right one up.
static void a_list_follows_another_by_its_version_and_its_moment(void **state)
{
    (void)state;
    static const struct {
        int64_t came_version, mine_version;
        Instant came, mine;
        bool follows;
    } pairs[] = {
        {4, 3, NOW - INSTANT_DAY, NOW, true},
        {2, 3, NOW, NOW - INSTANT_DAY, false},
        {2, 3, NOW, NOW + INSTANT_DAY, false},
        {3, 3, NOW, NOW - 1, true},
        {3, 3, NOW, NOW, true},
        {3, 3, NOW - 1, NOW, false},
        {3, 3, NOW - 1, NOW + CLOCKS_APART, false},
        {3, 3, NOW - 1, NOW + CLOCKS_APART + 1, true},
        {3, 0, NOW, 0, true},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const AllowList came = {.version = pairs[i].came_version, .as_of = pairs[i].came},
                        mine = {.version = pairs[i].mine_version, .as_of = pairs[i].mine};
        assert_int_equal(allow_list_follows(&came, &mine, NOW), pairs[i].follows);
    }
}

static void the_city_asks_and_answers_only_what_its_assessment_lists(void **state)
{
    static const int asks[] = {25, 27, 28, 29, 153, 160}, answers[] = {25, 26, 153, 154};
    bool listed[2][LAW_ITEM_MOST + 1] = {{false}};
    (void)state;
    for (size_t i = 0; i < sizeof asks / sizeof *asks; i++) listed[ROLE_INQUIRER][asks[i]] = true;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        listed[ROLE_PROVIDER][answers[i]] = true;
    for (int item = 0; item <= LAW_ITEM_MOST; item++) {
        assert_int_equal(own_items_hold(&own_items_of_assessment, ROLE_INQUIRER, item),
                         listed[ROLE_INQUIRER][item]);
        assert_int_equal(own_items_hold(&own_items_of_assessment, ROLE_PROVIDER, item),
                         listed[ROLE_PROVIDER][item]);
    }
}

static void codes_are_of_their_tables(void **state)
{
    AffairCode affair;
    ProcedureCode procedure;
    DatasetCode dataset;
    InquiryNo no;
    (void)state;
    assert_true(affair_code_read(S("JM01000000121000"), &affair));
    assert_false(affair_code_read(S("JT01010000000214"), &affair));
    assert_true(procedure_code_read(S("JT01010000000214"), &procedure));
    assert_true(dataset_code_read(S("TM9000000000YB01"), &dataset));
    assert_false(dataset_code_read(S("TM9000000000yb01"), &dataset));
    assert_false(dataset_code_read(S("TM9000000000YB0"), &dataset));
    assert_false(dataset_code_read(S("TM9000000000YB011"), &dataset));
    assert_false(dataset_code_read((Str){"TM9000000000YB0\0", 16}, &dataset));
    assert_true(inquiry_no_read(S("00000000000000000001"), &no));
    assert_false(inquiry_no_read(S("000000000000000000001"), &no));
    assert_false(inquiry_no_read(S(""), &no));
    assert_false(inquiry_no_read(S("1 "), &no));
}

static void everything_has_words_and_a_family(void **state)
{
    (void)state;
    for (int n = PERMIT_YES + 1; n < PERMIT_NO_COUNT; n++) {
        assert_true(permit_no_words((PermitNo)n).len > 0);
        assert_int_equal(strlen(permit_no_code((PermitNo)n)), 4);
    }
    assert_int_equal(permit_no_words(PERMIT_YES).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_has_its_answer),
        cmocka_unit_test(no_check_can_be_left_out_at_any_stage),
        cmocka_unit_test(each_of_three_refuses_by_its_own_list),
        cmocka_unit_test(a_list_follows_another_by_its_version_and_its_moment),
        cmocka_unit_test(the_city_asks_and_answers_only_what_its_assessment_lists),
        cmocka_unit_test(codes_are_of_their_tables),
        cmocka_unit_test(everything_has_words_and_a_family),
    };
    arena = arena_reserve(1 << 20);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
