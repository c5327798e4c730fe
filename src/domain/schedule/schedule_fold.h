// How a product's name is compared: width, case, spaces and brackets do not matter.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

// Half-width kana become full-width with their voicing marks joined, full-width Latin letters, digits
// and signs become ASCII, small letters capital; blanks and brackets are dropped, dashes are one dash,
// Roman numerals of one character are spelled out. What is no UTF-8 is kept byte for byte.
Str name_folded(Arena *arena, Str name);
