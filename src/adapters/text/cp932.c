// SPDX-License-Identifier: Apache-2.0
#include "cp932.h"

#include <assert.h>
#include <errno.h>
#include <iconv.h>

enum {
    LEADS = 0x100,
    TRAIL_FIRST = 0x40,
    TRAILS = 0xFC - TRAIL_FIRST + 1,
    VENDOR_FIRST = 0xF0,
    VENDOR_LAST = 0xF9,
    HALF_KANA_FIRST = 0xA1,
    HALF_KANA_LAST = 0xDF,
    HALF_KANA_TO_UNICODE = 0xFF61 - HALF_KANA_FIRST,
};

struct Cp932 {
    uint16_t code[LEADS][TRAILS];  // 0: no character
};

static bool lead(int c)
{
    return (c >= 0x81 && c <= 0x9F) || (c >= 0xE0 && c <= 0xFC);
}
static bool trail(int c)
{
    return c >= TRAIL_FIRST && c <= 0xFC && c != 0x7F;
}

// 0 where libc knows no character; every character of this code lies in the first plane.
static uint16_t ask_libc(iconv_t converter, int first, int second)
{
    char in[2] = {(char)first, (char)second};
    unsigned char out[4];
    char *from = in, *to = (char *)out;
    size_t from_left = sizeof in, to_left = sizeof out;
    (void)iconv(converter, NULL, NULL, NULL, NULL);
    size_t result = iconv(converter, &from, &from_left, &to, &to_left);
    if (result == (size_t)-1 || to_left != 2) return 0;
    return (uint16_t)(out[0] | out[1] << 8);
}

bool cp932_load(Arena *arena, const Cp932 **table, Error *err)
{
    iconv_t converter = iconv_open("UTF-16LE", "CP932");
    if (converter == (iconv_t)-1)
        return FAIL(
            err, E_ENCODING,
            .words =
                S("この計算機にはCP932の変換表がありません。システム管理者にご連絡ください。"));
    Cp932 *made = NEW(arena, Cp932, 1);
    for (int first = 0; first < LEADS; first++) {
        if (!lead(first) || (first >= VENDOR_FIRST && first <= VENDOR_LAST)) continue;
        for (int second = TRAIL_FIRST; second <= 0xFC; second++)
            if (trail(second))
                made->code[first][second - TRAIL_FIRST] = ask_libc(converter, first, second);
    }
    (void)iconv_close(converter);
    *table = made;
    return true;
}

int32_t cp932_next(const Cp932 *table, Str s, ptrdiff_t *at)
{
    assert(*at >= 0 && *at < s.len);
    int first = (unsigned char)s.at[(*at)++];
    if (first < 0x80) return first;
    if (first >= HALF_KANA_FIRST && first <= HALF_KANA_LAST) return first + HALF_KANA_TO_UNICODE;
    if (!lead(first) || *at == s.len) return CP932_BAD;
    int second = (unsigned char)s.at[*at];
    if (!trail(second)) return CP932_BAD;
    ++*at;
    uint16_t code = table->code[first][second - TRAIL_FIRST];
    return code ? code : CP932_GAIJI;
}
