// SPDX-License-Identifier: Apache-2.0
#include "customer_barcode.h"

#include "utf8.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { HYPHEN = 10, CC1 = 11, CC4 = 14, SYMBOL_KINDS = 19 };

// clang-format off
static const unsigned char symbol_bars[SYMBOL_KINDS][3] = {  // 1 long, 2 up, 3 down, 4 timing
    {1,4,4}, {1,1,4}, {1,3,2}, {3,1,2}, {1,2,3}, {1,4,1}, {3,2,1}, {2,1,3}, {2,3,1}, {4,1,1},  // 0-9
    {4,1,4},                                                                                   // -
    {3,2,4}, {3,4,2}, {2,3,4}, {4,3,2}, {2,4,3}, {4,2,3}, {4,4,1}, {1,1,1},                    // CC1-CC8
};
// clang-format on

// The address while it is being thinned out: one rune each, words already collapsed to one sign.
typedef struct Signs {
    int32_t *at;
    ptrdiff_t count;
} Signs;

#define WORD ((int32_t)' ')  // stands for anything that the code does not carry

static int32_t narrow(int32_t rune)
{
    if (rune >= 0xFF01 && rune <= 0xFF5E) rune -= 0xFEE0;
    if (rune == 0x3000) return ' ';
    if (rune >= 'a' && rune <= 'z') return rune - 'a' + 'A';
    if ((rune >= 0x2010 && rune <= 0x2015) || rune == 0x2212) return '-';
    return rune;
}

static bool is_digit(int32_t rune)
{
    return rune >= '0' && rune <= '9';
}
static bool is_letter(int32_t rune)
{
    return rune >= 'A' && rune <= 'Z';
}

static int32_t at_or_word(Signs signs, ptrdiff_t i)
{
    return i >= 0 && i < signs.count ? signs.at[i] : WORD;
}

static Signs signs_of(Str text, Arena *scratch)
{
    Signs signs = {.at = NEW(scratch, int32_t, text.len + 1)};
    for (ptrdiff_t at = 0; at < text.len;) signs.at[signs.count++] = narrow(utf8_next(text, &at));
    return signs;
}

// The long vowel mark is a hyphen only between digits: コーポ stays a word.
static void dash_long_vowels(Signs signs)
{
    for (ptrdiff_t i = 0; i < signs.count; i++) {
        bool mark = signs.at[i] == 0x30FC || signs.at[i] == 0xFF70;
        if (mark && is_digit(at_or_word(signs, i - 1)) && is_digit(at_or_word(signs, i + 1)))
            signs.at[i] = '-';
    }
}

static int kanji_digit(int32_t rune)
{
    static const int32_t digits[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                     0x516D, 0x4E03, 0x516B, 0x4E5D};  // 〇一二三四五六七八九
    for (int i = 0; i < 10; i++)
        if (rune == digits[i]) return i;
    return -1;
}

static int kanji_unit(int32_t rune)
{
    if (rune == 0x5341) return 10;    // 十
    if (rune == 0x767E) return 100;   // 百
    if (rune == 0x5343) return 1000;  // 千
    return 0;
}

static bool is_kanji_number(int32_t rune)
{
    return kanji_digit(rune) >= 0 || kanji_unit(rune);
}

// 丁 stands for 丁目 too, 番 for 番地.
static bool counter_at(Signs signs, ptrdiff_t i)
{
    static const int32_t counters[] = {0x4E01, 0x756A, 0x53F7,
                                       0x7DDA, 0x306E, 0x30CE};  // 丁番号線のノ
    int32_t rune = at_or_word(signs, i);
    for (ptrdiff_t k = 0; k < countof(counters); k++)
        if (rune == counters[k]) return true;
    return rune == 0x5730 && at_or_word(signs, i + 1) == 0x5272;  // 地割
}

// What a run of kanji counts: 二十三 by place, 四〇一 digit by digit. Returns how many digits were
// written, 0 when the run is no number that an address could carry.
static ptrdiff_t kanji_to_digits(const int32_t *run, ptrdiff_t count, int32_t *digits)
{
    enum { LONGEST = 8 };
    if (count > LONGEST) return 0;
    bool by_place = false;
    for (ptrdiff_t i = 0; i < count; i++) by_place = by_place || kanji_unit(run[i]);
    if (!by_place) {
        for (ptrdiff_t i = 0; i < count; i++) digits[i] = '0' + kanji_digit(run[i]);
        return count;
    }

    int total = 0, digit = 0;
    for (ptrdiff_t i = 0; i < count; i++) {
        int unit = kanji_unit(run[i]);
        if (unit) total += (digit ? digit : 1) * unit;
        digit = unit ? 0 : kanji_digit(run[i]);
    }
    total += digit;
    char text[16];
    int length = snprintf(text, sizeof text, "%d", total);
    for (int i = 0; i < length; i++) digits[i] = text[i];
    return length;
}

// Kanji numerals count only where a counter follows: 二十三番 is 23, みほん二号館 keeps its 2 by the
// same rule, 第二れいだい寮 is a word.
static Signs count_kanji(Signs signs, Arena *scratch)
{
    enum { WIDEST = 4 };  // 千 alone is one sign and four digits
    Signs out = {.at = NEW(scratch, int32_t, signs.count * WIDEST + 1)};
    for (ptrdiff_t i = 0; i < signs.count;) {
        ptrdiff_t end = i;
        while (end < signs.count && is_kanji_number(signs.at[end])) end++;
        ptrdiff_t digits = 0;
        if (end > i && counter_at(signs, end))
            digits = kanji_to_digits(signs.at + i, end - i, out.at + out.count);
        out.count += digits;
        if (end == i) end = i + 1;
        if (!digits)
            for (; i < end; i++) out.at[out.count++] = signs.at[i];
        i = end;
    }
    return out;
}

// Signs that the manual takes out before it looks for words: A&B closes up to a word AB.
static Signs close_up(Signs signs)
{
    Signs out = {.at = signs.at};
    for (ptrdiff_t i = 0; i < signs.count; i++) {
        int32_t rune = signs.at[i];
        bool out_of_it =
            rune == '&' || rune == '/' || rune == '.' || rune == 0x30FB || rune == 0xFF65;
        if (!out_of_it) out.at[out.count++] = rune;
    }
    return out;
}

static bool kept(Signs signs, ptrdiff_t i)
{
    int32_t rune = signs.at[i], before = at_or_word(signs, i - 1);
    if (is_digit(rune)) return true;
    if (!is_letter(rune) || is_letter(before) || is_letter(at_or_word(signs, i + 1))) return false;
    return rune != 'F' || !is_digit(before);  // 3F is a floor, F1 is a name
}

Str customer_address_number(Str rest, Arena *arena)
{
    Signs signs = signs_of(rest, arena);
    dash_long_vowels(signs);
    signs = close_up(count_kanji(signs, arena));

    Text text = {0};
    bool gap = false;
    for (ptrdiff_t i = 0; i < signs.count; i++) {
        if (!kept(signs, i)) {
            gap = true;
            continue;
        }
        // A letter parts the numbers beside it by itself: 28-A-105 is written 28A105.
        bool beside_letter =
            is_letter(signs.at[i]) || (text.len && is_letter(text.at[text.len - 1]));
        if (gap && text.len && !beside_letter) text_add_byte(&text, arena, '-');
        text_add_byte(&text, arena, (char)signs.at[i]);
        gap = false;
    }
    return text_str(&text);
}

bool postal_code_read(Str text, char digits[7])
{
    int count = 0;
    for (ptrdiff_t i = 0; i < text.len; i++) {
        if (text.at[i] == '-' && i == 3 && text.len == 8) continue;
        if (!is_digit(text.at[i]) || count == 7) return false;
        digits[count++] = text.at[i];
    }
    return count == 7;
}

bool customer_barcode_of(Str postal_code, Str rest, CustomerBarcode *code, Arena scratch)
{
    char digits[7];
    if (!postal_code_read(postal_code, digits)) return false;
    if (digits[5] == '0' && digits[6] == '0') return false;
    Str number = customer_address_number(rest, &scratch);
    return customer_barcode_encode(str_join(&scratch, (Str){digits, 7}, number), code);
}

// Puts one symbol where there is room; what does not fit is cut, as the manual says.
static void put_symbol(CustomerBarcode *code, int *count, int value)
{
    if (*count < CUSTOMER_SYMBOLS - 1) code->symbols[(*count)++] = (unsigned char)value;
}

static int check_value(const CustomerBarcode *code)
{
    int sum = 0;
    for (int i = 0; i < CUSTOMER_SYMBOLS - 1; i++) sum += code->symbols[i];
    return (SYMBOL_KINDS - sum % SYMBOL_KINDS) % SYMBOL_KINDS;
}

bool customer_barcode_encode(Str text, CustomerBarcode *code)
{
    CustomerBarcode made = {0};
    int count = 0;
    for (ptrdiff_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '-') {
            put_symbol(&made, &count, HYPHEN);
        } else if (is_digit(c)) {
            put_symbol(&made, &count, c - '0');
        } else if (is_letter(c)) {
            put_symbol(&made, &count, CC1 + (c - 'A') / 10);
            put_symbol(&made, &count, (c - 'A') % 10);
        } else {
            return false;
        }
    }
    while (count < CUSTOMER_SYMBOLS - 1) put_symbol(&made, &count, CC4);
    made.symbols[CUSTOMER_SYMBOLS - 1] = (unsigned char)check_value(&made);
    *code = made;
    return true;
}

CustomerBars customer_bars(CustomerBarcode code)
{
    CustomerBars out = {.bars = {CUSTOMER_LONG, CUSTOMER_SEMI_DOWN}};
    unsigned char *bar = out.bars + 2;
    for (int i = 0; i < CUSTOMER_SYMBOLS; i++) {
        assert(code.symbols[i] < SYMBOL_KINDS);
        for (int k = 0; k < 3; k++) *bar++ = symbol_bars[code.symbols[i]][k];
    }
    *bar++ = CUSTOMER_SEMI_DOWN;
    *bar = CUSTOMER_LONG;
    return out;
}

static int symbol_of_bars(const unsigned char bars[3])
{
    for (int value = 0; value < SYMBOL_KINDS; value++)
        if (!memcmp(symbol_bars[value], bars, 3)) return value;
    return -1;
}

bool customer_bars_read(CustomerBars bars, CustomerBarcode *code)
{
    const unsigned char *bar = bars.bars;
    if (bar[0] != CUSTOMER_LONG || bar[1] != CUSTOMER_SEMI_DOWN) return false;
    if (bar[CUSTOMER_BARS - 2] != CUSTOMER_SEMI_DOWN || bar[CUSTOMER_BARS - 1] != CUSTOMER_LONG)
        return false;

    CustomerBarcode read = {0};
    for (int i = 0; i < CUSTOMER_SYMBOLS; i++) {
        int value = symbol_of_bars(bar + 2 + 3 * i);
        if (value < 0) return false;
        read.symbols[i] = (unsigned char)value;
    }
    if (check_value(&read) != read.symbols[CUSTOMER_SYMBOLS - 1]) return false;
    *code = read;
    return true;
}

bool customer_barcode_same(CustomerBarcode a, CustomerBarcode b)
{
    return !memcmp(a.symbols, b.symbols, sizeof a.symbols);
}
