// SPDX-License-Identifier: Apache-2.0
#include "answer_lines.h"

#include "answer_words.h"

bool answer_lines(Str data, Arena *arena, ApprovalLines *lines, Error *err)
{
    CopyAnswer answer;
    AnswerWords words;
    if (!data.len) {
        *approval_lines_push(lines, arena) = (ApprovalLine){S("副本"), {0}, S("該当データなし")};
        return true;
    }
    if (!copy_answer_decode(data, arena, &answer, err) || !answer_in_words(&answer, arena, &words, err)) return false;
    VEC_EACH (const AnswerWord, word, words)
        *approval_lines_push(lines, arena) = (ApprovalLine){word->item, {0}, word->value};
    return true;
}
