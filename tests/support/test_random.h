// Numbers for walks at random: the same seed, the same walk (xorshift64).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>

// The next one; `seed` is never 0.
static inline uint64_t random_next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}
