// Words that people and systems write where a code belongs: 女, F, 女性 and 2.0 for sex 2; ○ and 有 for yes.
//
// Read    any width, capital or small, blanks around; a code itself also as "01" and "1.0".
// Whole   a word counts only as a whole: 女児 is no sex, and what is not listed is the caller's to warn about.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "str.h"

typedef enum CodedItem {
    CODED_NONE,          // codes only
    CODED_SEX,           // 1 male, 2 female, 9 unknown
    CODED_YES,           // 1 yes, 0 no
    CODED_KIND,          // 住民種別: 1 Japanese national, 2 foreign national
    CODED_STATUS,        // 住民状態: 1 resident, 2 moved out, 3 dead, 9 otherwise removed
    CODED_PRINTED_NAME,  // 氏名優先区分: 1 the name, 2 the alias
} CodedItem;

// `allowed` are the digits that the item may be, "129". False, and `code` untouched, for everything else.
bool coded_read(CodedItem item, const char *allowed, Str text, int32_t *code);
