// Birth dates that one slip of the pen separates (immunization.md 6.2, L4 and L5).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "day.h"
#include "str.h"

typedef enum BirthSlip {
    BIRTH_EQUAL,
    BIRTH_DIGIT,      // one digit of the western date, or of the year of the era
    BIRTH_EXCHANGED,  // two neighbouring digits, or day and month
    BIRTH_ERA,        // the same year number of another era (昭和63 平成63)
    BIRTH_NEIGHBOUR,  // the day before or after
    BIRTH_VAGUE,      // one of them is partly unknown and may mean the other
    BIRTH_OTHER,      // none of these: another birth date
} BirthSlip;

BirthSlip birth_slip(PartialDate written, PartialDate registered);

// "生年月日一致", "生年月日1桁違い" ...; for the evidence.
Str birth_slip_words(BirthSlip slip);
