// Who moved in and is asked about; who is not. Proves C-3.6-02, P1 of linkage.md 4.
// SPDX-License-Identifier: Apache-2.0
#include "inquiry_offer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static MovedIn child_from_fukuoka(void)
{
    return (MovedIn){.event_reason = 11,
                     .lives_here = true,
                     .concerned = true,
                     .from = {"401307"},
                     .here = {"401005"}};
}

static void a_child_from_another_city_is_offered_once(void **state)
{
    (void)state;
    MovedIn child = child_from_fukuoka();
    assert_int_equal(inquiry_offer(&child), OFFER_YES);
    child.asked = true;
    assert_int_equal(inquiry_offer(&child), OFFER_ASKED);
}

static void every_way_to_move_in_counts_and_no_other_event_does(void **state)
{
    (void)state;
    MovedIn child = child_from_fukuoka();
    for (child.event_reason = 0; child.event_reason < 100; child.event_reason++) {
        bool in = child.event_reason == 11 || (child.event_reason >= 13 && child.event_reason <= 15);
        assert_int_equal(inquiry_offer(&child), in ? OFFER_YES : OFFER_NOT_MOVED_IN);
    }
    child.event_reason = 11;
    child.lives_here = false;  // moved on already
    assert_int_equal(inquiry_offer(&child), OFFER_NOT_MOVED_IN);
}

static void nobody_is_asked_where_nobody_can_answer(void **state)
{
    (void)state;
    MovedIn child = child_from_fukuoka();
    child.from = (MunicipalityCode){{0}};
    assert_int_equal(inquiry_offer(&child), OFFER_ABROAD);
    child.from = (MunicipalityCode){"999999"};
    assert_int_equal(inquiry_offer(&child), OFFER_ABROAD);
    child.from = child.here;
    assert_int_equal(inquiry_offer(&child), OFFER_OUR_OWN);
}

static void nothing_is_asked_of_whom_the_law_offers_nothing(void **state)
{
    (void)state;
    MovedIn adult = child_from_fukuoka();
    adult.concerned = false;
    assert_int_equal(inquiry_offer(&adult), OFFER_NOTHING_OPEN);
}

// Whatever else is true of her: the former city must not learn where she is before somebody has said so.
static void a_protected_person_waits_for_an_officer(void **state)
{
    (void)state;
    MovedIn child = child_from_fukuoka();
    child.is_protected = true;
    assert_int_equal(inquiry_offer(&child), OFFER_PROTECTED);
    child.from = (MunicipalityCode){{0}};
    assert_int_equal(inquiry_offer(&child), OFFER_PROTECTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_child_from_another_city_is_offered_once),
        cmocka_unit_test(every_way_to_move_in_counts_and_no_other_event_does),
        cmocka_unit_test(nobody_is_asked_where_nobody_can_answer),
        cmocka_unit_test(nothing_is_asked_of_whom_the_law_offers_nothing),
        cmocka_unit_test(a_protected_person_waits_for_an_officer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
