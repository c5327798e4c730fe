// Numbers that an office gives: none twice, none of another kind, all with their check digit (control F-2-02).
// SPDX-License-Identifier: Apache-2.0
#include "check_digit.h"
#include "numbering_rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// Whoever is registered by hand never gets the number of a resident that follows the rule, whatever was counted.
static void a_million_numbers_meet_no_resident(void **state)
{
    enum { DRAWS = 1000000 };
    (void)state;
    AddresseeNo before = {{0}};
    for (int64_t n = 0; n < DRAWS; n++) {
        char resident[16];
        AddresseeNo no = non_resident_no(4, n);
        number_by_rule(4, NUMBERED_RESIDENT, n, resident);
        assert_true(no.digits[1] != resident[1]);
        assert_true(strcmp(before.digits, no.digits) < 0);  // ascending: none comes twice
        before = no;
    }
}

static void a_number_says_region_kind_count_and_check_digit(void **state)
{
    (void)state;
    AddresseeNo no = non_resident_no(4, 1), last = non_resident_no(9, 999999999999), read;
    Error err;
    assert_memory_equal(no.digits, "42000000000001", 14);
    assert_memory_equal(last.digits, "92999999999999", 14);
    assert_int_equal(no.digits[14] - '0', check_digit_luhn(S("42000000000001")));
    assert_string_equal(no.digits, "420000000000010");  // 4, 2 doubled and 1 doubled: 4 + 4 + 2 = 10
    assert_true(addressee_no_parse(addressee_text(&no), &read, NULL, &err));
    assert_true(addressee_same(&no, &read));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_million_numbers_meet_no_resident),
        cmocka_unit_test(a_number_says_region_kind_count_and_check_digit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
