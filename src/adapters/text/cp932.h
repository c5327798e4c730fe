// CP932 (Shift_JIS as Windows knows it, with NEC row 13, NEC selected and IBM extensions).
//
// The table is libc's, taken once code by code, so that the bytes of a file are decoded here without a
// call per character. Vendors' own codes (外字, F040 to F9FC) have no meaning outside the vendor: they
// are told apart from real characters, never mapped to Unicode's private use.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

typedef struct Cp932 Cp932;

#define CP932_BAD   (-1)  // bytes that no text of this code has
#define CP932_GAIJI (-2)  // two bytes in form, but no character

MUST bool cp932_load(Arena *arena, const Cp932 **table, Error *err);

// The code point at byte *at (0 <= *at < s.len, asserted); *at then stands behind it. A bad lead byte
// passes one byte, so that the comma or quote behind it keeps its meaning.
int32_t cp932_next(const Cp932 *table, Str s, ptrdiff_t *at);
