// Amounts as clinics write them: yen, and volumes of a dose.
//
// Read    yen: 4500, 4,500, ￥4,500-, 4500円, 4500.0; volumes: 0.5, .5, 0,5, 0.50mL, ０．５㎖, 0.5cc, 0.5ミリリットル. Either
//         width, blanks anywhere.
// Not     words (無料, 半分), signs before a number, groups of digits that are no thousands.
// Memory  none.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>

#include "str.h"

// False, and the output untouched, for what cannot be read for certain. `wide_digits`, when not NULL, grows.
bool yen_parse(Str text, int64_t *yen, int64_t *wide_digits);
bool volume_parse(Str text, int32_t *ml100, int64_t *wide_digits);  // hundredths of a millilitre
