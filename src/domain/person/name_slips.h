// How many slips of the pen lie between two runs of folded letters.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum { NAME_SLIPS_MAX = 2 };  // more are not told apart: NAME_SLIPS_MAX + 1

typedef struct NameRun {
    const int32_t *chars;
    int32_t count;
} NameRun;

// One letter too many, too few, another one, or two neighbours exchanged: one slip each. Likely variants
// (name_variant.h) are no slip when `variants_free`. Runs are at most NAME_CHARS_MAX long (asserted).
int name_slips(NameRun a, NameRun b, bool variants_free);
