// The data of an answer in words, item by item, with what its codes mean: for whoever asked, who lets it go, or whose it is.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "copy_message.h"

typedef struct AnswerWord {
    Str item, value;  // 「1件目 接種日」
} AnswerWord;
VEC(AnswerWords, AnswerWord, answer_words);

MUST bool answer_in_words(const CopyAnswer *answer, Arena *arena, AnswerWords *words, Error *err);
