// Every transition, written out; long walks at random against what must be true; and the links of the core.
// Proves F-4-01 (life cycle of linkage.md 2.4), C-3.6-14 (nothing is asked before the records agree; a clash is loud).
// SPDX-License-Identifier: Apache-2.0
#include "code_hold.h"
#include "link_alias.h"
#include "test_random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

enum { EPOCH = 1 };
#define NOW (1000 * INSTANT_DAY)

static PairwiseCode code_of(int n)
{
    PairwiseCode code = {{0}};
    code.at[PAIRWISE_BYTES - 1] = (unsigned char)n;
    return code;
}

static AcquisitionNo acquisition_of(int n)
{
    AcquisitionNo no = {{0}};
    no.at[ACQUISITION_BYTES - 1] = (unsigned char)n;
    return no;
}

static CodeEvent event_of(CodeEventKind kind)
{
    CodeEvent event = {
        .kind = kind, .now = NOW, .person_agrees = true, .acquisition = acquisition_of(1)};
    if (kind == CODE_ARRIVE || kind == CODE_RECODE)
        event.code = code_of(kind == CODE_RECODE ? 2 : 1);
    if (kind == CODE_ARRIVE) event.epoch = EPOCH;
    if (kind == CODE_RECODE) event.epoch = EPOCH + 1;
    if (kind == CODE_DENY) event.failure = CODE_E102_NOBODY;
    return event;
}

static CodeHold in_state(CodeState state)
{
    CodeHold hold = {.state = state};
    if (state == CODE_NONE || state == CODE_MERGED) return hold;
    hold.acquisition = acquisition_of(1);
    hold.asked_at = NOW;
    if (state == CODE_FAILED) hold.failure = CODE_E102_NOBODY;
    if (state == CODE_HELD) {
        hold.code = code_of(1);
        hold.epoch = EPOCH;
    }
    return hold;
}

// What each event does in each state; -1: the state stays and the answer is `no`.
// clang-format off
static const struct { CodeEventKind event; int next[CODE_STATE_COUNT]; CodeNo no[CODE_STATE_COUNT]; } table[] = {
    //                  NONE             REQUESTED       HELD            FAILED          EXPIRED         RELEASED        MERGED
    {CODE_ASK,        {CODE_REQUESTED,  -1,             -1,             CODE_REQUESTED, CODE_REQUESTED, CODE_REQUESTED, -1},
                      {CODE_YES, CODE_ALREADY_ASKED, CODE_ALREADY_HELD, CODE_YES, CODE_YES, CODE_YES, CODE_NOT_NOW}},
    {CODE_ARRIVE,     {-1,              CODE_HELD,      -1,             -1,             -1,             -1,             -1},
                      {CODE_ACQUISITION_UNKNOWN, CODE_YES, CODE_ALREADY_HELD, CODE_ACQUISITION_UNKNOWN, CODE_ACQUISITION_UNKNOWN, CODE_ACQUISITION_UNKNOWN, CODE_ACQUISITION_UNKNOWN}},
    {CODE_DENY,       {-1,              CODE_FAILED,    -1,             -1,             -1,             -1,             -1},
                      {CODE_ACQUISITION_UNKNOWN, CODE_YES, CODE_ACQUISITION_UNKNOWN, CODE_ACQUISITION_UNKNOWN, CODE_ACQUISITION_UNKNOWN, CODE_ACQUISITION_UNKNOWN, CODE_ACQUISITION_UNKNOWN}},
    {CODE_RECODE,     {-1,              -1,             CODE_HELD,      -1,             -1,             -1,             -1},
                      {CODE_NOT_NOW, CODE_NOT_NOW, CODE_YES, CODE_NOT_NOW, CODE_NOT_NOW, CODE_NOT_NOW, CODE_NOT_NOW}},
    {CODE_DOUBT,      {-1,              CODE_REQUESTED, CODE_HELD,      -1,             -1,             -1,             -1},
                      {CODE_NOT_NOW, CODE_YES, CODE_YES, CODE_NOT_NOW, CODE_NOT_NOW, CODE_NOT_NOW, CODE_NOT_NOW}},
    {CODE_RELEASE,    {-1,              CODE_RELEASED,  CODE_RELEASED,  -1,             -1,             -1,             -1},
                      {CODE_NOT_NOW, CODE_YES, CODE_YES, CODE_NOT_NOW, CODE_NOT_NOW, CODE_NOT_NOW, CODE_NOT_NOW}},
    {CODE_RECONCILE,  {-1,              CODE_REQUESTED, CODE_HELD,      -1,             -1,             -1,             -1},
                      {CODE_NOT_NOW, CODE_YES, CODE_YES, CODE_NOT_NOW, CODE_NOT_NOW, CODE_NOT_NOW, CODE_NOT_NOW}},
    {CODE_MERGE,      {-1,              -1,             CODE_MERGED,    CODE_MERGED,    -1,             -1,             -1},
                      {CODE_NOT_NOW, CODE_NOT_NOW, CODE_YES, CODE_YES, CODE_NOT_NOW, CODE_NOT_NOW, CODE_NOT_NOW}},
    {CODE_WAKE,       {-1, -1, -1, -1, -1, -1, -1}, {CODE_YES}},
    {CODE_LIFE_EVENT, {-1, -1, -1, -1, -1, -1, -1}, {CODE_YES}},
};
// clang-format on

static void every_event_in_every_state(void **state)
{
    (void)state;
    assert_int_equal(sizeof table / sizeof *table, CODE_EVENT_COUNT);
    for (size_t t = 0; t < sizeof table / sizeof *table; t++)
        for (int s = 0; s < CODE_STATE_COUNT; s++) {
            CodeHold now = in_state((CodeState)s);
            CodeEvent event = event_of(table[t].event);
            CodeStep step = code_step(&now, &event);
            assert_int_equal(step.no, table[t].no[s]);
            assert_int_equal(step.next.state, table[t].next[s] < 0 ? s : table[t].next[s]);
            if (table[t].next[s] < 0) assert_memory_equal(&step.next, &now, sizeof now);
            if (table[t].next[s] < 0) assert_int_equal(step.effect, CODE_DO_NOTHING);
        }
}

static void nothing_is_asked_before_the_records_agree(void **state)
{
    (void)state;
    CodeHold now = {0};
    CodeEvent event = event_of(CODE_ASK);
    event.person_agrees = false;
    CodeStep step = code_step(&now, &event);
    assert_int_equal(step.no, CODE_PERSON_DIFFERS);
    assert_int_equal(step.effect, CODE_REVIEW_PERSON);
    assert_int_equal(step.next.state, CODE_NONE);
}

static void an_acquisition_number_is_used_once_and_in_its_day(void **state)
{
    (void)state;
    CodeHold now = in_state(CODE_REQUESTED);
    CodeEvent event = event_of(CODE_ARRIVE);
    event.acquisition = acquisition_of(2);
    assert_int_equal(code_step(&now, &event).no, CODE_ACQUISITION_UNKNOWN);
    event = event_of(CODE_DENY);
    event.acquisition = acquisition_of(2);
    assert_int_equal(code_step(&now, &event).no, CODE_ACQUISITION_UNKNOWN);
    assert_int_equal(code_step(&now, &event).next.state, CODE_REQUESTED);
    event = event_of(CODE_ARRIVE);
    event.now = NOW + ACQUISITION_LIFE - 1;
    assert_int_equal(code_step(&now, &event).next.state, CODE_HELD);
    event.now = NOW + ACQUISITION_LIFE;
    assert_int_equal(code_step(&now, &event).no, CODE_ACQUISITION_UNKNOWN);
    CodeEvent wake = event_of(CODE_WAKE);
    wake.now = NOW + ACQUISITION_LIFE - 1;
    assert_int_equal(code_step(&now, &wake).next.state, CODE_REQUESTED);
    wake.now++;
    CodeStep step = code_step(&now, &wake);
    assert_int_equal(step.next.state, CODE_EXPIRED);
    assert_int_equal(step.effect, CODE_TELL_RESULT);
    assert_int_equal(code_step(&step.next, &event).no, CODE_ACQUISITION_UNKNOWN);

    CodeHold held = in_state(CODE_HELD);  // the same number brings another code: it was used
    event = event_of(CODE_ARRIVE);
    event.code = code_of(9);
    assert_int_equal(code_step(&held, &event).no, CODE_ACQUISITION_UNKNOWN);
    event = event_of(CODE_ARRIVE);  // and another number the same code
    event.acquisition = acquisition_of(2);
    assert_int_equal(code_step(&held, &event).no, CODE_ACQUISITION_UNKNOWN);
}

// E105: one code and two numbers. Both stop until a person has looked.
static void a_clash_links_nothing_and_stops_both(void **state)
{
    (void)state;
    CodeHold now = in_state(CODE_REQUESTED), other = in_state(CODE_HELD);
    CodeEvent event = event_of(CODE_ARRIVE), doubt = event_of(CODE_DOUBT);
    event.held_by_another = true;
    CodeStep step = code_step(&now, &event);
    assert_int_equal(step.no, CODE_CLASHES);
    assert_int_equal(step.effect, CODE_RAISE_ALARM);
    assert_int_equal(step.next.state, CODE_FAILED);
    assert_int_equal(step.next.failure, CODE_E105_CLASH);
    assert_false(pairwise_present(&step.next.code));
    CodeStep doubted = code_step(&other, &doubt);
    assert_false(code_answers(&doubted.next, &other.code, NOW));
    CodeEvent reconcile = event_of(CODE_RECONCILE);
    CodeStep again = code_step(&doubted.next, &reconcile);
    assert_true(code_answers(&again.next, &other.code, NOW));

    event = event_of(CODE_RECODE);  // a new epoch that gives two people one code
    event.held_by_another = true;
    step = code_step(&other, &event);
    assert_int_equal(step.effect, CODE_RAISE_ALARM);
    assert_true(pairwise_same(&step.next.code, &other.code));
    assert_false(code_answers(&step.next, &other.code, NOW));
}

// Doubted while it is under way: it comes, and answers nobody until a person has looked. Given back while it is under way:
// it comes to nobody.
static void what_is_under_way_is_doubted_and_given_back_too(void **state)
{
    (void)state;
    CodeHold asked = in_state(CODE_REQUESTED);
    CodeEvent doubt = event_of(CODE_DOUBT), arrive = event_of(CODE_ARRIVE), release = event_of(CODE_RELEASE);
    CodeHold held = code_step(&asked, &doubt).next;
    held = code_step(&held, &arrive).next;
    assert_int_equal(held.state, CODE_HELD);
    assert_false(code_answers(&held, &arrive.code, NOW));
    CodeEvent reconcile = event_of(CODE_RECONCILE);
    held = code_step(&held, &reconcile).next;
    assert_true(code_answers(&held, &arrive.code, NOW));
    CodeHold released = code_step(&asked, &release).next;
    assert_int_equal(code_step(&released, &arrive).no, CODE_ACQUISITION_UNKNOWN);
}

// Released: the code is gone, and what is kept stays silent also behind the right code, until a person has looked.
static void a_wrong_link_is_given_back_and_stays_silent(void **state)
{
    (void)state;
    CodeHold hold = in_state(CODE_HELD);
    CodeEvent events[] = {event_of(CODE_RELEASE), event_of(CODE_ASK), event_of(CODE_ARRIVE)};
    events[1].acquisition = events[2].acquisition = acquisition_of(2);
    events[2].code = code_of(7);
    PairwiseCode wrong = hold.code, right = code_of(7);
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        CodeStep step = code_step(&hold, &events[i]);
        assert_int_equal(step.no, CODE_YES);
        hold = step.next;
        assert_false(code_answers(&hold, &wrong, NOW));
        assert_false(code_answers(&hold, &right, NOW));
    }
    CodeEvent reconcile = event_of(CODE_RECONCILE);
    hold = code_step(&hold, &reconcile).next;
    assert_true(code_answers(&hold, &right, NOW));
    assert_false(code_answers(&hold, &wrong, NOW));
}

static void a_new_epoch_knows_the_codes_of_the_last_one_for_a_while(void **state)
{
    (void)state;
    CodeHold hold = in_state(CODE_HELD);
    CodeEvent recode = event_of(CODE_RECODE), wake = event_of(CODE_WAKE);
    PairwiseCode before = code_of(1), now = code_of(2), none = {{0}};
    hold = code_step(&hold, &recode).next;
    assert_true(code_answers(&hold, &now, NOW));
    assert_true(code_answers(&hold, &before, NOW + FORMER_EPOCH_LIFE - 1));
    assert_false(code_answers(&hold, &before, NOW + FORMER_EPOCH_LIFE));
    assert_int_equal(code_step(&hold, &recode).no, CODE_EPOCH_PAST);
    wake.now = NOW + FORMER_EPOCH_LIFE - 1;
    hold = code_step(&hold, &wake).next;
    assert_true(code_answers(&hold, &before, wake.now));
    wake.now = NOW + FORMER_EPOCH_LIFE;
    hold = code_step(&hold, &wake).next;
    assert_false(pairwise_present(&hold.former));
    assert_true(code_answers(&hold, &now, wake.now));
    assert_false(code_answers(&hold, &none, wake.now));
}

// ---- walks at random

static CodeEvent event_at_random(uint64_t *seed, Instant now, int asked)
{
    CodeEvent event = event_of((CodeEventKind)(random_next(seed) % CODE_EVENT_COUNT));
    event.now = now;
    event.person_agrees = random_next(seed) % 8 != 0;
    event.held_by_another = random_next(seed) % 8 == 0;
    event.acquisition = acquisition_of(event.kind == CODE_ASK         ? asked + 1
                                       : (int)(random_next(seed) % 4) ? asked
                                                                      : 99);
    event.epoch = (int)(random_next(seed) % 4);
    event.code = code_of(1 + (int)(random_next(seed) % 5));
    return event;
}

static void walks_at_random_keep_every_promise(void **state)
{
    enum { WALKS = 20000, STEPS = 16 };
    uint64_t seed = 0xC0DE;
    int reached[CODE_STATE_COUNT] = {0};
    (void)state;
    print_message("seed %llx\n", (unsigned long long)seed);
    for (int w = 0; w < WALKS; w++) {
        CodeHold now = {0};
        Instant at = NOW;
        int asked = 0;
        for (int i = 0; i < STEPS; i++) {
            at += (Instant)(random_next(&seed) % (uint64_t)(ACQUISITION_LIFE / 3));
            CodeEvent event = event_at_random(&seed, at, asked);
            CodeStep step = code_step(&now, &event);
            if (step.effect == CODE_SEND_REQUEST) asked++;
            // A code is held only by the number that asked last, in its time, after the records agreed.
            if (step.next.state == CODE_HELD && now.state != CODE_HELD) {
                assert_int_equal(event.kind, CODE_ARRIVE);
                assert_true(acquisition_same(&event.acquisition, &now.acquisition) &&
                            at < now.asked_at + ACQUISITION_LIFE);
                assert_false(event.held_by_another);
            }
            assert_int_equal(step.next.state == CODE_HELD, pairwise_present(&step.next.code));
            // Doubt ends by a person's look alone; what is held never changes in doubt of a clash.
            if (now.doubted && !step.next.doubted) assert_true(event.kind == CODE_RECONCILE);
            if (now.state == CODE_MERGED) assert_int_equal(step.next.state, CODE_MERGED);
            if (event.kind == CODE_LIFE_EVENT) assert_memory_equal(&step.next, &now, sizeof now);
            if (step.next.doubted) assert_false(code_answers(&step.next, &step.next.code, at));
            now = step.next;
            reached[now.state]++;
        }
    }
    for (int s = 0; s < CODE_STATE_COUNT; s++) assert_true(reached[s] > 100);
}

// ---- changed record codes

static PersonLink link_of(int n)
{
    PersonLink link = {{0}};
    link.at[0] = (unsigned char)n;
    return link;
}

static void a_changed_record_code_leaves_the_person_the_same(void **state)
{
    (void)state;
    Arena arena = arena_reserve(1 << 16), whole = arena;
    LinkAliasRows rows = {0};
    PersonLink first = link_of(1), second = link_of(2), third = link_of(3), other = link_of(4),
               meant;
    assert_int_equal(link_alias_add(&rows, &first, &second, false, &arena), LINK_ALIAS_YES);
    assert_int_equal(link_alias_add(&rows, &second, &third, false, &arena), LINK_ALIAS_YES);
    assert_int_equal(link_alias_add(&rows, &second, &third, false, &arena), LINK_ALIAS_THERE);
    assert_int_equal(link_alias_add(&rows, &third, &first, true, &arena),
                     LINK_ALIAS_THERE);  // back to the first
    const PersonLink *all[] = {&first, &second, &third};
    for (int i = 0; i < 3; i++) {
        meant = link_meant(&rows, all[i]);
        assert_true(link_same(&meant, &first));
    }
    // What means one person never comes to mean another.
    assert_int_equal(link_alias_add(&rows, &other, &second, false, &arena), LINK_ALIAS_CLASHES);
    assert_int_equal(link_alias_add(&rows, &first, &other, true, &arena), LINK_ALIAS_CLASHES);
    meant = link_meant(&rows, &other);
    assert_true(link_same(&meant, &other));
    arena_release(whole);
}

static void everything_has_words(void **state)
{
    (void)state;
    for (int n = CODE_YES + 1; n < CODE_NO_COUNT; n++)
        assert_true(code_no_words((CodeNo)n).len > 0);
    assert_int_equal(code_no_words(CODE_YES).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_event_in_every_state),
        cmocka_unit_test(nothing_is_asked_before_the_records_agree),
        cmocka_unit_test(an_acquisition_number_is_used_once_and_in_its_day),
        cmocka_unit_test(a_clash_links_nothing_and_stops_both),
        cmocka_unit_test(what_is_under_way_is_doubted_and_given_back_too),
        cmocka_unit_test(a_wrong_link_is_given_back_and_stays_silent),
        cmocka_unit_test(a_new_epoch_knows_the_codes_of_the_last_one_for_a_while),
        cmocka_unit_test(walks_at_random_keep_every_promise),
        cmocka_unit_test(a_changed_record_code_leaves_the_person_the_same),
        cmocka_unit_test(everything_has_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
