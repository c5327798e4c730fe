// SPDX-License-Identifier: Apache-2.0
#include "utf8.h"

#include <assert.h>

// How many bytes a lead byte promises, what it contributes, and the least code that may be so long.
typedef struct Lead {
    int bytes;
    int32_t bits, least;
} Lead;

static Lead lead_of(unsigned char c)
{
    if (c < 0x80) return (Lead){1, c, 0};
    if (c >= 0xC2 && c <= 0xDF) return (Lead){2, c & 0x1F, 0x80};
    if (c >= 0xE0 && c <= 0xEF) return (Lead){3, c & 0x0F, 0x800};
    if (c >= 0xF0 && c <= 0xF4) return (Lead){4, c & 0x07, 0x10000};
    return (Lead){0};
}

int32_t utf8_next(Str s, ptrdiff_t *at)
{
    assert(*at >= 0 && *at < s.len);
    const char *p = s.at + *at;
    Lead lead = lead_of((unsigned char)p[0]);
    if (lead.bytes == 0 || lead.bytes > s.len - *at) {
        ++*at;
        return UTF8_BAD;
    }
    int32_t code = lead.bits;
    for (int i = 1; i < lead.bytes; i++) {
        if (((unsigned char)p[i] & 0xC0) != 0x80) {
            ++*at;
            return UTF8_BAD;
        }
        code = code << 6 | ((unsigned char)p[i] & 0x3F);
    }
    if (code < lead.least || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        ++*at;
        return UTF8_BAD;
    }
    *at += lead.bytes;
    return code;
}

int utf8_put(char out[4], int32_t code)
{
    assert(code >= 0 && code <= 0x10FFFF);
    assert(code < 0xD800 || code > 0xDFFF);
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    int bytes = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const int marks[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (int i = bytes - 1; i > 0; i--, code >>= 6) out[i] = (char)(0x80 | (code & 0x3F));
    out[0] = (char)(marks[bytes] | code);
    return bytes;
}

bool utf8_valid(Str s)
{
    for (ptrdiff_t at = 0; at < s.len;)
        if (utf8_next(s, &at) == UTF8_BAD) return false;
    return true;
}

ptrdiff_t utf8_count(Str s)
{
    ptrdiff_t count = 0;
    for (ptrdiff_t at = 0; at < s.len; count++) (void)utf8_next(s, &at);
    return count;
}

void text_add_code(Text *text, Arena *arena, int32_t code)
{
    char bytes[4];
    text_add(text, arena, (Str){bytes, utf8_put(bytes, code)});
}
