// The step that moves a dose to the person whose it is.
// SPDX-License-Identifier: Apache-2.0
#include "dose_move.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static KnownDose dose_on(int day, const char *lot)
{
    return (KnownDose){.ref = day,
                       .given = true,
                       .given_on = {2026, 9, (int8_t)day},
                       .product = 1,
                       .series = 1,
                       .components = 1,
                       .provenance = PROVENANCE_CLINIC,
                       .clinic = S("A"),
                       .lot = str_of(lot)};
}

static void a_dose_goes_to_the_person_whose_it_is(void **state)
{
    (void)state;
    KnownDose sent = dose_on(12, "L1"), known[1];
    DoseMoveAsked asked = {
        .from_person = 1, .to_person = 2, .stands = true, .sent = &sent, .known = known};
    sent.corrects = true;
    DoseMove move = dose_move(&asked);
    assert_int_equal(move.refusal, MOVE_AGREED);
    assert_true(move.stores);

    // He has it already, from another row: nothing is stored twice.
    known[0] = dose_on(12, "L1");
    asked.known_count = 1;
    move = dose_move(&asked);
    assert_int_equal(move.refusal, MOVE_AGREED);
    assert_false(move.stores);
    assert_int_equal(move.same_as, 12);

    // Perhaps he has it: that is decided first.
    known[0] = dose_on(12, "L2");
    move = dose_move(&asked);
    assert_int_equal(move.refusal, MOVE_DOUBTFUL);
    assert_int_equal(move.doubt, DOUBT_LOT_OR_CLINIC);

    // Another dose of the series weeks before is no obstacle.
    known[0] = dose_on(1, "L2");
    assert_true(dose_move(&asked).stores);
}

static void nothing_moves_that_is_gone_or_at_home(void **state)
{
    (void)state;
    KnownDose sent = dose_on(12, "L1");
    DoseMoveAsked asked = {.from_person = 1, .to_person = 2, .sent = &sent};
    assert_int_equal(dose_move(&asked).refusal, MOVE_GONE);
    asked.stands = true;
    asked.to_person = 1;
    assert_int_equal(dose_move(&asked).refusal, MOVE_NOBODY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dose_goes_to_the_person_whose_it_is),
        cmocka_unit_test(nothing_moves_that_is_gone_or_at_home),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
