// The picture of versions: whatever the days, marks stay in the picture, apart and in order.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "version_axes.h"

enum { MARK = 190, LEFT = 1300, RIGHT = 10900 };

static uint32_t seed = 7;

static int roll(int most)
{
    seed = seed * 1664525U + 1013904223U;
    return (int)((seed >> 8) % (uint32_t)most);
}

static void history_make(RegisterVersionRows *history, VersionCames *came, int count, int spread,
                         Arena *arena)
{
    Day day = 15000 + roll(100);
    for (int i = 1; i <= count; i++) {
        day += roll(spread);
        *register_versions_push(history, arena) = (RegisterVersion){
            .version_no = i, .event_reason = EVENT_MOVED_WITHIN, .occurred_on = day};
        Instant at = (Instant)(day + 1 + roll(30)) * 86400 * 1000000;
        *version_cames_push(came, arena) = (VersionCame){.version_no = i, .at = at};
    }
}

static void marks_stay_apart_and_in_the_picture(void **state)
{
    (void)state;
    Arena whole = arena_reserve((ptrdiff_t)16 << 20);
    for (int round = 0; round < 400; round++) {
        Arena arena = whole;
        RegisterVersionRows history = {0};
        VersionCames came = {0};
        int count = 1 + roll(30);
        history_make(&history, &came, count, 1 + roll(900), &arena);
        VersionAxes axes =
            version_axes(&history, &came, history.at[count - 1].occurred_on + roll(3000), &arena);
        int shown = count < AXES_VERSIONS_MOST ? count : AXES_VERSIONS_MOST;
        assert_int_equal(axes.marks.count, shown);
        assert_int_equal(axes.marks.at[shown - 1].no, count);
        for (int i = 0; i < shown; i++) {
            const AxesMark *m = &axes.marks.at[i];
            assert_true(m->is_true >= LEFT && m->is_true <= RIGHT);
            assert_true(m->is_known >= LEFT && m->is_known <= RIGHT);
            assert_true(i == 0 || m->is_true >= m[-1].is_true + MARK);
        }
    }
    arena_release(whole);
}

static void a_backdated_version_is_a_slanting_line(void **state)
{
    (void)state;
    Arena whole = arena_reserve((ptrdiff_t)1 << 20), arena = whole;
    RegisterVersionRows history = {0};
    VersionCames came = {0};
    *register_versions_push(&history, &arena) =
        (RegisterVersion){.version_no = 1, .event_reason = EVENT_BORN, .occurred_on = 18000};
    *version_cames_push(&came, &arena) = (VersionCame){1, (Instant)20000 * 86400 * 1000000, S("f")};
    VersionAxes axes = version_axes(&history, &came, 20400, &arena);
    assert_true(axes.marks.at[0].is_known > axes.marks.at[0].is_true + 5000);
    assert_true(axes.today > axes.marks.at[0].is_known);
    arena_release(whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_stay_apart_and_in_the_picture),
        cmocka_unit_test(a_backdated_version_is_a_slanting_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
