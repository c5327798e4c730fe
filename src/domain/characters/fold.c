// SPDX-License-Identifier: Apache-2.0
#include "fold.h"

#include "utf8.h"

enum {
    WIDE_FIRST = 0xFF01,  // ！, the full-width form of '!'
    WIDE_LAST = 0xFF5E,   // ～
    WIDE_TO_ASCII = 0xFF01 - '!',
    KANA_FIRST = 0xFF61,  // ｡
    KANA_LAST = 0xFF9F,   // ﾟ
    VOICED = 0xFF9E,      // ﾞ
    HALF_VOICED = 0xFF9F,
};

// U+FF61 to U+FF9F: JIS X 0201 in its own order, and its full-width sisters.
static const uint16_t kana_wide[KANA_LAST - KANA_FIRST + 1] = {
    u'。', u'「', u'」', u'、', u'・', u'ヲ', u'ァ', u'ィ', u'ゥ', u'ェ', u'ォ', u'ャ', u'ュ',
    u'ョ', u'ッ', u'ー', u'ア', u'イ', u'ウ', u'エ', u'オ', u'カ', u'キ', u'ク', u'ケ', u'コ',
    u'サ', u'シ', u'ス', u'セ', u'ソ', u'タ', u'チ', u'ツ', u'テ', u'ト', u'ナ', u'ニ', u'ヌ',
    u'ネ', u'ノ', u'ハ', u'ヒ', u'フ', u'ヘ', u'ホ', u'マ', u'ミ', u'ム', u'メ', u'モ', u'ヤ',
    u'ユ', u'ヨ', u'ラ', u'リ', u'ル', u'レ', u'ロ', u'ワ', u'ン', u'゛', u'゜'};

// The kana with its mark, or 0 where the two do not join. In Unicode the voiced sister follows the
// plain one, the half-voiced comes second.
static int32_t kana_marked(int32_t kana, int32_t mark)
{
    bool ha_row = kana == u'ハ' || kana == u'ヒ' || kana == u'フ' || kana == u'ヘ' || kana == u'ホ';
    if (mark == HALF_VOICED) return ha_row ? kana + 2 : 0;
    if (kana == u'ウ') return u'ヴ';
    if (kana == u'ワ') return u'ヷ';
    if (kana == u'ヲ') return u'ヺ';
    bool ka_to_chi = kana >= u'カ' && kana <= u'チ' && kana % 2 == u'カ' % 2;
    bool tsu_to_to = kana == u'ツ' || kana == u'テ' || kana == u'ト';
    return ka_to_chi || tsu_to_to || ha_row ? kana + 1 : 0;
}

static bool wide_digit(int32_t code)
{
    return code >= 0xFF10 && code <= 0xFF19;
}

static bool folds(int32_t code)
{
    return code == 0x3000 || (code >= WIDE_FIRST && code <= WIDE_LAST) ||
           (code >= KANA_FIRST && code <= KANA_LAST);
}

// Most text needs nothing: then it is neither copied nor decoded twice.
static ptrdiff_t first_to_fold(Str s)
{
    for (ptrdiff_t at = 0; at < s.len;) {
        ptrdiff_t here = at;
        if ((unsigned char)s.at[at] < 0x80)
            at++;
        else if (folds(utf8_next(s, &at)))
            return here;
    }
    return s.len;
}

static int32_t fold_kana(Str s, int32_t code, ptrdiff_t *at)
{
    int32_t kana = kana_wide[code - KANA_FIRST];
    if (*at >= s.len) return kana;
    ptrdiff_t behind = *at;
    int32_t mark = utf8_next(s, &behind);
    if (mark != VOICED && mark != HALF_VOICED) return kana;
    int32_t marked = kana_marked(kana, mark);
    if (!marked) return kana;
    *at = behind;
    return marked;
}

Str fold_width(Arena *arena, Str s, int64_t *digits)
{
    ptrdiff_t at = first_to_fold(s);
    if (at == s.len) return s;

    Text out = {0};
    text_add(&out, arena, str_first(s, at));
    while (at < s.len) {
        ptrdiff_t here = at;
        int32_t code = utf8_next(s, &at);
        if (wide_digit(code) && digits) ++*digits;
        if (code == 0x3000)
            text_add_byte(&out, arena, ' ');
        else if (code >= WIDE_FIRST && code <= WIDE_LAST)
            text_add_byte(&out, arena, (char)(code - WIDE_TO_ASCII));
        else if (code >= KANA_FIRST && code <= KANA_LAST)
            text_add_code(&out, arena, fold_kana(s, code, &at));
        else
            text_add(&out, arena, (Str){s.at + here, at - here});
    }
    return text_str(&out);
}

static bool blank(int32_t code)
{
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0x3000 || code == 0xA0;
}

Str fold_blanks_away(Arena *arena, Str s)
{
    Text out = {0};
    for (ptrdiff_t at = 0; at < s.len;) {
        ptrdiff_t here = at;
        if (!blank(utf8_next(s, &at))) text_add(&out, arena, (Str){s.at + here, at - here});
    }
    return out.len == s.len ? s : text_str(&out);
}

Str fold_trim(Str s)
{
    while (s.len) {
        ptrdiff_t at = 0;
        if (!blank(utf8_next(s, &at))) break;
        s = str_from(s, at);
    }
    ptrdiff_t end = 0;
    for (ptrdiff_t at = 0; at < s.len;)
        if (!blank(utf8_next(s, &at))) end = at;
    return str_first(s, end);
}

bool fold_int64(Arena *arena, Str typed, int64_t *number)
{
    return str_int64(fold_trim(fold_width(arena, typed, NULL)), number);
}

int fold_digit(int32_t code)
{
    if (code >= '0' && code <= '9') return code - '0';
    return wide_digit(code) ? code - 0xFF10 : -1;
}
