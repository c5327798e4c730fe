// A canary that is not read, not there, or old is never taken for one that sings. Proves F10.
// SPDX-License-Identifier: Apache-2.0
#include "canary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { TODAY = 1000 };
#define NOW (TODAY * INSTANT_DAY)

static CanarySight read_today(void)
{
    return (CanarySight){.now = NOW, .since = NOW - 100 * INSTANT_DAY, .read_at = NOW - 1, .result = RESULT_GIVEN, .as_of = TODAY - 2, .days = 2};
}

static void nobody_looked_is_no_good_news(void **state)
{
    (void)state;
    CanarySight sight = read_today();
    assert_int_equal(canary_objection(&sight), CANARY_SINGS);
    sight.read_at = NOW - CANARY_PATIENCE;
    assert_int_equal(canary_objection(&sight), CANARY_UNREAD);
    sight.read_at = 0;
    sight.result = RESULT_NONE;
    assert_int_equal(canary_objection(&sight), CANARY_UNREAD);
    sight.since = NOW - CANARY_PATIENCE + 1;  // watched since yesterday
    assert_int_equal(canary_objection(&sight), CANARY_SINGS);
}

static void every_end_but_data_is_an_absence(void **state)
{
    (void)state;
    CanarySight sight = read_today();
    for (int result = RESULT_NONE + 1; result < RESULT_COUNT; result++) {
        sight.result = (LinkageResult)result;
        assert_int_equal(canary_objection(&sight), result == RESULT_GIVEN ? CANARY_SINGS : CANARY_ABSENT);
    }
}

static void a_copy_has_a_bound(void **state)
{
    (void)state;
    CanarySight sight = read_today();
    sight.as_of--;
    assert_int_equal(canary_objection(&sight), CANARY_OLD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_looked_is_no_good_news),
        cmocka_unit_test(every_end_but_data_is_an_absence),
        cmocka_unit_test(a_copy_has_a_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
