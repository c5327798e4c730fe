// Who is protected, and whether the intermediate server has heard it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"
#include "store.h"
#include "vec.h"

enum { SHIELD_WORDS_MOST = 500 };

typedef struct ShieldWord {
    int64_t person_id;
    UnifiedNo no;
    bool is_protected;
} ShieldWord;
VEC(ShieldWords, ShieldWord, shield_words);

// The next ones behind `after` of whom it heard otherwise, or nothing.
MUST bool shield_words_owed(Store *store, int64_t after, Arena *arena, ShieldWords *words, Error *err);
MUST bool shield_word_told(Store *store, const ShieldWord *word, Error *err);
