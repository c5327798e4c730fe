// People whom the register does not hold: registered by hand, never twice, looked at again (controls F-2-02, C-3.2-07,
// C-3.7-26).
// SPDX-License-Identifier: Apache-2.0
#include "likeness.h"
#include "non_resident.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static Arena arena;

static Day d(const char *text)
{
    Day day = DAY_NONE;
    assert_true(day_read(text, (int)strlen(text), &day));
    return day;
}

// A child of another city who lives in a home here.
static PersonState taro(void)
{
    PersonState state = person_state_empty();
    state.kind = RESIDENT_JAPANESE;
    state.status = STATUS_NON_RESIDENT;
    state.sex = SEX_MALE;
    state.birth = (PartialDate){2024, 5, 10};
    state.name = S("山田　太郎");
    state.name_kana = S("ヤマダ　タロウ");
    state.municipality_code = S("401307");
    state.address = S("福岡県福岡市中央区天神一丁目8番1号");
    return state;
}

static NonResidentEntry entry(PersonState state)
{
    return (NonResidentEntry){state, d("2026-11-01"), d("2026-11-10")};
}

static RegisterVersionRows registered(void)
{
    RegisterVersionRows history = {0};
    const NonResidentEntry typed = entry(taro());
    RegisterStep step = non_resident_added(&typed, &arena);
    assert_int_equal(step.outcome, STEP_APPLIED);
    assert_int_equal(step.versions.count, 1);
    *register_versions_push(&history, &arena) = step.versions.at[0];
    return history;
}

// ---- registering

static void nobody_who_is_registered_by_hand_is_a_resident(void **state)
{
    (void)state;
    RegisterVersionRows history = registered();
    const PersonState *now = &register_current(&history)->state;
    assert_int_equal(now->status, STATUS_NON_RESIDENT);
    assert_true(str_equal(now->household_no, S("000000000000000")));
    assert_true(register_non_resident(&history));
    assert_int_equal(register_residence(&history, &arena).count, 0);
}

static void a_death_makes_no_residence_of_before(void **state)
{
    (void)state;
    RegisterVersionRows history = registered();
    NonResidentEntry typed = entry(taro());
    typed.state.status = STATUS_DEAD;
    RegisterStep step = non_resident_corrected(&history, &typed, &arena);
    assert_int_equal(step.outcome, STEP_APPLIED);
    assert_true(effect_has(step.effects, EFFECT_STOP_MAIL));
    *register_versions_push(&history, &arena) = step.versions.at[0];
    assert_int_equal(register_residence(&history, &arena).count, 0);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    const struct {
        PartialDate birth;
        const char *since;
        const char *item;
    } wrong[] = {
        {{2026, 11, 11}, "2026-11-01", "生年月日"},    // tomorrow
        {{1890, 1, 1}, "2026-11-01", "生年月日"},      // 136 years old
        {{2024, 5, 10}, "2024-05-09", "異動年月日"},   // before birth
        {{2024, 5, 10}, "2026-11-11", "異動年月日"},   // tomorrow
    };
    for (ptrdiff_t i = 0; i < countof(wrong); i++) {
        NonResidentEntry typed = entry(taro());
        typed.state.birth = wrong[i].birth;
        typed.occurred_on = d(wrong[i].since);
        RegisterStep step = non_resident_added(&typed, &arena);
        assert_int_equal(step.outcome, STEP_REFUSED);
        assert_int_equal(step.refusal.code, E_CONFLICT);
        assert_memory_equal(step.refusal.item.own, wrong[i].item, strlen(wrong[i].item));
    }
}

static void a_correction_that_says_what_stands_changes_nothing(void **state)
{
    (void)state;
    RegisterVersionRows history = registered();
    NonResidentEntry typed = entry(taro());
    assert_int_equal(non_resident_corrected(&history, &typed, &arena).outcome, STEP_UNCHANGED);
    typed.state.birth = (PartialDate){2024, 5, 11};
    RegisterStep step = non_resident_corrected(&history, &typed, &arena);
    assert_int_equal(step.outcome, STEP_APPLIED);
    assert_int_equal(step.versions.at[0].version_no, 2);
    assert_true(effect_has(step.effects, EFFECT_REJUDGE));
}

// The register must not write over somebody whom we numbered, nor we over a resident.
static void the_two_ways_do_not_cross(void **state)
{
    (void)state;
    RegisterVersionRows history = registered();
    FeedRow row = {.event_reason = EVENT_MOVED_IN,
                   .occurred_on = d("2026-11-02"),
                   .reported_on = d("2026-11-02"),
                   .state = taro(),
                   .known_on = d("2026-11-03"),
                   .business_day = d("2026-11-10")};
    row.state.status = STATUS_RESIDENT;
    RegisterStep step = register_step(&history, &row, &arena);
    assert_int_equal(step.outcome, STEP_REFUSED);
    assert_int_equal(step.refusal.code, E_CONFLICT);
    RegisterVersionRows nobody = {0}, resident = {0};
    step = register_step(&nobody, &row, &arena);
    assert_int_equal(step.outcome, STEP_APPLIED);
    *register_versions_push(&resident, &arena) = step.versions.at[0];
    NonResidentEntry typed = entry(taro());
    assert_int_equal(non_resident_corrected(&resident, &typed, &arena).outcome, STEP_REFUSED);
}

static void identity_is_asked_again_after_a_year(void **state)
{
    (void)state;
    assert_false(confirmation_stale(d("2025-11-10"), d("2026-11-10"), 12));
    assert_true(confirmation_stale(d("2025-11-10"), d("2026-11-11"), 12));
    assert_true(confirmation_stale(d("2025-10-10"), d("2026-11-10"), 12));   // thirteen months
    assert_false(confirmation_stale(d("2024-02-29"), d("2025-02-28"), 12));  // the last day of the month
    assert_true(confirmation_stale(d("2024-02-29"), d("2025-03-01"), 12));
}

// ---- who is there already

typedef struct Pair {
    const char *what;
    PersonState other;
    bool asks, same;
} Pair;

static PersonState with(PersonState state, Str kana, PartialDate birth, int32_t sex, Str address)
{
    state.name = kana.len ? S("") : state.name;
    if (kana.len) state.name_kana = kana;
    if (birth.year) state.birth = birth;
    if (sex) state.sex = sex;
    if (address.len) state.address = address;
    return state;
}

static void four_items_agree_or_a_person_decides(void **state)
{
    (void)state;
    const Pair pairs[] = {
        {"the very same", taro(), true, true},
        {"kana in half width, 1-8-1",
         with(taro(), S("ﾔﾏﾀﾞ ﾀﾛｳ"), (PartialDate){0}, 0, S("福岡市中央区天神1-8-1")), true, true},
        {"another sex", with(taro(), (Str){0}, (PartialDate){0}, SEX_FEMALE, (Str){0}), true, false},
        {"sex unknown", with(taro(), (Str){0}, (PartialDate){0}, SEX_UNKNOWN, (Str){0}), true, false},
        {"moved", with(taro(), (Str){0}, (PartialDate){0}, 0, S("福岡県北九州市小倉北区城内1番1号")), true, false},
        {"one digit of birth", with(taro(), (Str){0}, (PartialDate){2024, 5, 18}, 0, (Str){0}), true, false},
        {"one slip of the name", with(taro(), S("ヤマダ　タロオ"), (PartialDate){0}, 0, (Str){0}), true, true},
        {"a twin", with(taro(), S("ヤマダ　ハナコ"), (PartialDate){0}, SEX_FEMALE, (Str){0}), true, false},
        {"another name, another place",
         with(taro(), S("サトウ　ケン"), (PartialDate){0}, 0, S("福岡県北九州市小倉北区城内1番1号")), false, false},
        {"the name alone",
         with(taro(), S("ヤマダ　タロウ"), (PartialDate){1970, 1, 1}, 0, S("福岡県北九州市小倉北区城内1番1号")), false, false},
    };
    const PersonState typed = taro();
    for (ptrdiff_t i = 0; i < countof(pairs); i++) {
        PersonLikeness like = person_likeness(&typed, &pairs[i].other, arena);
        if (likeness_asks(&like) != pairs[i].asks || likeness_one_person(&like) != pairs[i].same)
            fail_msg("%s: name %d birth %d sex %d place %d", pairs[i].what, like.name, like.birth, like.sex, like.place);
    }
}

static void a_former_name_and_a_former_place_count(void **state)
{
    (void)state;
    RegisterVersionRows history = registered();
    RegisterVersion *later = register_versions_push(&history, &arena);
    *later = history.at[0];
    later->version_no = 2;
    later->state.name = S("佐藤　太郎");
    later->state.name_kana = S("サトウ　タロウ");
    later->state.address = S("福岡県北九州市小倉北区城内1番1号");
    const PersonState typed = taro();
    PersonLikeness like = history_likeness(&typed, &history, arena);
    assert_true(likeness_one_person(&like));
    history.at[0].withdrawn_by = 2;
    like = history_likeness(&typed, &history, arena);
    assert_false(likeness_one_person(&like));
}

// That a place is the same would say where somebody is.
static void the_place_of_a_protected_person_is_silent(void **state)
{
    (void)state;
    RegisterVersionRows history = registered();
    history.at[0].state.protection = PROTECTION_HOUSEHOLD;
    const PersonState typed = taro();
    PersonLikeness like = history_likeness(&typed, &history, arena);
    assert_int_equal(like.place, LIKE_SILENT);
    assert_true(likeness_asks(&like));
    assert_false(likeness_one_person(&like));
}

static int begin(void **state)
{
    enum { BYTES = 8 << 20 };
    static char room[BYTES];
    (void)state;
    arena = (Arena){room, room + BYTES};
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(nobody_who_is_registered_by_hand_is_a_resident, begin),
        cmocka_unit_test_setup(a_death_makes_no_residence_of_before, begin),
        cmocka_unit_test_setup(what_cannot_be_is_refused, begin),
        cmocka_unit_test_setup(a_correction_that_says_what_stands_changes_nothing, begin),
        cmocka_unit_test_setup(the_two_ways_do_not_cross, begin),
        cmocka_unit_test_setup(identity_is_asked_again_after_a_year, begin),
        cmocka_unit_test_setup(four_items_agree_or_a_person_decides, begin),
        cmocka_unit_test_setup(a_former_name_and_a_former_place_count, begin),
        cmocka_unit_test_setup(the_place_of_a_protected_person_is_silent, begin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
