// One spelling for what keyboards write in two widths.
//
// Folded: full-width digits, letters and signs (！ to ～) become ASCII; the full-width blank becomes a
// blank; half-width kana become full-width, their voice marks joined (ｶﾞ -> ガ). Everything else stays,
// kanji and variant selectors included. For keys, numbers and dates: a name or an address is stored
// and printed as it came, never folded.
//
// Memory  the result lives in `arena`, or is `s` itself where nothing had to change.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

// `digits`, when not NULL, grows by the number of digits that were full-width: a run's report counts
// them (files.md 1), and no row's outcome depends on it.
Str fold_width(Arena *arena, Str s, int64_t *digits);

// Without blanks of any kind (ASCII, U+3000, U+00A0, tabs) anywhere / at both ends.
Str fold_blanks_away(Arena *arena, Str s);
Str fold_trim(Str s);

// A whole number as somebody types it, in either width. False: it is none.
bool fold_int64(Arena *arena, Str typed, int64_t *number);

// A full-width or half-width digit's value, or -1.
int fold_digit(int32_t code);
