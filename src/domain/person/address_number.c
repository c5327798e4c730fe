// SPDX-License-Identifier: Apache-2.0
#include "address_number.h"

#include "utf8.h"

enum { NUMERAL_MAX = 99999 };

typedef enum Unit { UNIT_NONE, UNIT_CHOME, UNIT_BLOCK, UNIT_LOT, UNIT_HOUSE, UNIT_NUMBER } Unit;

// clang-format off
static const struct {
    const char *word;
    Unit unit;
    const char *not_before;  // characters that make another word of it: 一番町, 101号室, 番外
} units[] = {  // longer words first
    {"丁目", UNIT_CHOME,  ""},
    {"番地", UNIT_LOT,    ""},
    {"番戸", UNIT_HOUSE,  ""},
    {"番",   UNIT_BLOCK,  "町丁館街外"},
    {"号",   UNIT_NUMBER, "室棟館線"},
};
// clang-format on

int32_t address_code(Str text, ptrdiff_t *len)
{
    *len = 0;
    if (text.len == 0) return 0;
    int32_t code = utf8_next(text, len);
    if (code == 0x3000 || code == 0xA0) return ' ';
    return code >= 0xFF01 && code <= 0xFF5E ? code - 0xFF01 + '!' : code;
}

bool address_blank(int32_t code)
{
    return code == ' ' || (code >= '\t' && code <= '\r');
}

static bool ends(Str text)
{
    ptrdiff_t len;
    int32_t code = address_code(text, &len);
    return code == 0 || address_blank(code);
}

static bool begins_with_any(Str text, Str characters)
{
    ptrdiff_t len;
    if (text.len == 0) return false;
    (void)address_code(text, &len);
    return str_find(characters, str_first(text, len)) >= 0;
}

static int kanji_digit(int32_t code)
{
    static const int32_t digits[] = {u'〇', u'一', u'二', u'三', u'四',
                                     u'五', u'六', u'七', u'八', u'九'};
    for (int i = 0; i < (int)countof(digits); i++)
        if (code == digits[i]) return i;
    return -1;
}

// 二十三 by place value, 四〇一 digit by digit (`by_digits`). Bytes read, 0 when there is no such number.
static ptrdiff_t kanji_numeral(Str text, int32_t *value, bool *by_digits)
{
    int32_t whole = 0, part = 0;
    bool placed = false;
    ptrdiff_t at = 0, len;
    for (;; at += len) {
        int32_t code = address_code(str_from(text, at), &len);
        int digit = kanji_digit(code);
        if (digit >= 0)
            part = placed ? digit : part * 10 + digit;
        else if (code == u'十' || code == u'百') {
            whole += (part ? part : 1) * (code == u'十' ? 10 : 100);
            part = 0;
            placed = true;
        } else
            break;
        if (part > NUMERAL_MAX || whole > NUMERAL_MAX) return 0;
    }
    *value = whole + part;
    *by_digits = !placed && at > S("一").len;
    return at;
}

static ptrdiff_t digit_numeral(Str text, int32_t *value)
{
    int32_t n = 0;
    ptrdiff_t at = 0, len;
    for (;; at += len) {
        int32_t code = address_code(str_from(text, at), &len);
        if (code < '0' || code > '9') break;
        n = n * 10 + (code - '0');
        if (n > NUMERAL_MAX) return 0;
    }
    *value = n;
    return at;
}

static bool numeral_follows(Str text)
{
    int32_t value;
    bool by_digits;
    return digit_numeral(text, &value) || kanji_numeral(text, &value, &by_digits);
}

bool address_dash(int32_t code)
{
    static const int32_t signs[] = {'-',    0x2010, 0x2011, 0x2012, 0x2013, 0x2014,
                                    0x2015, 0x2212, 0x2500, 0x30FC, 0xFF70};
    for (int i = 0; i < (int)countof(signs); i++)
        if (code == signs[i]) return true;
    return false;
}

static bool separator_no(Str text)
{
    ptrdiff_t len;
    int32_t code = address_code(text, &len);
    return code == u'の' || code == u'ノ' || code == 0xFF89 || code == u'之';
}

// Bytes of a dash or の, 0 if none. Whether a number follows is the caller's to see.
static ptrdiff_t separator(Str text)
{
    ptrdiff_t len;
    return address_dash(address_code(text, &len)) || separator_no(text) ? len : 0;
}

static Unit unit_at(Str text, ptrdiff_t *len)
{
    for (int i = 0; i < (int)countof(units); i++) {
        Str word = str_of(units[i].word);
        if (!str_starts(text, word)) continue;
        if (begins_with_any(str_from(text, word.len), str_of(units[i].not_before))) continue;
        *len = word.len;
        return units[i].unit;
    }
    // 2丁6番: 丁 alone, where a number goes on.
    Str behind = str_starts(text, S("丁")) ? str_from(text, S("丁").len) : S("");
    *len = S("丁").len;
    return numeral_follows(behind) || separator(behind) ? UNIT_CHOME : UNIT_NONE;
}

// 甲乙丙, イロハ: lots that were split before numbers had branches. Bytes of one, 0 if none.
static ptrdiff_t lot_mark(Str text)
{
    static const char marks[] = "甲乙丙丁戊イロハニホヘト";
    ptrdiff_t len;
    if (!begins_with_any(text, str_of(marks))) return 0;
    (void)address_code(text, &len);
    return len;
}

static ptrdiff_t no_number_mark(Str text)
{
    static const char *const marks[] = {"無番地", "番外地", "番外"};
    for (int i = 0; i < (int)countof(marks); i++)
        if (str_starts(text, str_of(marks[i]))) return str_of(marks[i]).len;
    return 0;
}

// A number of the building: 5階, 3F, 101号室, 2棟.
static bool of_building(Str behind)
{
    ptrdiff_t len;
    int32_t code = address_code(behind, &len);
    if (code == 'F' || code == 'f') return true;
    static const char *const words[] = {"階", "棟", "室", "号室", "号棟", "号館"};
    for (int i = 0; i < (int)countof(words); i++)
        if (str_starts(behind, str_of(words[i]))) return true;
    return false;
}

// A numeral where one may stand. Kanji are numbers only before a unit or の inside the number part, or
// as the last word behind a の. No 丁目 is written digit by digit: 辻三二丁目 is the second of 辻三.
static ptrdiff_t numeral(Str text, bool inside, bool after_no, int32_t *value)
{
    ptrdiff_t unit_len, len = digit_numeral(text, value);
    if (len) return of_building(str_from(text, len)) ? 0 : len;
    bool by_digits = false;
    len = kanji_numeral(text, value, &by_digits);
    if (!len) return 0;
    Str behind = str_from(text, len);
    Unit unit = unit_at(behind, &unit_len);
    if (unit == UNIT_CHOME && by_digits) return 0;
    bool number = unit || (inside && separator_no(behind)) ||
                  (after_no && (ends(behind) || separator(behind)));
    return number ? len : 0;
}

// 甲123番地 begins with a mark; 六甲1丁目 is a town that ends with its character.
static ptrdiff_t leading_mark(Str text)
{
    int32_t value;
    ptrdiff_t unit_len, mark = lot_mark(text);
    ptrdiff_t len = mark ? digit_numeral(str_from(text, mark), &value) : 0;
    return len && unit_at(str_from(text, mark + len), &unit_len) != UNIT_CHOME ? mark : 0;
}

bool address_number_starts(Str text, bool loosely)
{
    int32_t value;
    ptrdiff_t unit_len;
    if (no_number_mark(text)) return true;
    text = str_from(text, leading_mark(text));
    ptrdiff_t len = numeral(text, false, false, &value);
    if (!len) return false;
    Str behind = str_from(text, len);
    ptrdiff_t sep = separator(behind);
    return loosely || ends(behind) || unit_at(behind, &unit_len) ||
           (sep && numeral_follows(str_from(behind, sep))) || lot_mark(behind);
}

static Str skip_blanks(Str text)
{
    ptrdiff_t len;
    while (address_blank(address_code(text, &len))) text = str_from(text, len);
    return text;
}

// 2丁目 6番 1号: a blank inside the number part. Behind 番地 or a bare number it ends it, for the
// next number is a room.
static Str across_blank(Str text, Unit unit)
{
    Str behind = skip_blanks(text);
    int32_t value;
    ptrdiff_t len, unit_len;
    if (behind.len == text.len) return text;
    if (unit == UNIT_CHOME) return behind;
    len = numeral(behind, true, false, &value);
    bool goes_on =
        unit == UNIT_BLOCK && len && unit_at(str_from(behind, len), &unit_len) == UNIT_NUMBER;
    return goes_on ? behind : text;
}

// Keeps the number with what its unit says of it. False when there is no room: the rest is building.
static bool keep(Address *address, int32_t value, Str mark, Unit unit)
{
    if (unit == UNIT_CHOME && !address->chome && !address->number_count) {
        address->chome = value;
        return true;
    }
    if (address->number_count == ADDRESS_NUMBERS_MAX) return false;
    address->numbers[address->number_count++] = (AddressNumber){value, mark};
    if (unit == UNIT_LOT)
        address->kind = ADDRESS_LOT;
    else if (unit == UNIT_HOUSE)
        address->kind = ADDRESS_HOUSE;
    else if (unit && !address->kind)
        address->kind = ADDRESS_RESIDENTIAL;
    return true;
}

// A mark that is not before a number: 12番地乙, 12番地ロの3.
static ptrdiff_t trailing_mark(Str text)
{
    ptrdiff_t len = lot_mark(text);
    if (!len) return 0;
    Str behind = str_from(text, len);
    return ends(behind) ||
                   (separator(behind) && numeral_follows(str_from(behind, separator(behind))))
               ? len
               : 0;
}

// One number with its mark and unit. What is left, or {0} when none was read.
static Str take_one(Str text, bool inside, bool after_no, Address *address, Unit *unit)
{
    int32_t value = 0;
    ptrdiff_t unit_len = 0, mark = no_number_mark(text);
    *unit = UNIT_NONE;
    if (mark)
        address->status = ADDRESS_NO_NUMBER;
    else
        mark = lot_mark(text);
    Str behind = str_from(text, mark);
    ptrdiff_t len = numeral(behind, inside || mark, after_no, &value);
    if (!len && address->status != ADDRESS_NO_NUMBER) {
        mark = inside ? trailing_mark(text) : 0;
        if (!mark) return (Str){0};
        behind = str_from(text, mark);
    }
    behind = str_from(behind, len);
    if (len) *unit = unit_at(behind, &unit_len);
    Str marked = mark ? str_first(text, mark) : (Str){0};
    if (!keep(address, value, marked, *unit)) return (Str){0};
    return *unit ? str_from(behind, unit_len) : behind;
}

Str address_number_take(Str text, Address *address)
{
    Str rest = text, next = text;
    bool after_no = false;
    Unit unit;
    for (bool inside = false;; inside = true) {
        Str behind = take_one(next, inside, after_no, address, &unit);
        if (!str_present(behind)) return rest;
        rest = behind;
        ptrdiff_t sep = separator(rest);
        after_no = sep && separator_no(rest);
        // Without a separator only a unit or a mark lets a number follow.
        next = sep ? str_from(rest, sep) : across_blank(rest, unit);
        if (!sep && (!unit || unit == UNIT_NUMBER) && !trailing_mark(rest)) return rest;
        if (address->status == ADDRESS_NO_NUMBER) return rest;
    }
}
