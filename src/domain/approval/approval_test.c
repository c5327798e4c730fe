// Every transition, by a table that is written out in full, and long walks at random against a model that
// knows the promises and not the table.
// SPDX-License-Identifier: Apache-2.0
#include "approval.h"

#include "test_random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

enum { TODAY = 20000, LAST = TODAY + 14 };

#define TEXT(s)            \
    {                      \
        (s), sizeof(s) - 1 \
    }
static const ApprovalPerson hanako = {TEXT("花子"), TEXT("uid:1001")},
                            taro = {TEXT("太郎"), TEXT("uid:1002")},
                            jiro = {TEXT("次郎"), TEXT("uid:1003")};
// Hanako's account under another name, and her name from another account.
static const ApprovalPerson hanako_renamed = {TEXT("太郎"), TEXT("uid:1001")},
                            hanako_elsewhere = {TEXT("花子"), TEXT("uid:1002")},
                            hanako_at_a_screen = {TEXT("花子（旧姓）"), TEXT("staff:1 uid:1007 uid:1001")},
                            nearly_hanako = {TEXT("良子"), TEXT("uid:10011 uid:100 staff:1001")};

static ApprovalHash hash_of(int content)
{
    ApprovalHash hash = {{0}};
    hash.at[APPROVAL_HASH_BYTES - 1] = (unsigned char)content;  // differs in its last byte alone
    return hash;
}

static Approval in_state(ApprovalState state)
{
    return state == APPROVAL_NEW
               ? (Approval){0}
               : (Approval){
                     .state = state, .asker = hanako, .content = hash_of(1), .last_day = LAST};
}

static ApprovalEvent event_of(ApprovalEventKind kind, ApprovalPerson who)
{
    return (ApprovalEvent){
        .kind = kind, .who = who, .today = TODAY, .content = hash_of(1), .last_day = LAST};
}

// What each event does in each state when it comes from somebody who may; -1: not now.
// clang-format off
static const int next_states[APPROVAL_STATE_COUNT][APPROVAL_EVENT_COUNT] = {
    //                     ASK             GRANT             REFUSE            WITHDRAW            DO
    [APPROVAL_NEW]       = {APPROVAL_ASKED, -1,               -1,               -1,                 -1},
    [APPROVAL_ASKED]     = {-1,             APPROVAL_GRANTED, APPROVAL_REFUSED, APPROVAL_WITHDRAWN, -1},
    [APPROVAL_GRANTED]   = {-1,             -1,               -1,               APPROVAL_WITHDRAWN, APPROVAL_DONE},
    [APPROVAL_DONE]      = {-1, -1, -1, -1, -1},
    [APPROVAL_REFUSED]   = {-1, -1, -1, -1, -1},
    [APPROVAL_WITHDRAWN] = {-1, -1, -1, -1, -1},
    [APPROVAL_LAPSED]    = {-1, -1, -1, -1, -1},
};
// clang-format on

static void every_event_in_every_state(void **state)
{
    (void)state;
    for (int s = 0; s < APPROVAL_STATE_COUNT; s++)
        for (int e = 0; e < APPROVAL_EVENT_COUNT; e++) {
            Approval now = in_state((ApprovalState)s);
            ApprovalEvent event =
                event_of((ApprovalEventKind)e, e == APPROVAL_WITHDRAW ? hanako : taro);
            ApprovalStep step = approval_step(&now, &event);
            int expected = next_states[s][e];
            assert_int_equal(step.no, expected < 0 ? APPROVAL_NOT_NOW : APPROVAL_YES);
            assert_int_equal(step.next.state, expected < 0 ? s : expected);
            if (expected < 0) assert_memory_equal(&step.next, &now, sizeof now);
        }
}

static void whoever_asked_never_decides_under_any_name(void **state)
{
    (void)state;
    const ApprovalPerson selves[] = {hanako, hanako_renamed, hanako_elsewhere, hanako_at_a_screen};
    const ApprovalEventKind kinds[] = {APPROVAL_GRANT, APPROVAL_REFUSE};
    for (size_t p = 0; p < sizeof selves / sizeof *selves; p++)
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            Approval now = in_state(APPROVAL_ASKED);
            ApprovalEvent event = event_of(kinds[k], selves[p]);
            ApprovalStep step = approval_step(&now, &event);
            assert_int_equal(step.no, APPROVAL_SAME_PERSON);
            assert_int_equal(step.next.state, APPROVAL_ASKED);  // another one still may
        }
}

static void who_shares_no_proof_is_another_one(void **state)
{
    (void)state;
    const ApprovalPerson nobody_yet = {TEXT("春子"), TEXT(" ")};
    assert_true(approval_same_person(hanako, hanako_at_a_screen));
    assert_true(approval_same_person(hanako_at_a_screen, hanako));
    assert_false(approval_same_person(hanako, nearly_hanako));
    assert_false(approval_same_person(nearly_hanako, hanako));
    assert_false(approval_same_person(nobody_yet, hanako));  // an empty word is no proof
    assert_false(approval_same_person((ApprovalPerson){S("秋子"), S("a  b")}, nobody_yet));
}

static void only_the_asker_takes_it_back(void **state)
{
    (void)state;
    for (ApprovalState s = APPROVAL_ASKED; s <= APPROVAL_GRANTED; s++) {
        Approval now = in_state(s);
        ApprovalEvent event = event_of(APPROVAL_WITHDRAW, taro);
        assert_int_equal(approval_step(&now, &event).no, APPROVAL_NOT_ASKER);
    }
}

// Whatever changes between asking and doing ends the request: it never comes back to life.
static void another_content_or_a_past_day_ends_it(void **state)
{
    (void)state;
    const struct {
        ApprovalState from;
        ApprovalEventKind kind;
    } bound[] = {{APPROVAL_ASKED, APPROVAL_GRANT}, {APPROVAL_GRANTED, APPROVAL_DO}};
    for (size_t i = 0; i < sizeof bound / sizeof *bound; i++) {
        Approval now = in_state(bound[i].from);
        ApprovalEvent event = event_of(bound[i].kind, taro);
        event.today = LAST;
        assert_int_equal(approval_step(&now, &event).no, APPROVAL_YES);
        event.today = LAST + 1;
        ApprovalStep step = approval_step(&now, &event);
        assert_int_equal(step.no, APPROVAL_PAST);
        assert_int_equal(step.next.state, APPROVAL_LAPSED);

        event = event_of(bound[i].kind, taro);
        event.content = hash_of(2);
        step = approval_step(&now, &event);
        assert_int_equal(step.no, APPROVAL_CHANGED);
        assert_int_equal(step.next.state, APPROVAL_LAPSED);
        event.content = hash_of(1);  // changed back: too late
        assert_int_equal(approval_step(&step.next, &event).no, APPROVAL_NOT_NOW);
    }
}

// A refusal needs no look at the content: what nobody wants any more is refused as it stands.
static void what_has_changed_or_is_late_can_still_be_refused(void **state)
{
    (void)state;
    Approval now = in_state(APPROVAL_ASKED);
    ApprovalEvent event = event_of(APPROVAL_REFUSE, taro);
    event.content = hash_of(2);
    event.today = LAST + 1;
    assert_int_equal(approval_step(&now, &event).next.state, APPROVAL_REFUSED);
}

static void who_decided_stays_known(void **state)
{
    (void)state;
    Approval now = in_state(APPROVAL_ASKED);
    ApprovalEvent event = event_of(APPROVAL_GRANT, taro);
    Approval granted = approval_step(&now, &event).next;
    event = event_of(APPROVAL_DO, jiro);
    Approval done = approval_step(&granted, &event).next;
    assert_true(str_equal(done.decider.name, taro.name));
    assert_true(str_equal(done.asker.name, hanako.name));
}

// ---- walks at random

typedef struct Model {  // what must be true of a request, said without states
    bool asked, granted, over;
    int done;
    ApprovalPerson asker, granter;
} Model;

static ApprovalEvent event_at_random(uint64_t *seed)
{
    const ApprovalPerson people[] = {hanako,           taro,
                                     jiro,             hanako_renamed,
                                     hanako_elsewhere, hanako_at_a_screen};
    ApprovalEvent event = event_of((ApprovalEventKind)(random_next(seed) % APPROVAL_EVENT_COUNT),
                                   people[random_next(seed) % (sizeof people / sizeof *people)]);
    event.content = hash_of(random_next(seed) % 8 ? 1 : 2);
    event.today = random_next(seed) % 16 ? TODAY : LAST + 1;
    return event;
}

static void model_follow(Model *m, const ApprovalEvent *event, const ApprovalStep *step)
{
    if (step->next.state == APPROVAL_LAPSED) m->over = true;
    if (step->no != APPROVAL_YES) return;
    assert_false(m->over);
    switch (event->kind) {
    case APPROVAL_ASK:
        assert_false(m->asked);
        m->asked = true;
        m->asker = event->who;
        break;
    case APPROVAL_GRANT:
        assert_true(m->asked && !m->granted);
        m->granted = true;
        m->granter = event->who;
        break;
    case APPROVAL_DO:
        assert_true(m->granted);
        m->done++;
        m->over = true;
        break;
    case APPROVAL_REFUSE:
        assert_true(m->asked && !m->granted);
        m->over = true;
        break;
    case APPROVAL_WITHDRAW:
        assert_true(m->asked && approval_same_person(event->who, m->asker));
        m->over = true;
        break;
    case APPROVAL_EVENT_COUNT: fail();
    }
}

static void walks_at_random_keep_every_promise(void **state)
{
    enum { WALKS = 100000, STEPS = 12 };
    uint64_t seed = 0x5EED;
    int reached[APPROVAL_STATE_COUNT] = {0};
    (void)state;
    print_message("seed %llx\n", (unsigned long long)seed);
    for (int w = 0; w < WALKS; w++) {
        Approval now = {0};
        Model model = {0};
        for (int i = 0; i < STEPS; i++) {
            ApprovalEvent event = event_at_random(&seed);
            ApprovalStep step = approval_step(&now, &event);
            model_follow(&model, &event, &step);
            now = step.next;
            reached[now.state]++;
        }
        assert_true(model.done <= 1);
        assert_int_equal(model.done, now.state == APPROVAL_DONE);
        if (model.granted) assert_false(approval_same_person(model.asker, model.granter));
        assert_int_equal(approval_open(now.state), model.asked && !model.over);
    }
    for (int s = APPROVAL_ASKED; s < APPROVAL_STATE_COUNT; s++) assert_true(reached[s] > 1000);
}

static void everything_has_words(void **state)
{
    (void)state;
    for (int s = 0; s < APPROVAL_STATE_COUNT; s++)
        assert_true(approval_state_words((ApprovalState)s).len > 0);
    for (int n = APPROVAL_YES + 1; n < APPROVAL_NO_COUNT; n++)
        assert_true(approval_no_words((ApprovalNo)n).len > 0);
    assert_int_equal(approval_no_words(APPROVAL_YES).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_event_in_every_state),
        cmocka_unit_test(whoever_asked_never_decides_under_any_name),
        cmocka_unit_test(who_shares_no_proof_is_another_one),
        cmocka_unit_test(only_the_asker_takes_it_back),
        cmocka_unit_test(another_content_or_a_past_day_ends_it),
        cmocka_unit_test(what_has_changed_or_is_late_can_still_be_refused),
        cmocka_unit_test(who_decided_stays_known),
        cmocka_unit_test(walks_at_random_keep_every_promise),
        cmocka_unit_test(everything_has_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
