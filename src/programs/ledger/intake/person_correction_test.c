// An accepted correction of the person: nothing is overwritten, nothing is lost, nobody is paid twice.
// SPDX-License-Identifier: Apache-2.0
#include "person_correction.h"

#include "claim_rows.h"
#include "ledger_desk_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { WRONG = 1, RIGHT = 2, OLD_DOSE = 10, NEW_DOSE = 11 };

static DoseRecord dose_of(const Desk *d, int32_t person_id, int32_t dose_id)
{
    return (DoseRecord){.dose = {.dose_id = dose_id,
                                 .person_id = person_id,
                                 .product_no = 1,
                                 .given_on = {2026, 9, 12},
                                 .provenance = PROVENANCE_CLINIC,
                                 .from_act = d->act.no,
                                 .to_act = ACT_OPEN},
                        .kind = GIVEN_HERE,
                        .lot = S("L1")};
}

static DoseRecord stored(Desk *d)
{
    DoseRecord old = dose_of(d, WRONG, OLD_DOSE);
    const ClaimRow claim = {.claim_id = 1,
                            .row_id = 5,
                            .person_id = WRONG,
                            .dose_id = OLD_DOSE,
                            .amount = 11220,
                            .copay = -1,
                            .state = CLAIM_RECEIVED};
    assert_true(dose_insert(d->store, &old, &d->err));
    assert_true(claim_insert(d->store, &d->act, &claim, &d->err));
    return old;
}

static DoseRecords doses_now(Desk *d, int32_t person_id)
{
    DoseRecords records;
    assert_true(dose_records_of_person(d->store, person_id, KNOWN_NOW, &d->arena, &records, &d->err));
    return records;
}

static ClaimStandings claims_now(Desk *d, int32_t person_id)
{
    ClaimStandings claims;
    assert_true(claims_of_person(d->store, person_id, &d->arena, &claims, &d->err));
    return claims;
}

static void the_dose_and_its_claim_go_to_the_right_person(void **state)
{
    Desk *d = *state;
    DoseRecord old = stored(d);
    const PersonCorrection c = {
        .move = {.stores = true}, .old = &old, .fresh = dose_of(d, RIGHT, NEW_DOSE)};
    assert_true(person_correction_store(d->store, &d->act, &c, d->arena, &d->err));
    assert_int_equal(doses_now(d, WRONG).count, 0);
    DoseRecords right = doses_now(d, RIGHT);
    assert_int_equal(right.count, 1);
    assert_int_equal(right.at[0].replaces, OLD_DOSE);
    assert_true(str_equal(right.at[0].reason, S("別人")));
    ClaimStandings claims = claims_now(d, RIGHT);
    assert_int_equal(claims.count, 1);
    assert_int_equal(claims.at[0].claim.amount, 11220);
    assert_int_equal(claims.at[0].claim.row_id, 5);
}

static void what_the_right_person_has_already_is_neither_stored_nor_paid_again(void **state)
{
    Desk *d = *state;
    DoseRecord old = stored(d), had = dose_of(d, RIGHT, NEW_DOSE);
    assert_true(dose_insert(d->store, &had, &d->err));
    const PersonCorrection c = {.move = {.same_as = NEW_DOSE}, .old = &old};
    assert_true(person_correction_store(d->store, &d->act, &c, d->arena, &d->err));
    assert_int_equal(doses_now(d, WRONG).count, 0);
    assert_int_equal(doses_now(d, RIGHT).count, 1);
    assert_int_equal(claims_now(d, RIGHT).count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_dose_and_its_claim_go_to_the_right_person, desk_open,
                                        desk_close),
        cmocka_unit_test_setup_teardown(
            what_the_right_person_has_already_is_neither_stored_nor_paid_again, desk_open,
            desk_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
