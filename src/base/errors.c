// SPDX-License-Identifier: Apache-2.0
#include "errors.h"

#include <string.h>

#include "error_texts.h"

const char *error_code_text(ErrorCode code)
{
    static const char *const texts[] = {
#define X(name) "E_" #name,
        ERROR_CODES(X)
#undef X
    };
    _Static_assert(countof(texts) == E_COUNT, "every code has a text");
    return code >= 0 && code < E_COUNT ? texts[code] : "E_UNKNOWN";
}

// ---- a text that fits

static bool inside_code_point(Str text, ptrdiff_t at)
{
    return ((unsigned char)text.at[at] & 0xC0) == 0x80;
}

// Does what stands at `at` belong to the character before it? Voice marks, variant selectors, joiners
// and the combining marks of Latin letters, by their UTF-8 bytes: what names and addresses are made of.
static bool joins(Str text, ptrdiff_t at)
{
    // clang-format off
    static const struct { unsigned char first[4], last[4]; int bytes; } marks[] = {
        {"\xCC\x80",         "\xCD\xAF",         2},  // U+0300 to U+036F
        {"\xE2\x80\x8C",     "\xE2\x80\x8D",     3},  // U+200C, U+200D
        {"\xE2\x83\x90",     "\xE2\x83\xBF",     3},  // U+20D0 to U+20FF
        {"\xE3\x82\x99",     "\xE3\x82\x9A",     3},  // U+3099, U+309A
        {"\xEF\xB8\x80",     "\xEF\xB8\xAF",     3},  // U+FE00 to U+FE2F
        {"\xEF\xBE\x9E",     "\xEF\xBE\x9F",     3},  // half-width voice marks
        {"\xF3\xA0\x84\x80", "\xF3\xA0\x87\xAF", 4},  // U+E0100 to U+E01EF
    };
    // clang-format on
    for (ptrdiff_t i = 0; i < countof(marks); i++) {
        size_t bytes = (size_t)marks[i].bytes;
        if (text.len - at >= marks[i].bytes && memcmp(text.at + at, marks[i].first, bytes) >= 0 &&
            memcmp(text.at + at, marks[i].last, bytes) <= 0)
            return true;
    }
    return false;
}

static void keep(ErrorText *kept, Str text)
{
    static const char mark[] = "…";
    ptrdiff_t len = text.len, room = ERROR_TEXT_BYTES;
    if (len > room) {
        len = room - (ptrdiff_t)sizeof mark + 1;
        while (len > 0 && (inside_code_point(text, len) || joins(text, len))) len--;
    }
    if (len) memmove(kept->own, text.at, (size_t)len);
    if (len < text.len) {
        memcpy(kept->own + len, mark, sizeof mark - 1);
        len += (ptrdiff_t)sizeof mark - 1;
    }
    kept->len = (int16_t)len;
}

bool error_set(Error *err, ErrorParts parts)
{
    Error made = {.code = parts.code, .row = parts.row, .at = parts.at};
    keep(&made.item, parts.item);
    keep(&made.value, parts.value);
    keep(&made.words, parts.words);
    *err = made;
    return false;
}

void error_set_item(Error *err, Str item)
{
    keep(&err->item, item);
}

void error_set_value(Error *err, Str value)
{
    keep(&err->value, value);
}
