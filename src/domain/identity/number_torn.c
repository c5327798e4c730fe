// An Individual Number that was torn over two neighbouring cells.
// SPDX-License-Identifier: Apache-2.0
#include "fold.h"

#include <assert.h>
#include "individual_no.h"
#include "utf8.h"

// Between the cells: no letter, and nothing that a reader of files leaves inside one.
#define SEAM '\x1F'

static bool begins_with_digit(Str text)
{
    ptrdiff_t at = 0;
    return text.len && individual_no_digit(utf8_next(text, &at)) >= 0;
}

// Digits and signs alone: a cell in which nobody wrote a word.
static bool digits_alone(Str text)
{
    for (ptrdiff_t at = 0; at < text.len;) {
        int32_t code = utf8_next(text, &at);
        bool letter =
            (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || code >= 0x3041;
        if (letter && individual_no_digit(code) < 0) return false;
    }
    return true;
}

// 20261031: a day, and no part of a number.
static bool a_day(Str text)
{
    int number;
    return str_digits(fold_trim(text), 8, 8, &number) && number / 10000 >= 1800 &&
           number / 10000 < 2200 && number / 100 % 100 <= 12 && number % 100 <= 31;
}

static bool may_be_torn(Str left, Str right, bool free)
{
    if (!begins_with_digit(fold_trim(right))) return false;
    return free || (digits_alone(left) && digits_alone(right) && !a_day(left) && !a_day(right));
}

// Where the last `most` bytes begin, on a whole character; where the first ones end.
static ptrdiff_t tail_begins(Str text, ptrdiff_t most)
{
    assert(most > 0);
    ptrdiff_t at = text.len > most ? text.len - most : 0;
    while (at < text.len && ((unsigned char)text.at[at] & 0xC0) == 0x80) at++;
    return at;
}

static ptrdiff_t head_ends(Str text, ptrdiff_t most)
{
    assert(most > 0);
    ptrdiff_t at = text.len > most ? most : text.len;
    while (at < text.len && at && ((unsigned char)text.at[at] & 0xC0) == 0x80) at--;
    return at;
}

bool individual_no_mask_torn(Arena *arena, Str *left, Str *right, bool free)
{
    enum { NEAR = 256 };  // bytes on either side: more than the longest spelling of a number
    const char seam = SEAM;
    if (!may_be_torn(*left, *right, free)) return false;
    ptrdiff_t from = tail_begins(*left, NEAR), to = head_ends(*right, NEAR);
    Str tail = str_from(*left, from), head = str_first(*right, to);
    if (str_find(tail, (Str){&seam, 1}) >= 0) return false;
    Arena before = *arena;
    Str both = str_format(arena, "%.*s%c%.*s", STR(tail), SEAM, STR(head));
    if (!individual_no_across(both, tail.len)) {
        *arena = before;
        return false;
    }
    Cut cut = str_cut(individual_no_hide_text(arena, both), SEAM);
    *left = str_join(arena, str_first(*left, from), cut.head);
    *right = str_join(arena, cut.tail, str_from(*right, to));
    return true;
}
