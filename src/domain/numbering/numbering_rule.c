// SPDX-License-Identifier: Apache-2.0
#include "numbering_rule.h"

#include <assert.h>

#include "check_digit.h"

enum { COUNT_DIGITS = 12, BODY_DIGITS = 2 + COUNT_DIGITS };

void number_by_rule(int region, NumberedKind kind, int64_t count, char digits[16])
{
    assert(region >= 0 && region <= 9);
    assert(count >= 0 && count < 1000000000000);
    digits[0] = (char)('0' + region);
    digits[1] = (char)('0' + kind);
    for (int i = BODY_DIGITS - 1; i >= 2; i--, count /= 10) digits[i] = (char)('0' + count % 10);
    digits[BODY_DIGITS] = (char)('0' + check_digit_luhn((Str){digits, BODY_DIGITS}));
    digits[BODY_DIGITS + 1] = 0;
}

AddresseeNo non_resident_no(int region, int64_t count)
{
    AddresseeNo no = {{0}};
    number_by_rule(region, NUMBERED_NON_RESIDENT, count, no.digits);
    return no;
}
