// Which characters are one character in two forms, and which are only often taken for each other.
//
// Source  data/name-variants.tsv (常用・人名用漢字 old forms, 戸籍法 notice tables, the ministry's lists of
//         popular and wrong forms, compatibility ideographs) and the pairs of linkage.md 7.2, whose label
//         `folded` or `doubt` in that file goes before every other.
// Rule    pairs are not chained: a variant of a variant is not always the same character. The build
//         refuses a table in which a pair of the same character leads on to another.
// Memory  constant tables, no state.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

typedef enum VariantStrength {
    VARIANT_NONE,
    VARIANT_DOUBT,  // wrong forms (goji) and characters that are only confused (斎 斉, 渕 淵): a slip
    VARIANT_LIKELY,  // popular forms, first choices of the notice, pairs seen in family names
    VARIANT_SAME,    // the same character: old form, compatibility ideograph, pair of the office
} VariantStrength;

// The form that stands for `code` in keys: another one only with VARIANT_SAME.
int32_t variant_folded(int32_t code);

// How strongly two folded characters may be one; VARIANT_SAME for equal ones. Symmetric.
VariantStrength variant_between(int32_t a, int32_t b);
