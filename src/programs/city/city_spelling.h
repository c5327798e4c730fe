// How keyboards and people respell Japanese text: the other way round of folding.
//
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

Str spell_half_kana(Arena *arena, Str text);    // ヤマダ　タロウ -> ﾔﾏﾀﾞ ﾀﾛｳ
Str spell_hiragana(Arena *arena, Str text);     // ヤマダ -> やまだ
Str spell_wide_digits(Arena *arena, Str text);  // 0 to 9 -> ０ to ９
