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

typedef struct Span {
    uint32_t first, last;
} Span;

// What parts words and says nothing: blanks, brackets, dashes and waves, points, the signs of a trade mark. A long
// vowel is typed as a dash and a dash as a long vowel, so neither tells two names apart.
static const Span parting[] = {
    {0x09, 0x0D},     {0x20, 0x20},     {0x22, 0x22},     {0x2D, 0x2D},     {0x3C, 0x3C},
    {0x3E, 0x3E},     {0x5B, 0x5B},     {0x5D, 0x5D},     {0x5F, 0x5F},     {0x7B, 0x7B},
    {0x7D, 0x7E},     {0xA0, 0xA0},     {0xA9, 0xA9},     {0xAE, 0xAE},     {0xB7, 0xB7},
    {0x2000, 0x200A}, {0x2010, 0x2015}, {0x2022, 0x2022}, {0x2027, 0x2027}, {0x202F, 0x202F},
    {0x2043, 0x2043}, {0x205F, 0x205F}, {0x207B, 0x207B}, {0x2120, 0x2120}, {0x2122, 0x2122},
    {0x2212, 0x2212}, {0x22C5, 0x22C5}, {0x24B8, 0x24B8}, {0x24C7, 0x24C7}, {0x24D2, 0x24D2},
    {0x24E1, 0x24E1}, {0x2500, 0x2501}, {0x3000, 0x3000}, {0x3008, 0x3011}, {0x3014, 0x301C},
    {0x30A0, 0x30A0}, {0x30FB, 0x30FC}, {0xFE58, 0xFE58}, {0xFE63, 0xFE63}, {0xFF62, 0xFF63},
    {0xFF5E, 0xFF5E}, {0xFF65, 0xFF65}, {0xFF70, 0xFF70},
};

// Nobody sees them.
static const Span unseen[] = {
    {0xAD, 0xAD}, {0x200B, 0x200F}, {0x2060, 0x2060}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}};

static bool one_of(uint32_t c, const Span *list, ptrdiff_t count)
{
    for (ptrdiff_t i = 0; i < count; i++)
        if (c >= list[i].first && c <= list[i].last) return true;
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

// Words stay apart by blanks, round brackets stay: both still say what is a numeral and what a trade mark.
static void fold_one(Text *text, Arena *arena, uint32_t c, Str as_written)
{
    if (c > 0xFF00 && c < 0xFF5F) c -= 0xFEE0;
    if (one_of(c, unseen, countof(unseen))) return;
    if (one_of(c, parting, countof(parting))) c = ' ';
    if (c >= 0x2170 && c < 0x2170 + countof(roman)) c -= 0x2170 - 0x2160;  // small Roman numerals
    if (c >= 'a' && c <= 'z') c -= 'a' - 'A';
    bool mark =
        c == 0xFF9E || c == 0xFF9F || c == 0x309B || c == 0x309C || c == 0x3099 || c == 0x309A;
    if (mark && voicing_joined(text, c == 0xFF9F || c == 0x309C || c == 0x309A)) return;
    if (c < 0x80)
        text_add_byte(text, arena, (char)c);
    else if (c >= 0x2460 && c <= 0x2468)
        text_add_byte(text, arena, (char)('1' + c - 0x2460));
    else if (c >= 0xFF61 && c <= 0xFF9F)
        text_add(text, arena, str_of(half_width[c - 0xFF61]));
    else if (c >= 0x2160 && c < 0x2160 + countof(roman))
        text_addf(text, arena, " %s ", roman[c - 0x2160]);
    else
        text_add(text, arena, as_written);
}

// ---- words

static bool is_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static ptrdiff_t letters_at(Str s, ptrdiff_t at)
{
    ptrdiff_t end = at;
    while (end < s.len && is_letter(s.at[end])) end++;
    return end - at;
}

// 1 to 10 for a Roman numeral that stands by itself behind a name; 0 for other letters.
static int numeral_at(Str s, ptrdiff_t at, ptrdiff_t len)
{
    bool touches = (at && is_digit(s.at[at - 1])) || (at + len < s.len && is_digit(s.at[at + len]));
    for (int i = 0; !touches && i < countof(roman); i++)
        if (str_equal((Str){s.at + at, len}, str_of(roman[i]))) return i + 1;
    return 0;
}

// (R), (TM) and (C) behind a name are signs of a trade mark.
static ptrdiff_t trade_mark_at(Str s, ptrdiff_t at)
{
    static const char *const marks[] = {"(R)", "(TM)", "(C)"};
    for (ptrdiff_t i = 0; i < countof(marks); i++)
        if (str_starts(str_from(s, at), str_of(marks[i]))) return (ptrdiff_t)strlen(marks[i]);
    return 0;
}

static Str words_joined(Arena *arena, Str s)
{
    Text text = {0};
    for (ptrdiff_t at = 0; at < s.len;) {
        ptrdiff_t letters = letters_at(s, at), mark = text.len ? trade_mark_at(s, at) : 0;
        int numeral = letters && text.len ? numeral_at(s, at, letters) : 0;
        if (numeral)
            text_addf(&text, arena, "%d", numeral);
        else if (letters)
            text_add(&text, arena, (Str){s.at + at, letters});
        else if (!mark && s.at[at] != ' ' && s.at[at] != '(' && s.at[at] != ')')
            text_add_byte(&text, arena, s.at[at]);
        at += letters ? letters : mark ? mark : 1;
    }
    return text_str(&text);
}

Str name_folded(Arena *arena, Str name)
{
    Text text = {0};
    int length;
    for (ptrdiff_t at = 0; at < name.len; at += length) {
        uint32_t c = character_at(name, at, &length);
        fold_one(&text, arena, c, (Str){name.at + at, length});
    }
    return words_joined(arena, text_str(&text));
}
