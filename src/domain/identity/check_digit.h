// The arithmetic of check digits (linkage.md 1).
//
// All take ASCII digits, asserted; none allocates.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

// Individual Number (11 digits of body; 平成26年総務省令第85号 第5条) and resident record code (10;
// 平成14年総務省告示第436号): weights 2 to 7 from the right, twice round, modulo 11.
int check_digit_mod11(Str body);
// Municipality code (5 digits of body): weights 6 5 4 3 2.
int check_digit_municipality(Str body);
// Corporate Number (12 digits of base): weights 1, 2 from the right, modulo 9; never 0.
int check_digit_mod9(Str base);
// Luhn over a body of any length: institution codes, insurers' numbers, the bars of NW-7 (forms.md 5.1).
int check_digit_luhn(Str body);
