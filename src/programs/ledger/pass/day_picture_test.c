// What the ledger knew of a person on a day: the two time axes of one child.
// SPDX-License-Identifier: Apache-2.0
#include "day_picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { SYNCED = 1, TYPED_IN = 2, CORRECTED = 3, FORGOTTEN = 4 };

// The office's days: residents on 1 October, a dose typed in on the 10th, the birth date corrected on
// the 20th, the dose withdrawn on the 25th.
static Day days[5];
static Knowledge knowledge;

static Day october(int day)
{
    return day_of(2026, 10, day);
}

static int open_book(void **state)
{
    (void)state;
    days[SYNCED] = october(1);
    days[TYPED_IN] = october(10);
    days[CORRECTED] = october(20);
    days[FORGOTTEN] = october(25);
    knowledge = (Knowledge){days, 5, {DAY_MAX, DAY_MAX, DAY_MAX, DAY_MAX}};
    knowledge.opened[ACT_SYNC] = october(1);
    knowledge.opened[ACT_INTAKE] = october(10);
    return 0;
}

static CityPerson child(void)
{
    static DoseRow dose;
    static SpanRow span;
    static BeforeRow before;
    dose = (DoseRow){
        .dose_id = 7, .given_on = {2026, 9, 15}, .from_act = TYPED_IN, .to_act = FORGOTTEN};
    span = (SpanRow){{day_of(2025, 4, 1), DAY_NONE, RESIDENCE_OPEN}, SYNCED, ACT_OPEN};
    before = (BeforeRow){{2025, 4, 2}, 2, CORRECTED};
    return (CityPerson){.birth = {2025, 4, 1},
                        .sex = 2,
                        .from_act = SYNCED,
                        .doses = {&dose, 1, 1},
                        .spans = {&span, 1, 1},
                        .befores = {&before, 1, 1}};
}

static DayPicture picture_on(Day day)
{
    static Arena arena;
    if (!arena.at) arena = arena_reserve(1 << 20);
    CityPerson person = child();
    Arena scratch = arena;
    return day_picture(&person, &knowledge, day, &scratch);
}

static void a_dose_counts_from_the_day_it_was_recorded(void **state)
{
    (void)state;
    knowledge.opened[ACT_INTAKE] = october(1);  // something else was taken in before
    assert_int_equal(picture_on(october(9)).rows.dose_count, 0);
    assert_int_equal(picture_on(october(10)).rows.dose_count, 1);
    assert_int_equal(picture_on(october(24)).rows.dose_count, 1);
    assert_int_equal(picture_on(october(25)).rows.dose_count, 0);
    knowledge.opened[ACT_INTAKE] = october(10);
}

static void before_the_first_load_the_first_load_is_asked(void **state)
{
    (void)state;
    assert_int_equal(picture_on(october(5)).rows.dose_count, 1);
    assert_true(picture_on(day_of(2026, 9, 20)).lives);
}

static void a_dose_of_later_is_not_there_yet(void **state)
{
    (void)state;
    assert_int_equal(picture_on(day_of(2026, 9, 14)).rows.dose_count, 0);
    assert_int_equal(picture_on(day_of(2026, 9, 15)).rows.dose_count, 1);
}

static void a_corrected_birth_date_was_another_one_before(void **state)
{
    (void)state;
    assert_int_equal(picture_on(october(19)).rows.birth.day, 2);
    assert_int_equal(picture_on(october(20)).rows.birth.day, 1);
    DayPicture before = picture_on(october(19)), after = picture_on(october(20));
    assert_false(same_identity(&before, &after));
}

static void nobody_lives_here_before_birth_or_on_the_day_of_death(void **state)
{
    (void)state;
    CityPerson person = child();
    assert_false(lives_here(&person, day_of(2025, 3, 31)));
    assert_true(lives_here(&person, day_of(2025, 4, 1)));
    person.spans.at[0].span = (ResidenceSpan){day_of(2025, 4, 1), october(10), RESIDENCE_DEAD};
    assert_true(lives_here(&person, october(9)));
    assert_false(lives_here(&person, october(10)));
    person.spans.at[0].span.end = RESIDENCE_MOVED_OUT;
    assert_true(lives_here(&person, october(10)));
    assert_false(lives_here(&person, october(11)));
    person.withdrawn = true;
    assert_false(lives_here(&person, october(9)));
}

// Told on the 10th that the child has left on the last day of the year: gone from the 10th on.
static void who_is_heard_to_have_left_is_gone_whatever_the_day(void **state)
{
    (void)state;
    static Arena arena;
    if (!arena.at) arena = arena_reserve(1 << 20);
    SpanRow spans[] = {
        {{day_of(2025, 4, 1), DAY_NONE, RESIDENCE_OPEN}, SYNCED, TYPED_IN},
        {{day_of(2025, 4, 1), day_of(2026, 12, 31), RESIDENCE_DEAD}, TYPED_IN, ACT_OPEN},
    };
    CityPerson person = child();
    person.spans = (SpanRows){spans, 2, 2};
    for (int day = 9; day <= 11; day++) {
        Arena scratch = arena;
        assert_int_equal(day_picture(&person, &knowledge, october(day), &scratch).lives, day < 10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_heard_to_have_left_is_gone_whatever_the_day),
        cmocka_unit_test(a_dose_counts_from_the_day_it_was_recorded),
        cmocka_unit_test(before_the_first_load_the_first_load_is_asked),
        cmocka_unit_test(a_dose_of_later_is_not_there_yet),
        cmocka_unit_test(a_corrected_birth_date_was_another_one_before),
        cmocka_unit_test(nobody_lives_here_before_birth_or_on_the_day_of_death),
    };
    return cmocka_run_group_tests(tests, open_book, NULL);
}
