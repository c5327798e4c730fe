// How a product's name is compared: width, case, spaces, brackets, dashes, points and signs of a trade mark
// do not matter, and a numeral is its number however it is written.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

// Half-width kana become full-width with their voicing marks joined, full-width Latin letters, digits
// and signs become ASCII, small letters capital. Blanks, brackets, dashes of every kind (the long vowel
// and the wave, 〜 or ～, among them), middle points, ®, ™, © and (R), (TM), (C) behind a name are dropped. A Roman numeral to ten
// that stands by itself behind a name and a circled digit are the number: Ⅱ, ii and ② are 2. What is no UTF-8 is kept byte
// for byte.
Str name_folded(Arena *arena, Str name);
