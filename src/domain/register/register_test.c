// The conflict cases of linkage.md 6.5 that concern residents, one story each.
// SPDX-License-Identifier: Apache-2.0
#include "error_texts.h"
#include "feed_share.h"
#include "held_event.h"
#include "protection.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static Arena arena;

typedef struct Life {  // one person, and what the last row did
    RegisterVersionRows history;
    RegisterStep step;
} Life;

static Day d(const char *text)
{
    Day day = DAY_NONE;
    if (text) assert_true(day_read(text, (int)strlen(text), &day));
    return day;
}

static PersonState hanako(void)
{
    PersonState state = person_state_empty();
    state.kind = RESIDENT_JAPANESE;
    state.status = STATUS_RESIDENT;
    state.sex = SEX_FEMALE;
    state.birth = (PartialDate){2024, 2, 29};
    state.resident_from = d("2024-02-29");
    state.household_no = S("000000000000077");
    state.name = S("高橋　花子");
    state.relationship = S("子");
    state.municipality_code = S("401064");
    state.address = S("北九州市小倉北区馬借二丁目6番1号");
    return state;
}

static FeedRow row_of(int32_t reason, const char *occurred, PersonState state)
{
    return (FeedRow){.event_reason = reason,
                     .occurred_on = d(occurred),
                     .reported_on = d(occurred),
                     .state = state,
                     .protection_said = true,
                     .known_on = d(occurred) + 1,
                     .business_day = d("2026-11-10")};
}

static void life_take(Life *life, const RegisterStep *step)
{
    VEC_EACH (RegisterVersion, gone, step->withdrawn) {
        VEC_EACH (RegisterVersion, version, life->history) {
            if (version->version_no == gone->version_no) version->withdrawn_by = gone->withdrawn_by;
        }
    }
    VEC_EACH (RegisterVersion, version, step->versions)
        *register_versions_push(&life->history, &arena) = *version;
}

static StepOutcome feed(Life *life, FeedRow row)
{
    life->step = register_step(&life->history, &row, &arena);
    if (life->step.outcome == STEP_APPLIED) life_take(life, &life->step);
    return life->step.outcome;
}

static StepOutcome event(Life *life, int32_t reason, const char *occurred, PersonState state)
{
    return feed(life, row_of(reason, occurred, state));
}

static Life born(void)
{
    Life life = {0};
    assert_int_equal(event(&life, EVENT_BORN, "2024-02-29", hanako()), STEP_APPLIED);
    return life;
}

static const PersonState *now(const Life *life)
{
    const RegisterVersion *current = register_current(&life->history);
    assert_non_null(current);
    return &current->state;
}

static bool has(const Life *life, RegisterEffect effect)
{
    return effect_has(life->step.effects, effect);
}

static void expect_spans(const Life *life, int count, const ResidenceSpan *expected)
{
    ResidenceSpanRows spans = register_residence(&life->history, &arena);
    assert_int_equal(spans.count, count);
    for (int i = 0; i < count; i++) {
        assert_int_equal(spans.at[i].first, expected[i].first);
        assert_int_equal(spans.at[i].last, expected[i].last);
        assert_int_equal(spans.at[i].end, expected[i].end);
        assert_int_equal(spans.at[i].vague_days, expected[i].vague_days);
    }
}

static void expect_refusal(const Life *life, ErrorCode code)
{
    assert_int_equal(life->step.outcome, STEP_REFUSED);
    assert_int_equal(life->step.refusal.code, code);
    assert_true(life->step.refusal.words.len > 0);
    assert_int_equal(life->step.versions.count, 0);
}

static void f1_the_same_row_twice_changes_nothing(void **state)
{
    (void)state;
    Life life = born();
    PersonState moved = hanako();
    moved.address = S("北九州市小倉北区浅野一丁目1番1号");
    assert_int_equal(event(&life, EVENT_MOVED_WITHIN, "2026-04-01", moved), STEP_APPLIED);
    assert_int_equal(event(&life, EVENT_MOVED_WITHIN, "2026-04-01", moved), STEP_UNCHANGED);
    assert_int_equal(event(&life, EVENT_BORN, "2024-02-29", hanako()), STEP_UNCHANGED);
    assert_int_equal(life.history.count, 2);
}

static void f4_an_event_before_birth_is_refused(void **state)
{
    (void)state;
    Life life = {0};
    assert_int_equal(event(&life, EVENT_MOVED_IN, "2024-02-28", hanako()), STEP_REFUSED);
    expect_refusal(&life, E_CONFLICT);
    assert_int_equal(event(&life, EVENT_MOVED_IN, "2024-02-29", hanako()), STEP_APPLIED);

    // Born some day in February: nothing proves that the 3rd is before it, the 31st of January is.
    PersonState vague = hanako();
    vague.birth = (PartialDate){2024, 2, 0};
    Life other = {0};
    assert_int_equal(event(&other, EVENT_MOVED_IN, "2024-01-31", vague), STEP_REFUSED);
    assert_int_equal(event(&other, EVENT_MOVED_IN, "2024-02-03", vague), STEP_APPLIED);
}

static void f5_the_latest_event_is_taken_back(void **state)
{
    (void)state;
    Life life = born();
    PersonState moved = hanako();
    moved.address = S("北九州市小倉北区浅野一丁目1番1号");
    (void)event(&life, EVENT_MOVED_WITHIN, "2026-04-01", moved);
    assert_int_equal(event(&life, EVENT_CANCELLED, "2026-04-01", hanako()), STEP_APPLIED);

    assert_int_equal(life.step.withdrawn.count, 1);
    assert_int_equal(life.step.withdrawn.at[0].version_no, 2);
    assert_int_equal(life.step.withdrawn.at[0].withdrawn_by, 3);
    assert_false(life.step.withdrawn_person);
    assert_true(str_equal(now(&life)->address, hanako().address));
    assert_int_equal(event(&life, EVENT_CANCELLED, "2026-04-01", hanako()), STEP_UNCHANGED);
}

static void f6_a_middle_event_is_taken_back_and_the_later_ones_are_replayed(void **state)
{
    (void)state;
    Life life = born();
    PersonState moved = hanako();
    moved.address = S("北九州市小倉北区浅野一丁目1番1号");
    moved.postal_code = S("8020001");
    PersonState renamed = moved;
    renamed.name = S("佐藤　花子");
    PersonState with_kana = renamed;
    with_kana.name_kana = S("サトウ　ハナコ");
    (void)event(&life, EVENT_MOVED_WITHIN, "2026-04-01", moved);
    (void)event(&life, EVENT_NAME_CHANGED, "2026-05-01", renamed);
    (void)event(&life, EVENT_KANA_CORRECTED, "2026-05-02", with_kana);

    PersonState after = hanako();  // she never moved, but she is called Sato
    after.name = renamed.name;
    after.name_kana = with_kana.name_kana;
    assert_int_equal(event(&life, EVENT_CANCELLED, "2026-04-01", after), STEP_APPLIED);

    assert_int_equal(life.step.withdrawn.count, 3);
    assert_int_equal(life.step.versions.count, 3);
    const RegisterVersion *versions = life.step.versions.at;
    assert_int_equal(versions[0].event_reason, EVENT_CANCELLED);
    assert_true(person_state_same(&versions[0].state, &life.history.at[0].state));
    assert_int_equal(versions[1].event_reason, EVENT_NAME_CHANGED);
    assert_int_equal(versions[1].occurred_on, d("2026-05-01"));
    assert_true(str_equal(versions[1].state.name, S("佐藤　花子")));
    assert_true(str_equal(versions[1].state.address, hanako().address));
    assert_false(str_present(versions[1].state.postal_code));
    assert_false(str_present(versions[1].state.name_kana));
    assert_true(person_state_same(&versions[2].state, &after));
    assert_false(has(&life, EFFECT_REPLAY_DIFFERS));
}

static void f6_where_the_replay_differs_the_feed_has_the_last_word(void **state)
{
    (void)state;
    Life life = born();
    PersonState moved = hanako();
    moved.address = S("北九州市小倉北区浅野一丁目1番1号");
    PersonState renamed = moved;
    renamed.name = S("佐藤　花子");
    (void)event(&life, EVENT_MOVED_WITHIN, "2026-04-01", moved);
    (void)event(&life, EVENT_NAME_CHANGED, "2026-05-01", renamed);

    PersonState after = hanako();
    after.name = S("佐藤　華子");
    assert_int_equal(event(&life, EVENT_CANCELLED, "2026-04-01", after), STEP_APPLIED);
    assert_true(has(&life, EFFECT_REPLAY_DIFFERS));
    assert_true(str_equal(now(&life)->name, S("佐藤　華子")));
}

static void a_cancellation_of_nothing_is_refused(void **state)
{
    (void)state;
    Life life = born();
    assert_int_equal(event(&life, EVENT_CANCELLED, "2026-04-01", hanako()), STEP_REFUSED);
    expect_refusal(&life, E_NOT_FOUND);
}

static void a_person_registered_by_mistake_was_never_a_resident(void **state)
{
    (void)state;
    Life life = born();
    PersonState gone = hanako();
    assert_int_equal(event(&life, EVENT_CANCELLED, "2024-02-29", gone), STEP_REFUSED);
    expect_refusal(&life, E_CONFLICT);  // still status 1

    gone.status = STATUS_REMOVED;
    assert_int_equal(event(&life, EVENT_CANCELLED, "2024-02-29", gone), STEP_APPLIED);
    assert_true(life.step.withdrawn_person);
    expect_spans(&life, 0, NULL);
}

static void f7_a_planned_move_out_is_taken_back_after_its_day(void **state)
{
    (void)state;
    Life life = born();
    PersonState plans = hanako();
    plans.resident_until = d("2026-04-10");
    plans.to_municipality = S("131016");
    assert_int_equal(event(&life, EVENT_MOVE_OUT_PLANNED, "2026-04-10", plans), STEP_APPLIED);
    // Moved out on the 10th: the 9th is the last day (immunization.md 13, 58).
    expect_spans(&life, 1, &(ResidenceSpan){d("2024-02-29"), d("2026-04-09"), RESIDENCE_PLANNED});

    assert_int_equal(event(&life, EVENT_MOVE_OUT_CANCELLED, "2026-04-20", hanako()), STEP_APPLIED);
    expect_spans(&life, 1, &(ResidenceSpan){d("2024-02-29"), DAY_NONE, RESIDENCE_OPEN});
}

static void a_plan_outlives_a_change_of_name_that_does_not_repeat_it(void **state)
{
    (void)state;
    Life life = born();
    (void)event(&life, EVENT_MOVE_OUT_PLANNED, "2026-04-10", hanako());
    PersonState renamed = hanako();
    renamed.name = S("佐藤　花子");
    (void)event(&life, EVENT_NAME_CHANGED, "2026-04-02", renamed);
    expect_spans(&life, 1, &(ResidenceSpan){d("2024-02-29"), d("2026-04-09"), RESIDENCE_PLANNED});
}

static PersonState moved_out(const char *day)
{
    PersonState state = hanako();
    state.status = STATUS_MOVED_OUT;
    state.resident_until = d(day);
    return state;
}

static void a_confirmed_move_out_that_is_taken_back_leaves_no_gap(void **state)
{
    (void)state;
    Life life = born();
    (void)event(&life, EVENT_MOVED_OUT, "2026-04-10", moved_out("2026-04-10"));
    expect_spans(&life, 1, &(ResidenceSpan){d("2024-02-29"), d("2026-04-09"), RESIDENCE_MOVED_OUT});
    (void)event(&life, EVENT_MOVE_OUT_CANCELLED, "2026-04-20", hanako());
    expect_spans(&life, 1, &(ResidenceSpan){d("2024-02-29"), DAY_NONE, RESIDENCE_OPEN});
}

static void a_name_corrected_after_the_move_does_not_move_the_move(void **state)
{
    (void)state;
    Life life = born();
    PersonState gone = moved_out("2026-04-10");
    gone.resident_until = DAY_NONE;
    (void)event(&life, EVENT_MOVED_OUT, "2026-04-10", gone);
    gone.name = S("佐藤　花子");
    (void)event(&life, EVENT_NAME_CHANGED, "2026-06-01", gone);
    expect_spans(&life, 1, &(ResidenceSpan){d("2024-02-29"), d("2026-04-09"), RESIDENCE_MOVED_OUT});
}

static void f8_moved_in_while_still_open_here_is_shown_to_a_person(void **state)
{
    (void)state;
    Life life = born();
    PersonState again = hanako();
    again.resident_from = d("2026-04-01");
    assert_int_equal(event(&life, EVENT_MOVED_IN, "2026-04-01", again), STEP_APPLIED);
    assert_true(has(&life, EFFECT_TWICE_RESIDENT));
    const ResidenceSpan spans[] = {{d("2024-02-29"), d("2026-03-31"), RESIDENCE_REMOVED},
                                   {d("2026-04-01"), DAY_NONE, RESIDENCE_OPEN}};
    expect_spans(&life, 2, spans);
}

static void f9_back_after_five_years_under_the_old_number(void **state)
{
    (void)state;
    Life life = born();
    (void)event(&life, EVENT_MOVED_OUT, "2025-04-10", moved_out("2025-04-10"));
    PersonState again = hanako();
    again.resident_from = d("2030-04-01");
    assert_int_equal(event(&life, EVENT_MOVED_IN_AGAIN, "2030-04-01", again), STEP_APPLIED);
    assert_true(has(&life, EFFECT_REOPENED));
    assert_true(has(&life, EFFECT_ASK_HISTORY));
    const ResidenceSpan spans[] = {{d("2024-02-29"), d("2025-04-09"), RESIDENCE_MOVED_OUT},
                                   {d("2030-04-01"), DAY_NONE, RESIDENCE_OPEN}};
    expect_spans(&life, 2, spans);
    ResidenceSpanRows known = register_residence(&life.history, &arena);
    assert_false(resident_on(&known, d("2025-04-10")));
    assert_true(resident_on(&known, d("2025-04-09")));
    assert_true(resident_on(&known, d("2030-04-01")));
    assert_false(resident_on(&known, d("2030-03-31")));
}

static void f9_back_under_a_new_number_is_linked_by_a_person(void **state)
{
    (void)state;
    Life unknown = {0}, known = born();
    (void)event(&unknown, EVENT_MOVED_IN_AGAIN, "2030-04-01", hanako());
    assert_true(has(&unknown, EFFECT_LINK_NUMBERS));
    (void)event(&known, EVENT_MOVED_OUT, "2025-04-10", moved_out("2025-04-10"));
    (void)event(&known, EVENT_MOVED_IN_AGAIN, "2030-04-01", hanako());
    assert_false(has(&known, EFFECT_LINK_NUMBERS));
}

static PersonState dead(void)
{
    PersonState state = hanako();
    state.status = STATUS_DEAD;
    state.resident_until = d("2026-04-10");
    return state;
}

static void f10_a_death_that_was_wrong_is_corrected(void **state)
{
    (void)state;
    Life life = born();
    assert_int_equal(event(&life, EVENT_DIED, "2026-04-10", dead()), STEP_APPLIED);
    assert_true(has(&life, EFFECT_STOP_MAIL));
    expect_spans(&life, 1, &(ResidenceSpan){d("2024-02-29"), d("2026-04-10"), RESIDENCE_DEAD});

    assert_int_equal(event(&life, EVENT_MOVED_WITHIN, "2026-04-20", hanako()), STEP_REFUSED);
    expect_refusal(&life, E_CONFLICT);

    assert_int_equal(event(&life, EVENT_CANCELLED, "2026-04-10", hanako()), STEP_APPLIED);
    assert_true(has(&life, EFFECT_BACK_TO_LIFE));
    assert_false(has(&life, EFFECT_REJUDGE));
    expect_spans(&life, 1, &(ResidenceSpan){d("2024-02-29"), DAY_NONE, RESIDENCE_OPEN});
}

static void f13_naturalised_people_are_linked_by_a_person(void **state)
{
    (void)state;
    Life life = born();
    assert_int_equal(event(&life, EVENT_NATURALISED, "2026-04-10", hanako()), STEP_APPLIED);
    assert_true(has(&life, EFFECT_LINK_NUMBERS));
}

static void f14_a_move_between_wards_closes_nothing(void **state)
{
    (void)state;
    Life life = born();
    PersonState moved = hanako();
    moved.municipality_code = S("401099");
    assert_int_equal(event(&life, EVENT_MOVED_WARD, "2026-04-10", moved), STEP_APPLIED);
    assert_true(has(&life, EFFECT_WARD));
    assert_false(has(&life, EFFECT_ASK_HISTORY));
    expect_spans(&life, 1, &(ResidenceSpan){d("2024-02-29"), DAY_NONE, RESIDENCE_OPEN});
}

static void f15_when_the_householder_dies_the_guardian_is_looked_at(void **state)
{
    (void)state;
    Life child = born(), parent = born();
    (void)event(&child, EVENT_DIED, "2026-04-10", dead());
    assert_false(has(&child, EFFECT_GUARDIAN));
    PersonState householder = dead();
    householder.relationship = S("世帯主");
    (void)event(&parent, EVENT_DIED, "2026-04-10", householder);
    assert_true(has(&parent, EFFECT_GUARDIAN));
}

static void f20_protection_that_begins_with_a_move_masks_first(void **state)
{
    (void)state;
    Life life = born();
    PersonState hidden = hanako();
    hidden.municipality_code = S("401099");
    hidden.protection = 1;
    assert_int_equal(event(&life, EVENT_MOVED_WARD, "2026-04-10", hidden), STEP_APPLIED);
    assert_true(has(&life, EFFECT_MASK));
    assert_true(now(&life)->protection);  // the version that shows the new address is masked itself
    // Whoever walks the effects in order masks before anything else.
    assert_int_equal(EFFECT_MASK, 0);
}

static void protection_is_never_lifted_by_the_feed(void **state)
{
    (void)state;
    Life life = {0};
    PersonState hidden = hanako();
    hidden.protection = 1;
    (void)event(&life, EVENT_MOVED_IN, "2026-04-10", hidden);
    PersonState open = hidden;
    open.protection = 0;
    open.name = S("佐藤　花子");
    assert_int_equal(event(&life, EVENT_NAME_CHANGED, "2026-05-10", open), STEP_APPLIED);
    assert_true(has(&life, EFFECT_REVIEW_UNMASK));
    assert_true(now(&life)->protection);

    FeedRow without_the_column = row_of(EVENT_KANA_CORRECTED, "2026-05-11", open);
    without_the_column.state.name_kana = S("サトウ　ハナコ");
    without_the_column.protection_said = false;
    assert_int_equal(feed(&life, without_the_column), STEP_APPLIED);
    assert_false(has(&life, EFFECT_REVIEW_UNMASK));
    assert_true(now(&life)->protection);
}

// Whom a measure covers, and what ends that (linkage of households, protection.h).
static void protection_goes_with_the_household_and_never_ends_by_itself(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        Protection now;
        bool household;
        Protection next;
    } rules[] = {
        {"a measure in the household covers who has none", PROTECTION_NONE, true, PROTECTION_HOUSEHOLD},
        {"nobody has one", PROTECTION_NONE, false, PROTECTION_NONE},
        {"one's own stays one's own", PROTECTION_OWN, true, PROTECTION_OWN},
        {"and stands alone", PROTECTION_OWN, false, PROTECTION_OWN},
        {"covered as long as the household is", PROTECTION_HOUSEHOLD, true, PROTECTION_HOUSEHOLD},
        {"and no longer", PROTECTION_HOUSEHOLD, false, PROTECTION_ENDED},
        {"covered again", PROTECTION_ENDED, true, PROTECTION_HOUSEHOLD},
        {"what ended stays known", PROTECTION_ENDED, false, PROTECTION_ENDED},
    };
    for (ptrdiff_t i = 0; i < countof(rules); i++)
        if (protection_with_household(rules[i].now, rules[i].household) != rules[i].next)
            fail_msg("%s", rules[i].rule);
    assert_true(protects_household(PROTECTION_OWN, STATUS_RESIDENT));
    assert_true(protects_household(PROTECTION_OWN, STATUS_DEAD));
    assert_true(protects_household(PROTECTION_OWN, STATUS_REMOVED));  // a full copy may have lost her
    assert_false(protects_household(PROTECTION_OWN, STATUS_MOVED_OUT));
    assert_false(protects_household(PROTECTION_HOUSEHOLD, STATUS_RESIDENT));
}

// The register cannot take back what it never said: its 99 of that day means its own event.
static void an_undone_event_leaves_the_protection_standing(void **state)
{
    (void)state;
    Life life = born();
    PersonState moved = hanako();
    moved.address = S("北九州市小倉北区室町一丁目1番1号");
    (void)event(&life, EVENT_MOVED_WITHIN, "2026-04-10", moved);
    life.step = register_household(&life.history, true, d("2026-04-10"), &arena);
    assert_int_equal(life.step.outcome, STEP_APPLIED);
    *register_versions_push(&life.history, &arena) = life.step.versions.at[0];
    assert_int_equal(now(&life)->protection, PROTECTION_HOUSEHOLD);

    assert_int_equal(event(&life, EVENT_CANCELLED, "2026-04-10", hanako()), STEP_APPLIED);
    assert_int_equal(now(&life)->protection, PROTECTION_HOUSEHOLD);
    assert_true(str_equal(now(&life)->address, hanako().address));
    assert_int_equal(register_household(&life.history, true, d("2026-04-11"), &arena).outcome,
                     STEP_UNCHANGED);

    // A measure of her own, ended by an officer: where she is may be told again, where from may not.
    PersonState hidden = hanako();
    hidden.protection = PROTECTION_OWN;
    hidden.from_address = S("東京都千代田区霞が関一丁目1番1号");
    (void)event(&life, EVENT_CORRECTED_EX_OFFICIO, "2026-05-10", hidden);
    assert_int_equal(now(&life)->protection, PROTECTION_OWN);
    assert_false(str_present(person_state_told(now(&life)).address));
    RegisterStep released = register_released(&life.history, d("2026-06-01"), &arena);
    PersonState told = person_state_told(&released.versions.at[0].state);
    assert_int_equal(told.protection, PROTECTION_ENDED);
    assert_true(str_present(told.address));
    assert_false(str_present(told.from_address));
}

static void f21_a_backdated_move_out_sends_later_doses_to_review(void **state)
{
    (void)state;
    Life life = born(), punctual = born();
    FeedRow late = row_of(EVENT_MOVED_OUT, "2025-08-10", moved_out("2025-08-10"));
    late.known_on = d("2026-04-10");  // eight months
    assert_int_equal(feed(&life, late), STEP_APPLIED);
    assert_true(has(&life, EFFECT_REVIEW_SINCE_LEFT));
    expect_spans(&life, 1, &(ResidenceSpan){d("2024-02-29"), d("2025-08-09"), RESIDENCE_MOVED_OUT});

    FeedRow in_time = row_of(EVENT_MOVED_OUT, "2026-04-10", moved_out("2026-04-10"));
    in_time.known_on = d("2026-04-24");  // the 14th day, 住民基本台帳法 第22条
    (void)feed(&punctual, in_time);
    assert_false(has(&punctual, EFFECT_REVIEW_SINCE_LEFT));
    Life slow = born();
    in_time.known_on = d("2026-04-25");
    (void)feed(&slow, in_time);
    assert_true(has(&slow, EFFECT_REVIEW_SINCE_LEFT));
}

static void f22_a_corrected_birth_date_asks_for_every_judgement_again(void **state)
{
    (void)state;
    Life life = born();
    PersonState corrected = hanako();
    corrected.birth = (PartialDate){2024, 2, 28};
    assert_int_equal(event(&life, EVENT_BIRTH_CORRECTED, "2026-04-10", corrected), STEP_APPLIED);
    assert_true(has(&life, EFFECT_REJUDGE));
    assert_int_equal(life.history.at[0].state.birth.day, 29);  // what we believed stays readable
}

static void f23_an_unknown_event_is_kept_for_a_person_and_not_skipped(void **state)
{
    (void)state;
    static const int32_t unknown[] = {0, 10, 33, 98, 100, -1};  // 98 is ours and never in a file
    for (ptrdiff_t i = 0; i < countof(unknown); i++) {
        Life life = born();
        assert_int_equal(event(&life, unknown[i], "2026-04-10", hanako()), STEP_REFUSED);
        expect_refusal(&life, E_CODE_UNKNOWN);
    }
}

static void f24_a_full_copy_that_shrank_by_more_than_a_twentieth_is_held(void **state)
{
    (void)state;
    assert_false(full_copy_held(1000, 50));
    assert_true(full_copy_held(1000, 51));
    assert_false(full_copy_held(0, 0));
    assert_true(full_copy_held(1, 1));
}

static void f24_whoever_is_gone_from_a_full_copy_is_removed_and_may_come_back(void **state)
{
    (void)state;
    Life life = born();
    life.step = register_vanished(&life.history, d("2026-04-10"), &arena);
    life_take(&life, &life.step);
    expect_spans(&life, 1, &(ResidenceSpan){d("2024-02-29"), d("2026-04-09"), RESIDENCE_REMOVED});

    FeedRow listed = row_of(EVENT_BORN, "2024-02-29", hanako());
    listed.whole_picture = true;
    assert_int_equal(feed(&life, listed), STEP_APPLIED);
    expect_spans(&life, 1, &(ResidenceSpan){d("2024-02-29"), DAY_NONE, RESIDENCE_OPEN});
    assert_int_equal(feed(&life, listed), STEP_UNCHANGED);
    assert_int_equal(life.history.count, 3);
}

static void f25_a_leap_day_birth_is_kept_as_it_is(void **state)
{
    (void)state;
    Life life = born();
    assert_true(partial_date_equal(now(&life)->birth, (PartialDate){2024, 2, 29}));
}

static void events_and_statuses_that_contradict_each_other_are_refused(void **state)
{
    (void)state;
    static const struct {
        int32_t reason, status;
        bool possible;
    } rows[] = {
        {EVENT_MOVED_IN, STATUS_MOVED_OUT, false},
        {EVENT_DIED, STATUS_RESIDENT, false},
        {EVENT_DIED, STATUS_DEAD, true},
        {EVENT_MOVED_OUT, STATUS_RESIDENT, false},
        {EVENT_MOVE_OUT_PLANNED, STATUS_RESIDENT, true},
        {EVENT_MOVE_OUT_PLANNED, STATUS_MOVED_OUT, false},
        {EVENT_NAME_CHANGED, STATUS_DEAD, true},
        {EVENT_NATURALISED, STATUS_DEAD, false},
    };
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        Life life = born();
        PersonState state_after = hanako();
        state_after.status = rows[i].status;
        StepOutcome outcome = event(&life, rows[i].reason, "2026-04-10", state_after);
        assert_int_equal(outcome, rows[i].possible ? STEP_APPLIED : STEP_REFUSED);
    }
}

static void more_events_than_a_life_has_are_refused(void **state)
{
    (void)state;
    Life life = born();
    PersonState moved = hanako();
    while (life.history.count < REGISTER_VERSIONS_MOST) {
        moved.lot = str_format(&arena, "%td", life.history.count);
        assert_int_equal(event(&life, EVENT_MOVED_WITHIN, "2026-04-10", moved), STEP_APPLIED);
    }
    moved.lot = S("x");
    assert_int_equal(event(&life, EVENT_MOVED_WITHIN, "2026-04-10", moved), STEP_REFUSED);
    expect_refusal(&life, E_LIMIT);
}

static void someone_who_stays_without_having_come_is_taken_and_shown(void **state)
{
    (void)state;
    Life life = {0};
    assert_int_equal(event(&life, EVENT_MOVED_WITHIN, "2026-04-10", hanako()), STEP_APPLIED);
    assert_true(has(&life, EFFECT_EARLIER_EVENT_MISSING));
}

static void only_those_who_come_from_elsewhere_are_asked_about(void **state)
{
    (void)state;
    Life baby = born(), domestic = {0}, abroad = {0};
    assert_false(has(&baby, EFFECT_ASK_HISTORY));
    (void)event(&domestic, EVENT_MOVED_IN, "2026-04-10", hanako());
    assert_true(has(&domestic, EFFECT_ASK_HISTORY));
    (void)event(&abroad, EVENT_MOVED_IN_FROM_ABROAD, "2026-04-10", hanako());
    assert_false(has(&abroad, EFFECT_ASK_HISTORY));
    assert_true(has(&abroad, EFFECT_ASK_FOREIGN_RECORDS));
}

// ---- days that nobody knows to the day

static FeedRow vague(int32_t reason, const char *first, const char *last, const char *reported,
                     PersonState state)
{
    FeedRow row = row_of(reason, first, state);
    row.vague_days = d(last) - d(first);
    row.reported_on = d(reported);
    return row;
}

static void a_death_in_an_unknown_day_of_october_stops_at_once(void **state)
{
    (void)state;
    static const struct {
        int32_t reason, status;
        ResidenceEnd end;
        const char *last;
    } leaves[] = {{EVENT_DIED, STATUS_DEAD, RESIDENCE_DEAD, "2026-10-31"},
                  {EVENT_MOVED_OUT, STATUS_MOVED_OUT, RESIDENCE_MOVED_OUT, "2026-10-30"},
                  {EVENT_REMOVED_EX_OFFICIO, STATUS_REMOVED, RESIDENCE_REMOVED, "2026-10-30"}};
    for (ptrdiff_t i = 0; i < countof(leaves); i++) {
        Life life = born();
        PersonState gone = hanako();
        gone.status = leaves[i].status;
        assert_int_equal(feed(&life, vague(leaves[i].reason, "2026-10-01", "2026-10-31",
                                           "2026-11-05", gone)),
                         STEP_APPLIED);
        assert_true(has(&life, EFFECT_DAY_UNKNOWN));
        const RegisterVersion *now_known = register_current(&life.history);
        assert_int_equal(now_known->occurred_on, d("2026-10-01"));
        assert_int_equal(now_known->vague_days, 30);
        ResidenceSpan left = {d("2024-02-29"), d(leaves[i].last), leaves[i].end, 30};
        expect_spans(&life, 1, &left);
        assert_true(partial_date_equal(residence_left_on(&left), (PartialDate){2026, 10, 0}));
        assert_int_equal(feed(&life, vague(leaves[i].reason, "2026-10-01", "2026-10-31",
                                           "2026-11-05", gone)),
                         STEP_UNCHANGED);
    }
}

static void a_vague_day_reads_no_day_before_birth_or_after_the_report(void **state)
{
    (void)state;
    Life life = born();
    PersonState gone = hanako();
    gone.status = STATUS_DEAD;
    assert_int_equal(feed(&life, vague(EVENT_DIED, "2024-01-01", "2024-12-31", "2024-06-03", gone)),
                     STEP_APPLIED);
    assert_int_equal(register_current(&life.history)->occurred_on, d("2024-02-29"));
    expect_spans(&life, 1,
                 &(ResidenceSpan){d("2024-02-29"), d("2024-06-03"), RESIDENCE_DEAD,
                                  d("2024-06-03") - d("2024-02-29")});
    life = born();
    assert_int_equal(feed(&life, vague(EVENT_DIED, "2023-01-01", "2023-12-31", "2024-06-03", gone)),
                     STEP_REFUSED);
}

static void a_vague_death_is_taken_back_by_its_vague_day(void **state)
{
    (void)state;
    Life life = born();
    PersonState gone = hanako();
    gone.status = STATUS_DEAD;
    assert_int_equal(feed(&life, vague(EVENT_DIED, "2026-10-01", "2026-10-31", "2026-10-20", gone)),
                     STEP_APPLIED);
    assert_int_equal(feed(&life, vague(EVENT_CANCELLED, "2026-10-01", "2026-10-31", "2026-11-05",
                                       hanako())),
                     STEP_APPLIED);
    assert_int_equal(now(&life)->status, STATUS_RESIDENT);
    expect_spans(&life, 1, &(ResidenceSpan){d("2024-02-29"), DAY_NONE, RESIDENCE_OPEN});
}

static void who_moves_within_the_city_does_so_on_a_day(void **state)
{
    (void)state;
    Life life = born();
    (void)feed(&life, vague(EVENT_MOVED_WITHIN, "2026-10-01", "2026-10-31", "2026-11-05", hanako()));
    expect_refusal(&life, E_DATE_PARTIAL);
}

// The register says dead and gives a day that has not come: it stopped on the day of the report.
static void who_is_reported_gone_is_gone(void **state)
{
    (void)state;
    Life life = born();
    PersonState gone = hanako();
    gone.status = STATUS_DEAD;
    FeedRow row = row_of(EVENT_DIED, "2026-12-31", gone);
    row.reported_on = d("2026-11-05");
    assert_int_equal(feed(&life, row), STEP_APPLIED);
    expect_spans(&life, 1,
                 &(ResidenceSpan){d("2024-02-29"), d("2026-11-05"), RESIDENCE_DEAD});
}

static void no_residence_ends_before_it_begins(void **state)
{
    (void)state;
    Life life = born();
    PersonState gone = hanako();
    gone.status = STATUS_MOVED_OUT;
    gone.resident_until = d("2024-02-10");
    assert_int_equal(event(&life, EVENT_MOVED_OUT, "2024-03-10", gone), STEP_APPLIED);
    expect_spans(&life, 0, NULL);
    PersonState back = hanako();
    back.resident_from = d("2026-04-01");
    back.resident_until = d("2024-03-10");  // still that of the move long ago
    assert_int_equal(event(&life, EVENT_MOVED_IN_AGAIN, "2026-04-01", back), STEP_APPLIED);
    expect_spans(&life, 1, &(ResidenceSpan){d("2026-04-01"), DAY_NONE, RESIDENCE_OPEN});
}

static void a_share_is_held_above_its_line_and_from_twenty_people_on(void **state)
{
    (void)state;
    static const struct {
        FeedKind kind;
        int64_t people, residents;
        bool held;
    } cases[] = {
        {FEED_KIND_PROTECTED, 20, 2000, false},       {FEED_KIND_PROTECTED, 21, 2000, true},
        {FEED_KIND_PROTECTED, 19, 19, false},         {FEED_KIND_PROTECTED, 20, 20, true},
        {FEED_KIND_RENAMED, 60, 2000, false},         {FEED_KIND_RENAMED, 61, 2000, true},
        {FEED_KIND_ADDRESS_CHANGED, 200, 2000, false}, {FEED_KIND_ADDRESS_CHANGED, 201, 2000, true},
        {FEED_KIND_DIED, 3540, 0, false},  // the first load
    };
    for (ptrdiff_t i = 0; i < countof(cases); i++)
        if (feed_share_held(cases[i].kind, cases[i].people, cases[i].residents) != cases[i].held)
            fail_msg("case %d", (int)i);
}

// An item that changes without a guard is a column that may be swapped.
static void every_item_of_a_person_has_its_share(void **state)
{
    (void)state;
    const PersonState was = hanako();
    for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
        const PersonField *field = &person_fields[i];
        PersonState is = was;
        switch (field->kind) {
        case FIELD_TEXT:
        case FIELD_DIGITS: *person_text(&is, field) = S("9"); break;
        case FIELD_CODE: *person_code(&is, field) = *person_code(&is, field) == 1 ? 2 : 1; break;
        case FIELD_PARTIAL: *person_partial(&is, field) = (PartialDate){2024, 3, 1}; break;
        case FIELD_DAY: *person_day(&is, field) = d("2024-03-01"); break;
        }
        FeedKinds kinds = feed_kinds_of(&was, &is, false);
        if (!field->changed || !kinds || feed_kind_in(kinds, FEED_KIND_NONE)) fail_msg("%s has no share", field->item);
        if (field->kind != FIELD_CODE) assert_int_equal(kinds, feed_kind_bit(field->changed));
    }
    for (FeedKind kind = FEED_KIND_NONE + 1; kind < FEED_KIND_COUNT; kind++) {
        assert_true(feed_kind_permille(kind) > 0);
        assert_true(str_of(feed_kind_words(kind)).len > 0);
    }
}

static void whoever_comes_or_comes_back_is_counted_too(void **state)
{
    (void)state;
    PersonState here = hanako(), dead = hanako(), gone = hanako(), covered = hanako(), measure = hanako();
    dead.status = STATUS_DEAD;
    gone.status = STATUS_MOVED_OUT;
    covered.protection = PROTECTION_HOUSEHOLD;
    measure.protection = PROTECTION_OWN;
    assert_int_equal(feed_kinds_of(NULL, &here, false), feed_kind_bit(FEED_KIND_CAME));
    assert_int_equal(feed_kinds_of(NULL, &dead, false), 0);
    assert_int_equal(feed_kinds_of(&dead, &here, false), feed_kind_bit(FEED_KIND_RETURNED));
    assert_int_equal(feed_kinds_of(&gone, &here, false), feed_kind_bit(FEED_KIND_RETURNED));
    assert_int_equal(feed_kinds_of(&dead, &gone, false), 0);
    assert_int_equal(feed_kinds_of(&here, &dead, false), feed_kind_bit(FEED_KIND_DIED));
    assert_int_equal(feed_kinds_of(&here, &gone, false), feed_kind_bit(FEED_KIND_MOVED_OUT));
    assert_int_equal(feed_kinds_of(&here, &measure, false), feed_kind_bit(FEED_KIND_PROTECTED));
    assert_int_equal(feed_kinds_of(&here, &covered, false), 0);  // the household's, by somebody else's row
    assert_int_equal(feed_kinds_of(&measure, &measure, true), feed_kind_bit(FEED_KIND_UNPROTECTED));
}

static void a_file_is_wrong_as_a_whole_when_most_of_its_rows_are(void **state)
{
    (void)state;
    assert_false(feed_refused_held(FEED_SHARE_LEAST - 1, FEED_SHARE_LEAST - 1));  // a day with one family's news
    assert_true(feed_refused_held(FEED_SHARE_LEAST, FEED_SHARE_LEAST));
    assert_false(feed_refused_held(50, 100));
    assert_true(feed_refused_held(51, 100));
}

// What a refused row left open is decided by its own event, by a death, and by nothing else.
static void a_hold_is_decided_by_the_event_it_is_for(void **state)
{
    (void)state;
    const Day none = DAY_NONE, october = d("2026-10-20"), moved = d("2024-04-01");
    static const struct {
        const char *held_on;
        int32_t held, row;
        const char *row_on;
        int32_t status;
        bool decided;
        const char *why;
    } cases[] = {
        {NULL, 51, 51, "2026-10-20", STATUS_DEAD, true, "the death in its right form"},
        {NULL, 51, 11, "2024-04-01", STATUS_RESIDENT, false, "his old line"},
        {NULL, 51, 71, "2026-10-25", STATUS_RESIDENT, false, "another name says nothing of it"},
        {NULL, 42, 51, "2026-10-20", STATUS_DEAD, true, "who has died gets no letter"},
        {"2026-10-20", 42, 51, "2026-10-21", STATUS_DEAD, true, "whatever the day"},
        {"2026-10-20", 51, 71, "2026-10-20", STATUS_RESIDENT, false, "on the same day"},
        {"2026-10-20", 51, 42, "2026-10-20", STATUS_MOVED_OUT, true, "it was no death but a move"},
        {"2026-10-20", 31, 32, "2026-10-20", STATUS_RESIDENT, true, "the move under another reason"},
        {"2026-10-20", 31, 31, "2026-10-22", STATUS_RESIDENT, true, "the move on another day"},
        {"2026-10-20", 11, 11, "2024-04-01", STATUS_RESIDENT, false, "an old event that is told again"},
        {"2024-04-01", 11, 11, "2024-04-01", STATUS_RESIDENT, true, "the very event"},
        {"2026-10-20", 0, 71, "2026-10-20", STATUS_RESIDENT, true, "a reason that could not be read"},
        {"2026-10-20", 0, 71, "2026-10-21", STATUS_RESIDENT, false, "of another day"},
        {NULL, 0, 71, "2026-10-20", STATUS_RESIDENT, false, "nothing could be read"},
    };
    Life life = {0};
    PersonState state_in = hanako();
    FeedRow came = row_of(11, "2024-04-01", state_in);
    life.step = register_step(&life.history, &came, &arena);
    life_take(&life, &life.step);
    for (ptrdiff_t i = 0; i < countof(cases); i++) {
        PersonState after = hanako();
        after.status = cases[i].status;
        FeedRow row = row_of(cases[i].row, cases[i].row_on, after);
        HeldEvent held = {cases[i].held, d(cases[i].held_on)};
        if (held_event_decided(&held, &life.history, &row) != cases[i].decided) fail_msg("%s", cases[i].why);
    }
    const HeldEvent a = {51, october}, b = {51, none}, c = {42, october};
    assert_true(held_event_same(&a, &a));
    assert_false(held_event_same(&a, &b));
    assert_false(held_event_same(&a, &c));
    assert_int_equal(life.history.at[0].occurred_on, moved);
}

// Who comes to live where others stay covered is covered too; not who was uncovered there and stayed.
static void a_newborn_at_a_hidden_place_is_found(void **state)
{
    (void)state;
    Life life = {0};
    PersonStates hidden = {0};
    PersonState there = hanako(), elsewhere = hanako();
    there.address = S("北九州市小倉南区徳吉南四丁目11番17号");
    elsewhere.address = S("北九州市門司区清滝一丁目1番1号");
    *person_states_push(&hidden, &arena) = there;
    FeedRow born = row_of(21, "2026-10-01", there);
    born.state.birth = (PartialDate){2026, 10, 1};
    life.step = register_step(&life.history, &born, &arena);
    life_take(&life, &life.step);
    assert_true(register_came_to_hidden(&life.history, &hidden, &arena));
    hidden.at[0].address = S("福岡県北九州市小倉南区徳吉南4-11-17");  // the same, written another way
    assert_true(register_came_to_hidden(&life.history, &hidden, &arena));
    hidden.at[0].address = S("福岡県北九州市小倉南区徳吉南4-12-17");
    assert_false(register_came_to_hidden(&life.history, &hidden, &arena));
    hidden.at[0] = there;
    *person_states_push(&hidden, &arena) = elsewhere;
    life.step = register_household(&life.history, true, d("2026-10-02"), &arena);
    life_take(&life, &life.step);
    life.step = register_released(&life.history, d("2026-10-03"), &arena);
    life_take(&life, &life.step);
    assert_false(register_came_to_hidden(&life.history, &hidden, &arena));  // an officer has decided
    FeedRow moves = row_of(31, "2026-10-20", elsewhere);
    moves.state.birth = born.state.birth;
    life.step = register_step(&life.history, &moves, &arena);
    life_take(&life, &life.step);
    assert_true(register_came_to_hidden(&life.history, &hidden, &arena));  // to another hidden place
    hidden.count = 1;
    assert_false(register_came_to_hidden(&life.history, &hidden, &arena));
}

static void a_birth_in_another_century_is_refused(void **state)
{
    (void)state;
    static const struct {
        PartialDate birth;
        int32_t status;
        bool taken;
    } births[] = {
        {{25, 9, 10}, STATUS_RESIDENT, false},    {{2125, 9, 10}, STATUS_RESIDENT, false},
        {{2026, 11, 11}, STATUS_RESIDENT, false}, {{2026, 11, 10}, STATUS_RESIDENT, true},
        {{2026, 11, 0}, STATUS_RESIDENT, true},   {{2026, 12, 0}, STATUS_RESIDENT, false},
        {{2027, 0, 0}, STATUS_RESIDENT, false},   {{1896, 11, 10}, STATUS_RESIDENT, true},
        {{1896, 11, 9}, STATUS_RESIDENT, false},  {{1896, 0, 0}, STATUS_RESIDENT, true},
        {{1895, 0, 0}, STATUS_RESIDENT, false},   {{1890, 1, 1}, STATUS_DEAD, true},
        {{1026, 1, 1}, STATUS_DEAD, false},
    };
    for (ptrdiff_t i = 0; i < countof(births); i++) {
        Life life = {0};
        PersonState person = hanako();
        person.birth = births[i].birth;
        person.status = births[i].status;
        int32_t reason = person.status == STATUS_DEAD ? EVENT_DIED : EVENT_MOVED_IN;
        StepOutcome outcome = event(&life, reason, "2026-11-30", person);
        if ((outcome == STEP_APPLIED) != births[i].taken) fail_msg("birth %d", (int)i);
        if (outcome == STEP_REFUSED) assert_true(str_equal(error_item(&life.step.refusal), S("生年月日")));
    }
}

int main(void)
{
    arena = arena_reserve(64 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(f1_the_same_row_twice_changes_nothing),
        cmocka_unit_test(f4_an_event_before_birth_is_refused),
        cmocka_unit_test(f5_the_latest_event_is_taken_back),
        cmocka_unit_test(f6_a_middle_event_is_taken_back_and_the_later_ones_are_replayed),
        cmocka_unit_test(f6_where_the_replay_differs_the_feed_has_the_last_word),
        cmocka_unit_test(a_cancellation_of_nothing_is_refused),
        cmocka_unit_test(a_person_registered_by_mistake_was_never_a_resident),
        cmocka_unit_test(f7_a_planned_move_out_is_taken_back_after_its_day),
        cmocka_unit_test(a_plan_outlives_a_change_of_name_that_does_not_repeat_it),
        cmocka_unit_test(a_confirmed_move_out_that_is_taken_back_leaves_no_gap),
        cmocka_unit_test(a_name_corrected_after_the_move_does_not_move_the_move),
        cmocka_unit_test(f8_moved_in_while_still_open_here_is_shown_to_a_person),
        cmocka_unit_test(f9_back_after_five_years_under_the_old_number),
        cmocka_unit_test(f9_back_under_a_new_number_is_linked_by_a_person),
        cmocka_unit_test(f10_a_death_that_was_wrong_is_corrected),
        cmocka_unit_test(f13_naturalised_people_are_linked_by_a_person),
        cmocka_unit_test(f14_a_move_between_wards_closes_nothing),
        cmocka_unit_test(f15_when_the_householder_dies_the_guardian_is_looked_at),
        cmocka_unit_test(f20_protection_that_begins_with_a_move_masks_first),
        cmocka_unit_test(protection_is_never_lifted_by_the_feed),
        cmocka_unit_test(protection_goes_with_the_household_and_never_ends_by_itself),
        cmocka_unit_test(an_undone_event_leaves_the_protection_standing),
        cmocka_unit_test(f21_a_backdated_move_out_sends_later_doses_to_review),
        cmocka_unit_test(f22_a_corrected_birth_date_asks_for_every_judgement_again),
        cmocka_unit_test(f23_an_unknown_event_is_kept_for_a_person_and_not_skipped),
        cmocka_unit_test(f24_a_full_copy_that_shrank_by_more_than_a_twentieth_is_held),
        cmocka_unit_test(f24_whoever_is_gone_from_a_full_copy_is_removed_and_may_come_back),
        cmocka_unit_test(f25_a_leap_day_birth_is_kept_as_it_is),
        cmocka_unit_test(events_and_statuses_that_contradict_each_other_are_refused),
        cmocka_unit_test(more_events_than_a_life_has_are_refused),
        cmocka_unit_test(someone_who_stays_without_having_come_is_taken_and_shown),
        cmocka_unit_test(only_those_who_come_from_elsewhere_are_asked_about),
        cmocka_unit_test(every_item_of_a_person_has_its_share),
        cmocka_unit_test(whoever_comes_or_comes_back_is_counted_too),
        cmocka_unit_test(a_file_is_wrong_as_a_whole_when_most_of_its_rows_are),
        cmocka_unit_test(a_hold_is_decided_by_the_event_it_is_for),
        cmocka_unit_test(a_newborn_at_a_hidden_place_is_found),
        cmocka_unit_test(a_death_in_an_unknown_day_of_october_stops_at_once),
        cmocka_unit_test(a_vague_day_reads_no_day_before_birth_or_after_the_report),
        cmocka_unit_test(a_vague_death_is_taken_back_by_its_vague_day),
        cmocka_unit_test(who_moves_within_the_city_does_so_on_a_day),
        cmocka_unit_test(who_is_reported_gone_is_gone),
        cmocka_unit_test(no_residence_ends_before_it_begins),
        cmocka_unit_test(a_birth_in_another_century_is_refused),
        cmocka_unit_test(a_share_is_held_above_its_line_and_from_twenty_people_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
