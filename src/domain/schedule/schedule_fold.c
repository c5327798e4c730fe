// SPDX-License-Identifier: Apache-2.0
#include "schedule_fold.h"

#include <string.h>

// U+FF61 to U+FF9F, in order.
static const char *const half_width[] = {
    "。", "",   "",   "、", "・", "ヲ", "ァ", "ィ", "ゥ", "ェ", "ォ", "ャ", "ュ", "ョ", "ッ", "ー",
    "ア", "イ", "ウ", "エ", "オ", "カ", "キ", "ク", "ケ", "コ", "サ", "シ", "ス", "セ", "ソ", "タ",
    "チ", "ツ", "テ", "ト", "ナ", "ニ", "ヌ", "ネ", "ノ", "ハ", "ヒ", "フ", "ヘ", "ホ", "マ", "ミ",
    "ム", "メ", "モ", "ヤ", "ユ", "ヨ", "ラ", "リ", "ル", "レ", "ロ", "ワ", "ン", "゛", "゜",
};
_Static_assert(countof(half_width) == 0xFF9F - 0xFF61 + 1, "one row for each half-width character");

static const char *const roman[] = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"};

// Blanks and brackets of every width.
static const uint32_t dropped[] = {
    ' ',    '\t',   '(',    ')',    '[',    ']',    '{',    '}',    '<',    '>',    '"',    0xA0,
    0x3000, 0x3008, 0x3009, 0x300A, 0x300B, 0x300C, 0x300D, 0x300E, 0x300F, 0x3010, 0x3011, 0x3014,
    0x3015, 0xFF08, 0xFF09, 0xFF1C, 0xFF1E, 0xFF3B, 0xFF3D, 0xFF5B, 0xFF5D, 0xFF62, 0xFF63,
};

static const uint32_t dashes[] = {0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFF0D};

static bool one_of(uint32_t c, const uint32_t *list, ptrdiff_t count)
{
    for (ptrdiff_t i = 0; i < count; i++)
        if (list[i] == c) return true;
    return false;
}

// One character of well-formed UTF-8 and its length; a stray byte stands for itself.
static uint32_t character_at(Str s, ptrdiff_t at, int *length)
{
    const unsigned char *b = (const unsigned char *)s.at + at;
    int more = b[0] >= 0xF0 && b[0] < 0xF8 ? 3 : b[0] >= 0xE0 ? 2 : b[0] >= 0xC2 ? 1 : 0;
    if (b[0] >= 0xF8) more = 0;
    uint32_t c = more == 3 ? b[0] & 7u : more == 2 ? b[0] & 15u : more == 1 ? b[0] & 31u : b[0];
    *length = 1;
    if (at + more >= s.len) return b[0] < 0x80 ? b[0] : 0xFFFFFFFF;
    for (int i = 1; i <= more; i++) {
        if ((b[i] & 0xC0) != 0x80) return 0xFFFFFFFF;
        c = c << 6 | (b[i] & 0x3Fu);
    }
    *length = more + 1;
    return more || b[0] < 0x80 ? c : 0xFFFFFFFF;
}

// カ and a voicing mark become ガ: in Unicode the voiced kana follows its plain one, the half-voiced
// the voiced; ウ with a mark is ヴ.
static bool voicing_joined(Text *text, bool half_voiced)
{
    if (text->len < 3) return false;
    unsigned char *last = (unsigned char *)text->at + text->len - 3;
    if (last[0] != 0xE3) return false;
    uint32_t c = (last[0] & 15u) << 12 | (last[1] & 63u) << 6 | (last[2] & 63u);
    bool h_row = c >= 0x30CF && c <= 0x30DB && (c - 0x30CF) % 3 == 0;
    bool k_to_ti = c >= 0x30AB && c <= 0x30C1 && (c - 0x30AB) % 2 == 0;
    bool tu_to_to = c == 0x30C4 || c == 0x30C6 || c == 0x30C8;
    uint32_t joined = 0;
    if (half_voiced)
        joined = h_row ? c + 2 : 0;
    else if (h_row || k_to_ti || tu_to_to)
        joined = c + 1;
    else if (c == 0x30A6)
        joined = 0x30F4;
    if (!joined) return false;
    last[1] = (unsigned char)(0x80 | (joined >> 6 & 63u));
    last[2] = (unsigned char)(0x80 | (joined & 63u));
    return true;
}

static void fold_one(Text *text, Arena *arena, uint32_t c, Str as_written)
{
    if (one_of(c, dropped, countof(dropped))) return;
    if (one_of(c, dashes, countof(dashes))) c = '-';
    if (c > 0xFF00 && c < 0xFF5F) c -= 0xFEE0;
    if (c >= 0x2170 && c < 0x2170 + countof(roman)) c -= 0x2170 - 0x2160;  // small Roman numerals
    if (c >= 'a' && c <= 'z') c -= 'a' - 'A';
    bool mark =
        c == 0xFF9E || c == 0xFF9F || c == 0x309B || c == 0x309C || c == 0x3099 || c == 0x309A;
    if (mark && voicing_joined(text, c == 0xFF9F || c == 0x309C || c == 0x309A)) return;
    if (c < 0x80)
        text_add_byte(text, arena, (char)c);
    else if (c >= 0xFF61 && c <= 0xFF9F)
        text_add(text, arena, str_of(half_width[c - 0xFF61]));
    else if (c >= 0x2160 && c < 0x2160 + countof(roman))
        text_add(text, arena, str_of(roman[c - 0x2160]));
    else
        text_add(text, arena, as_written);
}

Str name_folded(Arena *arena, Str name)
{
    Text text = {0};
    int length;
    for (ptrdiff_t at = 0; at < name.len; at += length) {
        uint32_t c = character_at(name, at, &length);
        fold_one(&text, arena, c, (Str){name.at + at, length});
    }
    return text_str(&text);
}
