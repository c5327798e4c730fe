// What hides somebody begins with the protection and outlasts it. Proves linkage.md 3.4, 6.4 rules 5 and 8.
// SPDX-License-Identifier: Apache-2.0
#include "shield.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const Shield open_shield, guarded = {SHIELD_ALL, true}, outlasts = {SHIELD_ALL, false};

static ShieldStep happens(const Shield *now, ShieldEventKind kind)
{
    return shield_step(now, &(ShieldEvent){.kind = kind, .hides = SHIELD_CORES});
}

static void assert_stands(Shield shield, int hides, bool is_protected)
{
    assert_int_equal(shield.hides, hides);
    assert_int_equal(shield.is_protected, is_protected);
}

static void protection_hides_all_and_its_end_shows_nothing(void **state)
{
    (void)state;
    assert_stands(happens(&open_shield, SHIELD_PROTECTION_BEGINS).next, SHIELD_ALL, true);
    ShieldStep over = happens(&guarded, SHIELD_PROTECTION_ENDS);
    assert_stands(over.next, SHIELD_ALL, false);
    assert_true(over.looked);
    assert_false(happens(&outlasts, SHIELD_PROTECTION_ENDS).looked);  // told again
    assert_false(happens(&open_shield, SHIELD_PROTECTION_ENDS).looked);
    assert_stands(happens(&outlasts, SHIELD_PROTECTION_BEGINS).next, SHIELD_ALL, true);
}

static void nobody_releases_who_is_protected(void **state)
{
    (void)state;
    assert_true(happens(&guarded, SHIELD_RELEASE).refused);
    assert_stands(happens(&guarded, SHIELD_RELEASE).next, SHIELD_ALL, true);
    assert_false(happens(&outlasts, SHIELD_RELEASE).refused);
    assert_stands(happens(&outlasts, SHIELD_RELEASE).next, 0, false);
}

static void a_word_of_the_office_takes_nothing_away(void **state)
{
    (void)state;
    assert_stands(happens(&open_shield, SHIELD_SET).next, SHIELD_CORES, false);
    assert_stands(happens(&guarded, SHIELD_SET).next, SHIELD_ALL, true);
}

static void an_organisation_hides_its_own_records_alone(void **state)
{
    (void)state;
    const Question asked = {.procedure = {"JT90000000002501"},
                            .inquirer = {"0220140130700000"},
                            .provider = {"0220140100500000"}};
    ShieldSaid said = {.whose = asked.provider, .hides = SHIELD_RECORDS};
    assert_true(shield_hides_record(&said, &asked));
    said.whose = asked.inquirer;
    assert_true(shield_hides_record(&said, &asked));
    said.whose = (OrganisationCode){"0220113101600000"};
    assert_false(shield_hides_record(&said, &asked));
    said = (ShieldSaid){asked.provider, {"JT90000000002501"}, SHIELD_ALL};
    assert_true(shield_hides_record(&said, &asked));
    said.procedure = (ProcedureCode){"JT90000000002601"};
    assert_false(shield_hides_record(&said, &asked));
    said = (ShieldSaid){asked.provider, {{0}}, SHIELD_SELF_VIEW};
    assert_false(shield_hides_record(&said, &asked));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(protection_hides_all_and_its_end_shows_nothing),
        cmocka_unit_test(nobody_releases_who_is_protected),
        cmocka_unit_test(a_word_of_the_office_takes_nothing_away),
        cmocka_unit_test(an_organisation_hides_its_own_records_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
