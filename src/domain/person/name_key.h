// Names folded for comparing. What is stored and printed is never changed: a key is derived, used and
// forgotten (linkage.md 7.2).
//
// Folded   width (half-width kana with their voice marks), hiragana to katakana, small kana to large,
//          ヂヅヴヰヱヲヷヸヹヺ to what they sound like, letters to A-Z without accents, variation
//          selectors away, compatibility ideographs and old forms to the character they are the same as
//          (name_variant.h), 々 to the character it repeats. Blanks, ・, commas, hyphens and dots only
//          separate parts.
// Kept     the long mark ー and repeated vowels: name_fit.h compares without them, one step lower.
// Memory   keys live in the arena given. A name longer than NAME_CHARS_MAX is cut there: the rest is
//          not compared, and such a key never counts as equal (`cut`).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

enum { NAME_CHARS_MAX = 160, NAME_PARTS_MAX = 8 };

typedef enum NameScript {
    NAME_SCRIPT_NONE,  // nothing was written
    NAME_SCRIPT_KANA,
    NAME_SCRIPT_LATIN,
    NAME_SCRIPT_KANJI,  // kanji, or scripts mixed
} NameScript;

typedef struct NameKey {
    NameScript script;
    const int32_t *chars;  // folded code points, parts joined
    int32_t count;
    int32_t part_ends[NAME_PARTS_MAX];  // part i is [part_ends[i-1], part_ends[i])
    int32_t part_count;                 // 1: family and given name were not separated
    bool cut;
} NameKey;

NameKey name_key(Str written, Arena *arena);

// The letters without long vowels (オオノ, オーノ, オウノ: オノ); returns how many.
int32_t name_sound(const NameKey *key, int32_t out[NAME_CHARS_MAX]);

// The key as text, parts separated by one blank: name_key of it is the same key.
Str name_text(const NameKey *key, Arena *arena);

// The text under which a register files a name and intake looks it up: two names that are equal in the
// sense of K (name_fit.h) have the same one. Kana stand in it without long vowels. {0} for none.
// Stable: it may be stored; the build's table of variants decides it.
Str name_index_key(Str written, Arena *arena);
