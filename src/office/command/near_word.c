// SPDX-License-Identifier: Apache-2.0
#include "near_word.h"

#include <string.h>

#include "fold.h"
#include "utf8.h"

enum { WORD_MOST = 32, LONG_WORD = 6, FOLD_BYTES = 4096 };

static int least(int a, int b, int c)
{
    int ab = a < b ? a : b;
    return ab < c ? ab : c;
}

// How many slips lie between two words (Damerau, Levenshtein).
static int slips(Str a, Str b)
{
    int rows[3][WORD_MOST + 1], *before = rows[0], *above = rows[1], *row = rows[2];
    for (int j = 0; j <= b.len; j++) above[j] = j;
    for (int i = 1; i <= a.len; i++) {
        row[0] = i;
        for (int j = 1; j <= b.len; j++) {
            int other = a.at[i - 1] != b.at[j - 1];
            row[j] = least(above[j] + 1, row[j - 1] + 1, above[j - 1] + other);
            bool turned = i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1];
            if (turned && before[j - 2] + 1 < row[j]) row[j] = before[j - 2] + 1;
        }
        int *free = before;
        before = above;
        above = row;
        row = free;
    }
    return above[b.len];
}

static Str folded(Str typed, char text[WORD_MOST])
{
    char memory[FOLD_BYTES];
    Arena scratch = {memory, memory + sizeof memory};
    if (typed.len > 3 * WORD_MOST) return (Str){0};
    Str narrow = fold_width(&scratch, typed, NULL);
    if (!narrow.len || narrow.len > WORD_MOST) return (Str){0};
    for (ptrdiff_t i = 0; i < narrow.len; i++) {
        char c = narrow.at[i];
        text[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (Str){text, narrow.len};
}

const char *near_word(Str typed, const char *const *words, int count)
{
    char text[WORD_MOST];
    const char *nearest = NULL;
    Str meant = folded(typed, text);
    int most = meant.len > LONG_WORD ? 3 : 2;  // one more than may be
    if (!meant.len) return NULL;
    for (int i = 0; i < count; i++) {
        Str word = str_of(words[i]);
        if (word.len > WORD_MOST) continue;
        bool begins = meant.len > 2 && str_starts(word, meant);
        int between = begins ? 1 : slips(meant, word);
        if (between >= most) continue;
        most = between;
        nearest = words[i];
    }
    return nearest;
}

bool typed_as_option(Str typed)
{
    static const int32_t dashes[] = {0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0x30FC, 0xFE63, 0xFF0D};
    ptrdiff_t at = 0;
    int32_t first = typed.len > 1 ? utf8_next(typed, &at) : 0;
    if (first == '-') return true;
    for (int i = 0; i < countof(dashes); i++)
        if (first == dashes[i]) return true;
    return false;
}
