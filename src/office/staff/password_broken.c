// SPDX-License-Identifier: Apache-2.0
#include "password_broken.h"

#include "broken_passwords.h"

#include <string.h>

enum { LETTERS_MOST = 200, LETTERS_OWN = 4, SIGNS_LEAST = 6 };

// What people write for a letter.
static char letter_for(char sign)
{
    static const char signs[] = "@40135$!7", letters[] = "aaoiessit";
    const char *at = sign ? strchr(signs, sign) : NULL;
    return at ? letters[at - signs] : sign;
}

// Letters alone, small; with `as_letters` also signs that stand for one.
static ptrdiff_t letters_of(Str typed, bool as_letters, char letters[LETTERS_MOST])
{
    ptrdiff_t count = 0;
    for (ptrdiff_t i = 0; i < typed.len && count < LETTERS_MOST; i++) {
        char sign = as_letters ? letter_for(typed.at[i]) : typed.at[i];
        if (sign >= 'A' && sign <= 'Z') sign = (char)(sign - 'A' + 'a');
        if (sign >= 'a' && sign <= 'z') letters[count++] = sign;
    }
    return count;
}

static ptrdiff_t longest_word_at(Str letters)
{
    ptrdiff_t longest = 0;
    Str rest = broken_passwords[0].text;
    while (rest.len) {
        Cut cut = str_cut(rest, '\n');
        rest = cut.tail;
        if (cut.head.len > longest && cut.head.at[0] != '#' && str_starts(letters, cut.head))
            longest = cut.head.len;
    }
    return longest;
}

// So many letters of its own that no word brings.
static ptrdiff_t own_letters(Str letters)
{
    ptrdiff_t own = 0;
    while (letters.len) {
        ptrdiff_t word = longest_word_at(letters);
        own += word == 0;
        letters = str_from(letters, word ? word : 1);
    }
    return own;
}

static bool only_ascii(Str typed)
{
    for (ptrdiff_t i = 0; i < typed.len; i++)
        if ((unsigned char)typed.at[i] > '~') return false;
    return true;
}

static bool few_signs(Str typed)
{
    bool met[256] = {false};
    int count = 0;
    for (ptrdiff_t i = 0; i < typed.len; i++) {
        count += !met[(unsigned char)typed.at[i]];
        met[(unsigned char)typed.at[i]] = true;
    }
    return count < SIGNS_LEAST;
}

// Neighbours of the row of signs, nearly from end to end: 123456789012, abcdefghijkl, 987654321.
static bool one_run(Str typed)
{
    ptrdiff_t steps = 0;
    for (ptrdiff_t i = 1; i < typed.len; i++) {
        int step = typed.at[i] - typed.at[i - 1];
        steps += step >= -1 && step <= 1;
    }
    return steps * 4 >= (typed.len - 1) * 3;
}

bool password_broken(Str typed)
{
    char letters[LETTERS_MOST];
    if (!only_ascii(typed)) return few_signs(typed);
    if (few_signs(typed) || one_run(typed)) return true;
    for (int as_letters = 0; as_letters < 2; as_letters++) {
        ptrdiff_t count = letters_of(typed, as_letters, letters);
        if (own_letters((Str){letters, count}) < LETTERS_OWN) return true;
    }
    return false;
}
