// What a clerk types into the one box, read: names, a birth date in any style, a 宛名番号. Pure.
//
// Words are separated by blanks. A word of digits is a date where it can be one (20211220), else a number; both are
// tried where it can be either. A short date without an era (3.12.20) is read in the last era in which it lies
// before the day of asking; the other reading is offered.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "day.h"
#include "identity.h"
#include "name_key.h"

enum { SEARCH_TEXT_MOST = 360 };  // bytes

typedef struct SearchAsked {
    Str name;           // as typed, words joined by one blank; {0}: none
    bool kana;          // it is written in kana
    PartialDate birth;  // {0}: none
    Str birth_other;    // the other reading of a short date, to type instead; {0}: none
    Str unread;          // a word of digits and signs that is neither; {0}: none
    bool numbered;
    AddresseeNo who;
} SearchAsked;

// Nothing that was understood: all zero.
SearchAsked search_text_read(Str typed, Day as_of, Arena *arena);
