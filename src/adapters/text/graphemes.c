// SPDX-License-Identifier: Apache-2.0
#include "graphemes.h"

#include <assert.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "utf8.h"

// Where the first `max` clusters end and how many there are up to there. ASCII without line ends and
// the common kanji need no library: a base is a cluster unless something that joins follows.
typedef struct Clusters {
    ptrdiff_t count, end, longest;  // `longest` in code points
} Clusters;

static Clusters walk(Str s, ptrdiff_t max)
{
    UErrorCode status = U_ZERO_ERROR;
    UText *text = utext_openUTF8(NULL, s.at, s.len, &status);
    UBreakIterator *breaks = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &status);
    ubrk_setUText(breaks, text, &status);
    assert(U_SUCCESS(status));
    Clusters walked = {0};
    for (int32_t end; walked.count < max && (end = ubrk_next(breaks)) != UBRK_DONE;) {
        ptrdiff_t points = utf8_count((Str){s.at + walked.end, end - walked.end});
        if (points > walked.longest) walked.longest = points;
        walked.count++;
        walked.end = end;
    }
    ubrk_close(breaks);
    (void)utext_close(text);
    return walked;
}

// Code points in which every one is a cluster of its own: ASCII letters, kana and unified kanji.
static bool plain(Str s)
{
    for (ptrdiff_t at = 0; at < s.len;) {
        int32_t code = utf8_next(s, &at);
        bool ascii = code >= ' ' && code < 0x7F;
        bool kana = (code >= 0x3041 && code <= 0x3096) || (code >= 0x30A1 && code <= 0x30FE);
        bool kanji = code >= 0x4E00 && code <= 0x9FFF;
        bool wide = code == 0x3000 || (code >= 0xFF01 && code <= 0xFF9D);
        if (!ascii && !kana && !kanji && !wide) return false;
    }
    return true;
}

ptrdiff_t grapheme_count(Str s)
{
    if (plain(s)) return utf8_count(s);
    return walk(s, s.len).count;
}

ptrdiff_t grapheme_marks_most(Str s)
{
    return s.len == 0 || plain(s) ? 0 : walk(s, s.len).longest - 1;
}

Str grapheme_first(Str s, ptrdiff_t max)
{
    return str_first(s, walk(s, max).end);
}
