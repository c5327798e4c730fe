// Evidence in words for the clerk, and the score that puts candidates in order. Internal to matching.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "match_witness.h"

// Why a person must decide, or what a link rests on beside the items.
typedef enum MatchNote {
    NOTE_NONE,
    NOTE_NAMESAKE,   // same birth date, name as well
    NOTE_NEARER,     // another of that birth date fits better
    NOTE_TWIN,       // a twin whose given name is too near
    NOTE_MEMBER,     // a member of the household fits
    NOTE_PROTECTED,  // one of several is protected
    NOTE_WITHDRAWN,  // registered by mistake
    NOTE_SCRIPTS,    // kanji and kana name two persons
    NOTE_SEVERAL,
    NOTE_COUNT
} MatchNote;

// 0 to 100; the levels decide, not this.
int32_t witness_score(const Witness *w);

// "整理番号・生年月日・カナ一致、氏名1字違い"; nothing about the address of a protected person.
Str witness_evidence(const Case *c, const Witness *w, MatchNote note, Arena *arena);
