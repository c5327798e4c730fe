// SPDX-License-Identifier: Apache-2.0
#include "city_spelling.h"

#include "utf8.h"

#define KATAKANA_FIRST 0x30A1  // ァ
#define KATAKANA_LAST  0x30F6  // ヶ
#define LONG_MARK      0x30FC
#define WIDE_BLANK     0x3000

// From ァ to ヶ in the order of Unicode; ヮ ヰ ヱ ヵ ヶ have no half width and take their neighbour.
static const char *const half_kana[KATAKANA_LAST - KATAKANA_FIRST + 1] = {
    "ｧ",  "ｱ",  "ｨ",  "ｲ",  "ｩ",  "ｳ",  "ｪ",  "ｴ", "ｫ",  "ｵ",  "ｶ",  "ｶﾞ", "ｷ",  "ｷﾞ", "ｸ",
    "ｸﾞ", "ｹ",  "ｹﾞ", "ｺ",  "ｺﾞ", "ｻ",  "ｻﾞ", "ｼ", "ｼﾞ", "ｽ",  "ｽﾞ", "ｾ",  "ｾﾞ", "ｿ",  "ｿﾞ",
    "ﾀ",  "ﾀﾞ", "ﾁ",  "ﾁﾞ", "ｯ",  "ﾂ",  "ﾂﾞ", "ﾃ", "ﾃﾞ", "ﾄ",  "ﾄﾞ", "ﾅ",  "ﾆ",  "ﾇ",  "ﾈ",
    "ﾉ",  "ﾊ",  "ﾊﾞ", "ﾊﾟ", "ﾋ",  "ﾋﾞ", "ﾋﾟ", "ﾌ", "ﾌﾞ", "ﾌﾟ", "ﾍ",  "ﾍﾞ", "ﾍﾟ", "ﾎ",  "ﾎﾞ",
    "ﾎﾟ", "ﾏ",  "ﾐ",  "ﾑ",  "ﾒ",  "ﾓ",  "ｬ",  "ﾔ", "ｭ",  "ﾕ",  "ｮ",  "ﾖ",  "ﾗ",  "ﾘ",  "ﾙ",
    "ﾚ",  "ﾛ",  "ﾜ",  "ﾜ",  "ｲ",  "ｴ",  "ｦ",  "ﾝ", "ｳﾞ", "ｶ",  "ｹ",
};

Str spell_half_kana(Arena *arena, Str text)
{
    Text out = {0};
    for (ptrdiff_t at = 0; at < text.len;) {
        int32_t code = utf8_next(text, &at);
        if (code >= KATAKANA_FIRST && code <= KATAKANA_LAST) {
            text_add(&out, arena, str_of(half_kana[code - KATAKANA_FIRST]));
        } else if (code == LONG_MARK) {
            text_add(&out, arena, S("ｰ"));
        } else {
            text_add_code(&out, arena, code == WIDE_BLANK ? ' ' : code);
        }
    }
    return text_str(&out);
}

Str spell_hiragana(Arena *arena, Str text)
{
    Text out = {0};
    for (ptrdiff_t at = 0; at < text.len;) {
        int32_t code = utf8_next(text, &at);
        bool kana = code >= KATAKANA_FIRST && code <= 0x30F4;
        text_add_code(&out, arena, kana ? code - 0x60 : code);
    }
    return text_str(&out);
}

Str spell_wide_digits(Arena *arena, Str text)
{
    Text out = {0};
    for (ptrdiff_t at = 0; at < text.len;) {
        int32_t code = utf8_next(text, &at);
        bool digit = code >= '0' && code <= '9';
        text_add_code(&out, arena, digit ? code - '0' + 0xFF10 : code);
    }
    return text_str(&out);
}
