// The axis of a life: every day has one place, later days lie further right, and the classes are those of the age.
// SPDX-License-Identifier: Apache-2.0
#include "life_scale.h"

#include "calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void a_later_day_never_lies_further_left(void **state)
{
    (void)state;
    const Day as_of = day_of(2026, 11, 24);
    for (int years = 0; years <= 110; years++) {
        Day birth = month_add(as_of, -12 * years, MONTHS_CLIP) - 100;
        LifeScale scale = life_scale(birth, as_of);
        int before = LIFE_LEFT;
        for (Day day = birth - 1; day <= life_end(&scale) + 1; day += 17) {
            int x = life_x(&scale, day);
            assert_in_range(x, before, LIFE_RIGHT);
            before = x;
        }
        assert_int_equal(life_x(&scale, birth), LIFE_LEFT);
        assert_int_equal(life_x(&scale, life_end(&scale)), LIFE_RIGHT);
    }
}

// 27 days apart in infancy: two marks of 16.8 units touch and do not cover each other.
static void a_month_of_an_infant_has_room_for_a_mark(void **state)
{
    (void)state;
    Day birth = day_of(2022, 1, 1);
    LifeScale scale = life_scale(birth, day_of(2026, 11, 24));
    int apart = life_x(&scale, birth + 89) - life_x(&scale, birth + 62);
    assert_in_range(apart, 150, 400);
}

// The day before the second birthday and the day of it are two classes; the picture of one class is the same for all.
static void the_scale_hangs_on_the_age_alone(void **state)
{
    (void)state;
    static const struct {
        int years, segments, end_months;
    } classes[] = {{0, 3, 96}, {2, 3, 204}, {17, 3, 744}, {60, 2, 960}, {75, 3, 1260}};
    const Day as_of = day_of(2026, 11, 24);
    for (int i = 0; i < (int)(sizeof classes / sizeof classes[0]); i++) {
        Day birth = day_of(2026 - classes[i].years, 11, 24) - (classes[i].years ? 0 : 1);
        LifeScale scale = life_scale(birth, as_of);
        assert_int_equal(scale.count, classes[i].segments);
        assert_int_equal(life_end(&scale), month_add(birth, classes[i].end_months, MONTHS_CLIP));
        assert_int_equal(life_segment_x(&scale, scale.count), LIFE_RIGHT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_later_day_never_lies_further_left),
        cmocka_unit_test(a_month_of_an_infant_has_room_for_a_mark),
        cmocka_unit_test(the_scale_hangs_on_the_age_alone),
    };
    return cmocka_run_group_tests_name("life_scale", tests, NULL, NULL);
}
