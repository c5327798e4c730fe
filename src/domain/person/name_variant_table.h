// The table that tools/name_variants.c makes of data/name-variants.tsv; only name_variant.c reads it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>

typedef struct VariantPair {
    int32_t variant, standard;
    int32_t strength;  // VariantStrength
} VariantPair;

extern const VariantPair variant_pairs[];  // ascending by variant
extern const int variant_pair_count;
extern const uint8_t variant_bits[0x10000 / 8];  // codes below U+10000 that are a variant
