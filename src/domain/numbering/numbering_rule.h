// The numbers that the city's own programs give (linkage.md 1.7): region, kind, twelve digits of a count, check digit.
//
// Numbers of different kinds never meet, and whoever counts never gives one twice. A number that another system gave
// is kept as it is: no rule is asked of it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"

typedef enum NumberedKind {
    NUMBERED_RESIDENT = 1,  // by the resident register, where it follows the rule
    NUMBERED_NON_RESIDENT = 2,
    NUMBERED_UNIFIED = 9,
} NumberedKind;

// 15 digits and the terminating zero. 0 <= region <= 9, 0 <= count < 10^12 (asserted).
void number_by_rule(int region, NumberedKind kind, int64_t count, char digits[16]);
// 住登外者宛名番号.
AddresseeNo non_resident_no(int region, int64_t count);
