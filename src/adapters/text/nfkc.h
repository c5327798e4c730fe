// Unicode's NFKC: one spelling for what looks alike by width or composition.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

// False when `text` is no UTF-8.
bool text_nfkc(Str text, Arena *arena, Str *folded);

// A character that can be seen and stands for itself: letter, mark, digit. No blank, control, sign, and
// nothing that a reader does not see (zero width, direction, variation).
bool code_is_word(int32_t code);
