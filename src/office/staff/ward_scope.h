// In which wards of a city a duty is held: written on a roster or a form, kept as codes, compared with where somebody
// lives.
//
// Text    codes in order, each once, apart by a blank: "401013 401064". Empty: the whole city.
// Law     controls C-3.3-04 (an account reaches what its work needs), C-2.3-12 (whose work is a ward's).
// Data    data/municipalities.csv, read once for the process.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

// Does a right of these wards reach somebody who lives in `ward` (a code; {0}: none is known, of who is protected or no
// resident: such a person is the whole city's)?
bool ward_scope_covers(Str wards, Str ward);

// Codes (401064), names (小倉北区, 北九州市小倉北区) or both, apart by blanks, commas or 、. Blank: the whole city.
// E_CODE_UNKNOWN: no ward of a designated city, a name of several, wards of two cities.
MUST bool ward_scope_read(Str typed, Arena *arena, Str *wards, Error *err);
Str ward_scope_words(Str wards, Arena *arena);  // "小倉北区・戸畑区"; "全市"
