// UTF-8, one code point at a time.
//
// Units   code points U+0000 to U+10FFFF without surrogates; places count bytes.
// Memory  none.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

#define UTF8_BAD (-1)

// The code point at byte *at (0 <= *at < s.len, asserted); *at then stands behind it. UTF8_BAD for
// bytes that are no UTF-8 (overlong, surrogate, cut short): one byte is then passed.
int32_t utf8_next(Str s, ptrdiff_t *at);

// Writes one code point, returns its bytes (1 to 4).
int utf8_put(char out[4], int32_t code);

bool utf8_valid(Str s);
ptrdiff_t utf8_count(Str s);  // code points; a bad byte counts as one

void text_add_code(Text *text, Arena *arena, int32_t code);
