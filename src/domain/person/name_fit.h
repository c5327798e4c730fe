// How well a written name fits a registered one: the items K, k and kk of immunization.md 6.2.
//
// Only names of one script are compared: kana with kana, letters with letters, kanji with kanji; for
// others the answer is NAME_SILENT, which neither speaks for nor against.
//
// A slip is one letter too many, too few, another one, or two neighbours exchanged. It is a slip only
// where the part that it hit (family, given name) keeps at least half of its letters, and the name has
// four or more: 山田 葵 for 山田 翔 is another name, not a slip.
//
// Memory  none; pure.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "name_key.h"

typedef enum NameFit {
    NAME_SILENT,  // not comparable, or nothing written
    NAME_DIFFERENT,
    NAME_TWO_SLIPS,  // kk: two slips in five letters or more
    NAME_ONE_SLIP,   // k: one slip, parts exchanged, likely variants
    NAME_SOUNDS,     // K: equal but for long vowels (オオノ オーノ)
    NAME_EQUAL,      // K
} NameFit;

typedef enum NameSlip {
    SLIP_NONE,
    SLIP_LONG_VOWEL,
    SLIP_VARIANT,    // characters that are likely variants (渡邊 for 渡𫟪)
    SLIP_EXCHANGED,  // given name first
    SLIP_LETTER,
    SLIP_TWO_LETTERS,
} NameSlip;

typedef struct NameComparison {
    NameFit fit;
    NameSlip slip;
    bool shares_part;  // family or given name, at least, is equal
    bool shortened;    // equal family name, and only a part of the given name: ユ for ユイナ
} NameComparison;

NameComparison name_compare(const NameKey *written, const NameKey *registered);

// Slips between two given names (the last part) of one script, three standing for more; -1 where either is not separated or the
// scripts differ. For telling twins apart.
int name_given_distance(const NameKey *a, const NameKey *b);
