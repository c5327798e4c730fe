// How each item of a row fits one resident, for a person who must decide: side by side, in signs.
//
// The same comparisons decide the levels of immunization.md 6.2 (match_witness.h); here none of them decides.
// Pure, as matching.h.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "matching.h"

typedef enum MatchSign {
    SIGN_SILENT,  // one of them says nothing, or they cannot be compared
    SIGN_SAME,
    SIGN_NEAR,
    SIGN_OTHER
} MatchSign;

typedef struct MatchSigns {
    MatchSign number, name, kana, birth, sex, address;
    Str birth_words;  // "生年月日1桁違い"; of SAME and OTHER too
} MatchSigns;

MatchSigns match_signs(const MatchRow *row, const MatchPerson *person, const AddressPlaces *places,
                       Arena *arena);
// So many of them are so.
int match_signs_count(const MatchSigns *signs, MatchSign sign);
