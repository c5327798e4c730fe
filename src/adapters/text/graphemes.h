// Length as people count it: extended grapheme clusters (Unicode UAX 29, by ICU).
//
// A kanji with a variant selector, a kana with a combining voice mark, is one. Length limits of items
// (R105) count these; storage counts bytes.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

ptrdiff_t grapheme_count(Str s);  // bytes that are no UTF-8 count one each

// Code points joined to one base at most: 0 in plain text, 1 with a variant selector.
ptrdiff_t grapheme_marks_most(Str s);

// The longest beginning of `s` with at most `max` clusters; none is ever cut in two.
Str grapheme_first(Str s, ptrdiff_t max);
