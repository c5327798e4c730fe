// SPDX-License-Identifier: Apache-2.0
#include "name_variant.h"

#include "name_variant_table.h"

#include <stddef.h>

static bool has_pair(int32_t code)
{
    if (code < 0x3400) return false;
    return code > 0xFFFF || (variant_bits[code / 8] >> (code % 8) & 1);
}

// The first pair of `code`, or NULL.
static const VariantPair *first_pair(int32_t code)
{
    if (!has_pair(code)) return NULL;
    int low = 0, high = variant_pair_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (variant_pairs[middle].variant < code) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < variant_pair_count && variant_pairs[low].variant == code;
    return found ? &variant_pairs[low] : NULL;
}

static const VariantPair *pairs_end(void)
{
    return variant_pairs + variant_pair_count;
}

int32_t variant_folded(int32_t code)
{
    const VariantPair *pair = first_pair(code);
    for (; pair && pair < pairs_end() && pair->variant == code; pair++)
        if (pair->strength == VARIANT_SAME) return pair->standard;
    return code;
}

static VariantStrength strength_to(int32_t code, int32_t standard)
{
    const VariantPair *pair = first_pair(code);
    for (; pair && pair < pairs_end() && pair->variant == code; pair++)
        if (pair->standard == standard) return (VariantStrength)pair->strength;
    return VARIANT_NONE;
}

static VariantStrength weaker(VariantStrength a, VariantStrength b)
{
    return a < b ? a : b;
}
static VariantStrength stronger(VariantStrength a, VariantStrength b)
{
    return a > b ? a : b;
}

// Two variants of one standard form: as strong as the weaker of the two pairs.
static VariantStrength strength_by_standard(int32_t a, int32_t b)
{
    VariantStrength best = VARIANT_NONE;
    const VariantPair *pair = first_pair(a);
    for (; pair && pair < pairs_end() && pair->variant == a; pair++) {
        VariantStrength other = strength_to(b, pair->standard);
        best = stronger(best, weaker((VariantStrength)pair->strength, other));
    }
    return best;
}

VariantStrength variant_between(int32_t a, int32_t b)
{
    if (a == b) return VARIANT_SAME;
    VariantStrength direct = stronger(strength_to(a, b), strength_to(b, a));
    return stronger(direct, strength_by_standard(a, b));
}
