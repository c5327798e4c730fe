// Where text may hold an Individual Number, in whatever spelling.
// SPDX-License-Identifier: Apache-2.0
#include "individual_no.h"

#include <assert.h>

#include "check_digit.h"
#include "fold.h"
#include "utf8.h"

enum {
    NUMBER_DIGITS = 12,
    LEFT_OPEN = 4,     // digits of a sure number that its owner recognises it by
    SURELY_LONG = 11,  // digits in a group: as long as a number with one lost
    TORN_MOST = 13,    // digits in small groups
    GROUP_LEAST = 3,
    GROUP_MOST = 5,
    PADDED_DIGITS = 15,  // 宛名番号 and 世帯番号, padded with zeros
    PADDED_ZEROS = 5,
    GAP_MOST = 8,     // characters between two groups
    WORDS_LEAST = 8,  // digits and units of a number in words
    WORDS_MOST = 60,
    NUMBER_COLUMN_MOST = 20,
};

typedef struct CodeDigit {
    int32_t code;
    int digit;
} CodeDigit;
typedef struct CodeSpan {
    int32_t first, last;
} CodeSpan;

// ---- what a code point is

// Ten digits in order from `first` on (Unicode, general category Nd, and the signs that show a digit).
static const int32_t digit_rows[] = {
    '0',     0x660,   0x6F0,   0x7C0,   0x966,   0x9E6,   0xA66,   0xAE6,   0xB66,   0xBE6,
    0xC66,   0xCE6,   0xD66,   0xDE6,   0xE50,   0xED0,   0xF20,   0x1040,  0x1090,  0x17E0,
    0x1810,  0x1946,  0x19D0,  0x1A80,  0x1A90,  0x1B50,  0x1BB0,  0x1C40,  0x1C50,  0x2080,
    0xA620,  0xA8D0,  0xA900,  0xA9D0,  0xA9F0,  0xAA50,  0xABF0,  0xFF10,  0x104A0, 0x11066,
    0x110F0, 0x11136, 0x111D0, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1FBF0};
// Nine from one on: circled, in brackets, with a full stop, in black circles.
static const int32_t one_rows[] = {0x2460, 0x2474, 0x2488, 0x24F5, 0x2776, 0x2780, 0x278A};
static const CodeDigit single_digits[] = {
    {0xB9, 1},   {0xB2, 2},   {0xB3, 3},   {0x2070, 0}, {0x2074, 4}, {0x2075, 5}, {0x2076, 6},
    {0x2077, 7}, {0x2078, 8}, {0x2079, 9}, {0x24EA, 0}, {0x24FF, 0}, {u'〇', 0}};
static const CodeDigit kanji_digits[] = {
    {u'零', 0}, {u'一', 1}, {u'二', 2}, {u'三', 3}, {u'四', 4}, {u'五', 5}, {u'六', 6},
    {u'七', 7}, {u'八', 8}, {u'九', 9}, {u'壱', 1}, {u'壹', 1}, {u'弐', 2}, {u'貳', 2},
    {u'参', 3}, {u'參', 3}, {u'伍', 5}, {u'弌', 1}, {u'弍', 2}, {u'貮', 2}, {u'弎', 3},
    {u'肆', 4}, {u'陸', 6}, {u'漆', 7}, {u'柒', 7}, {u'捌', 8}, {u'玖', 9}};

// The tens of a number in words: 千二百三十四億五千六百七十八万九千十八.
typedef struct CodeUnit {
    int32_t code;
    int64_t tens;
} CodeUnit;
enum { MYRIAD = 10000 };
static const CodeUnit units[] = {{u'十', 10},     {u'拾', 10},     {u'百', 100},      {u'佰', 100},
                                 {u'陌', 100},    {u'千', 1000},   {u'仟', 1000},     {u'阡', 1000},
                                 {u'万', MYRIAD}, {u'萬', MYRIAD}, {u'億', 100000000}};

// Letters that people write between the groups of a number: 1234の5678, 1234ノ5678, 1234x5678.
static const int32_t joining[] = {u'の', u'ノ', 0xFF89, 'x', 'X', u'ｘ', u'Ｘ'};

// Without width: they stand between two digits and nobody sees them.
static const CodeSpan unseen[] = {
    {0xAD, 0xAD},     {0x300, 0x36F},    {0x483, 0x489},   {0x61C, 0x61C},   {0x115F, 0x1160},
    {0x17B4, 0x17B5}, {0x180B, 0x180F},  {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F},
    {0x202A, 0x202E}, {0x2060, 0x206F},  {0x20D0, 0x20FF}, {0x302A, 0x302F}, {0x3099, 0x309A},
    {0x3164, 0x3164}, {0xFE00, 0xFE0F},  {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0},
    {0xFFF9, 0xFFFB}, {0xE0000, 0xE0FFF}};

// Signs and blanks; every other code point from U+00C0 on is a letter.
static const CodeSpan signs[] = {
    {0xD7, 0xD7},     {0xF7, 0xF7},     {0x2B0, 0x2FF},   {0x1680, 0x1680},  {0x2000, 0x2BFF},
    {0x2E00, 0x2E7F}, {0x3000, 0x3004}, {0x3008, 0x3020}, {0x3030, 0x3030},  {0x303D, 0x303F},
    {0x309B, 0x309C}, {0x30A0, 0x30A0}, {0x30FB, 0x30FC}, {0x3200, 0x33FF},  {0xFD3E, 0xFD3F},
    {0xFE10, 0xFE1F}, {0xFE30, 0xFE6F}, {0xFF01, 0xFF0F}, {0xFF1A, 0xFF20},  {0xFF3B, 0xFF40},
    {0xFF5B, 0xFF65}, {0xFF70, 0xFF70}, {0xFFE0, 0xFFFD}, {0x1F000, 0x1FBEF}};

static bool within(const CodeSpan *spans, ptrdiff_t count, int32_t code)
{
    for (ptrdiff_t i = 0; i < count; i++)
        if (code >= spans[i].first && code <= spans[i].last) return true;
    return false;
}

static int table_digit(const CodeDigit *table, ptrdiff_t count, int32_t code)
{
    for (ptrdiff_t i = 0; i < count; i++)
        if (code == table[i].code) return table[i].digit;
    return -1;
}

// Kana and kanji, the bulk of what is read, are answered first.
int individual_no_digit(int32_t code)
{
    if (code < 0x80) return fold_digit(code);
    if (code >= 0x3041 && code <= 0x30FF) return -1;
    if (code >= 0x4E00 && code <= 0x9FFF)
        return table_digit(kanji_digits, countof(kanji_digits), code);
    for (ptrdiff_t i = 0; i < countof(digit_rows); i++)
        if (code >= digit_rows[i] && code < digit_rows[i] + 10) return code - digit_rows[i];
    for (ptrdiff_t i = 0; i < countof(one_rows); i++)
        if (code >= one_rows[i] && code < one_rows[i] + 9) return code - one_rows[i] + 1;
    return table_digit(single_digits, countof(single_digits), code);
}

static bool letter(int32_t code)
{
    if (code < 0xC0)
        return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || code == 0xAA ||
               code == 0xB5 || code == 0xBA;
    return !within(signs, countof(signs), code);
}

static bool joins(int32_t code)
{
    for (ptrdiff_t i = 0; i < countof(joining); i++)
        if (code == joining[i]) return true;
    return false;
}

// 0: it is no unit.
static int64_t unit_of(int32_t code)
{
    for (ptrdiff_t i = 0; code >= 0x4E00 && i < countof(units); i++)
        if (code == units[i].code) return units[i].tens;
    return 0;
}

// ---- the next piece of a text

typedef enum Piece { PIECE_END, PIECE_DIGIT, PIECE_UNSEEN, PIECE_GAP, PIECE_WALL } Piece;

static bool part_is(Str text, ptrdiff_t at, int digits, int least, int most)
{
    int value;
    return text.len >= at + digits &&
           str_digits((Str){text.at + at, digits}, digits, digits, &value) && value >= least &&
           value <= most;
}

static ptrdiff_t ends_there(Str text, ptrdiff_t length)
{
    ptrdiff_t behind = length;
    return text.len > length && individual_no_digit(utf8_next(text, &behind)) >= 0 ? 0 : length;
}

// 2026-11-23, with '-', '/' or '.', or 20261123120000 as names of files have it, whatever hour it says (no
// Individual Number has as many digits): its length, or 0.
static ptrdiff_t date_length(Str text)
{
    if (!part_is(text, 0, 4, 1800, 2199)) return 0;
    if (part_is(text, 4, 2, 1, 12)) {
        bool instant = part_is(text, 6, 2, 1, 31) && part_is(text, 8, 6, 0, 999999);
        return instant ? ends_there(text, 14) : 0;
    }
    char sign = text.len > 7 ? text.at[4] : '\0';
    bool date = (sign == '-' || sign == '/' || sign == '.') && text.at[7] == sign &&
                part_is(text, 5, 2, 0, 12) && part_is(text, 8, 2, 0, 31);
    return date ? ends_there(text, 10) : 0;
}

// What stands at `*at`, which then stands behind it. A mask is a wall: it is never read twice.
static Piece piece_next(Str text, ptrdiff_t *at, int *digit)
{
    if (*at >= text.len) return PIECE_END;
    int32_t code = utf8_next(text, at);
    *digit = individual_no_digit(code);
    if (*digit >= 0) return PIECE_DIGIT;
    if (within(unseen, countof(unseen), code)) return PIECE_UNSEEN;
    if (joins(code)) return PIECE_GAP;
    return code == '*' || letter(code) ? PIECE_WALL : PIECE_GAP;
}

// ---- a run: groups of digits, each not far from the next

typedef struct Group {
    ptrdiff_t start, end;  // in bytes; `end` is behind the last digit
    int64_t digits;
    int64_t zeros;  // that it begins with
} Group;

// The group that begins with the digit at `start`.
static Group group_read(Str text, ptrdiff_t start)
{
    Group group = {.start = start};
    for (ptrdiff_t at = start;;) {
        int digit;
        Piece piece = piece_next(text, &at, &digit);
        if (piece == PIECE_UNSEEN) continue;
        if (piece != PIECE_DIGIT) return group;
        group.zeros += digit == 0 && group.zeros == group.digits;
        group.digits++;
        group.end = at;
    }
}

// The first group at or behind `at`, -1: none. A date is no group.
static ptrdiff_t group_first(Str text, ptrdiff_t at)
{
    while (at < text.len) {
        ptrdiff_t here = at;
        int digit;
        if (piece_next(text, &at, &digit) != PIECE_DIGIT) continue;
        ptrdiff_t date = date_length(str_from(text, here));
        if (!date) return here;
        at = here + date;
    }
    return -1;
}

// The group behind this one in its run, -1: the run ends here.
static ptrdiff_t group_behind(Str text, const Group *group)
{
    ptrdiff_t at = group->end;
    for (int gap = 0; gap <= GAP_MOST;) {
        ptrdiff_t here = at;
        int digit;
        Piece piece = piece_next(text, &at, &digit);
        if (piece == PIECE_END || piece == PIECE_WALL) return -1;
        if (piece == PIECE_DIGIT) return date_length(str_from(text, here)) ? -1 : here;
        gap += piece == PIECE_GAP;
    }
    return -1;
}

static bool padded(const Group *group)
{
    return group->digits == PADDED_DIGITS && group->zeros >= PADDED_ZEROS;
}

static bool checked(const char digits[NUMBER_DIGITS])
{
    Str body = {digits, NUMBER_DIGITS - 1};
    return check_digit_mod11(body) == digits[NUMBER_DIGITS - 1] - '0';
}

// Twelve digits from a group's beginning to a group's end with a valid check digit: where they end,
// or -1. Of the first group `before` digits stand before the number.
static ptrdiff_t sure_end_behind(Str text, ptrdiff_t start, int before)
{
    char digits[NUMBER_DIGITS];
    int count = -before;
    for (ptrdiff_t next = start; next >= 0;) {
        Group group = group_read(text, next);
        if (count + group.digits > NUMBER_DIGITS) return -1;
        for (ptrdiff_t at = group.start; at < group.end;) {
            int digit;
            if (piece_next(text, &at, &digit) != PIECE_DIGIT) continue;
            if (count >= 0) digits[count] = (char)('0' + digit);
            count++;
        }
        if (count == NUMBER_DIGITS) return checked(digits) ? group.end : -1;
        next = group_behind(text, &group);
    }
    return -1;
}

// A whole run of small groups that is as long as a number, or nearly so: where it ends, or -1.
static ptrdiff_t torn_end(Str text, ptrdiff_t start)
{
    int64_t digits = 0;
    bool small = true, single = true;
    Group group;
    for (ptrdiff_t next = start; next >= 0; next = group_behind(text, &group)) {
        group = group_read(text, next);
        digits += group.digits;
        small &= group.digits >= GROUP_LEAST && group.digits <= GROUP_MOST;
        single &= group.digits == 1;
        if (digits > TORN_MOST || (!small && !single)) return -1;
    }
    return digits >= SURELY_LONG ? group.end : -1;
}

// ---- in words

typedef struct Words {
    int64_t total, section,
        current;  // behind the last 億 or 万; behind the last 千, 百 or 十 (-1: nothing yet)
    int signs;
    bool has_units;
} Words;

static int64_t words_value(const Words *w)
{
    return w->total + w->section + (w->current < 0 ? 0 : w->current);
}

// Beyond this it is no number of a person any more, and nothing is counted on.
#define WORDS_END INT64_C(10000000000000)

static bool words_take_unit(Words *w, int64_t tens)
{
    int64_t counted = w->current < 0 ? 0 : w->current;
    int64_t many = tens < MYRIAD ? counted : w->section + counted;
    if (many >= WORDS_END / tens) return false;
    w->has_units = true;
    w->current = -1;
    *(tens < MYRIAD ? &w->section : &w->total) += (many ? many : 1) * tens;
    if (tens >= MYRIAD) w->section = 0;
    return words_value(w) < WORDS_END;
}

static bool words_take_digit(Words *w, int digit)
{
    w->current = w->current < 0 ? digit : w->current * 10 + digit;
    return words_value(w) < WORDS_END;
}

// As long as a number, or as one that lost its first digit, a zero.
static bool words_long(const Words *w)
{
    int64_t value = words_value(w);
    return w->has_units && w->signs >= WORDS_LEAST && value >= WORDS_END / 1000;
}

static bool words_checked(const Words *w)
{
    char digits[NUMBER_DIGITS];
    int64_t value = words_value(w);
    for (int i = NUMBER_DIGITS; i--; value /= 10) digits[i] = (char)('0' + value % 10);
    return !value && words_long(w) && checked(digits);
}

typedef struct Find {
    ptrdiff_t start, end;  // end < 0: nothing found
    bool sure;
    int before;  // digits of it that stand before a sure number: a 0, as before a telephone number
    bool in_words;
} Find;

// A number in words that begins at `start`: the longest with a valid check digit, else the whole run where it is
// as long as one.
static Find words_at(Str text, ptrdiff_t start)
{
    Find found = {.start = start, .end = -1, .in_words = true};
    Words w = {.current = -1};
    ptrdiff_t behind = start;  // the last digit or unit
    int gap = 0;
    for (ptrdiff_t at = start; at < text.len && gap <= GAP_MOST && w.signs < WORDS_MOST;) {
        int32_t code = utf8_next(text, &at);
        int digit = individual_no_digit(code);
        int64_t tens = unit_of(code);
        bool seen = !within(unseen, countof(unseen), code);
        if (digit < 0 && !tens) {
            if (code == '*' || (seen && letter(code))) break;
            gap += seen;
            continue;
        }
        if (!(tens ? words_take_unit(&w, tens) : words_take_digit(&w, digit))) return found;
        w.signs++;
        gap = 0;
        behind = at;
        if (!words_checked(&w)) continue;
        found.end = behind;
        found.sure = true;
    }
    if (found.end < 0 && words_long(&w)) found.end = behind;
    return found;
}

static Find find_in_words(Str text, ptrdiff_t from)
{
    for (ptrdiff_t at = from; at < text.len;) {
        ptrdiff_t here = at;
        int32_t code = utf8_next(text, &at);
        if (individual_no_digit(code) < 0 && !unit_of(code)) continue;
        ptrdiff_t date = date_length(str_from(text, here));
        Find found = date ? (Find){.end = -1} : words_at(text, here);
        if (found.end >= 0) return found;
        if (date) at = here + date;
    }
    return (Find){.end = -1};
}

// ---- the first place of a text

// In digits, at or behind `from`.
static Find find_sure(Str text, ptrdiff_t start)
{
    ptrdiff_t at = start;
    int digit;
    Find found = {.start = start, .end = sure_end_behind(text, start, 0), .sure = true};
    if (found.end >= 0 || piece_next(text, &at, &digit) != PIECE_DIGIT || digit) return found;
    found.before = 1;
    found.end = sure_end_behind(text, start, 1);
    return found;
}

static Find find_in_digits(Str text, ptrdiff_t from)
{
    bool begins = true;  // a run: no group before this one belongs to it
    for (ptrdiff_t start = group_first(text, from); start >= 0;) {
        Find found = find_sure(text, start);
        if (found.end >= 0) return found;
        Group group = group_read(text, start);
        found.sure = false;
        found.end = group.end;
        if (group.digits >= SURELY_LONG && !padded(&group)) return found;
        found.end = begins ? torn_end(text, start) : -1;
        if (found.end >= 0) return found;
        start = group_behind(text, &group);
        begins = start < 0;
        if (begins) start = group_first(text, group.end);
    }
    return (Find){.end = -1};
}

// Most text has neither eleven digits nor the words for as many.
static bool worth_reading(Str text, bool *in_words)
{
    int count = 0;
    *in_words = false;
    for (ptrdiff_t at = 0; at < text.len;) {
        int32_t code = utf8_next(text, &at);
        count += individual_no_digit(code) >= 0;
        *in_words = *in_words || unit_of(code) >= MYRIAD;
    }
    return count >= SURELY_LONG || *in_words;
}

static Find find(Str text, ptrdiff_t from)
{
    bool in_words;
    if (!worth_reading(str_from(text, from), &in_words)) return (Find){.end = -1};
    Find words = in_words ? find_in_words(text, from) : (Find){.end = -1};
    Find digits = find_in_digits(text, from);
    bool first = words.end >= 0 && (digits.end < 0 || words.start <= digits.start);
    return first ? words : digits;
}

// ---- the mask

bool individual_no_in_text(Str text)
{
    return find(text, 0).end >= 0;
}

bool individual_no_across(Str text, ptrdiff_t seam)
{
    assert(seam >= 0 && seam <= text.len);
    for (ptrdiff_t from = 0;;) {
        Find found = find(text, from);
        if (found.end < 0 || found.start >= seam) return false;
        if (found.sure && found.end > seam) return true;
        from = found.end;
    }
}

// The open digits of one may begin another with the groups behind them: the search goes on from there.
static Str masked_once(Arena *arena, Str text, int open)
{
    assert(open >= 0);
    Text out = {0};
    ptrdiff_t done = 0;
    for (Find found; (found = find(text, done)).end >= 0;) {
        text_add(&out, arena, (Str){text.at + done, found.start - done});
        int left = found.sure && !found.in_words ? NUMBER_DIGITS - open + found.before : INT32_MAX;
        for (done = found.start; done < found.end && left;) {
            ptrdiff_t here = done;
            int32_t code = utf8_next(text, &done);
            bool hidden = individual_no_digit(code) >= 0 || (found.in_words && unit_of(code));
            text_add(&out, arena, hidden ? S("*") : (Str){text.at + here, done - here});
            left -= hidden;
        }
    }
    text_add(&out, arena, str_from(text, done));
    return text_str(&out);
}

// What is left may read as a number again, now that what stood beside it is hidden; each time a digit less is
// to be seen.
static Str masked(Arena *arena, Str text, int open)
{
    while (individual_no_in_text(text)) text = masked_once(arena, text, open);
    return text;
}

Str individual_no_mask_text(Arena *arena, Str text)
{
    return masked(arena, text, LEFT_OPEN);
}

Str individual_no_hide_text(Arena *arena, Str text)
{
    return masked(arena, text, 0);
}

static bool bar_letter(char c)
{
    return (c >= 'A' && c <= 'D') || (c >= 'a' && c <= 'd');
}

// The digits of a number that nothing else stands beside; 0: it is no such text, or a longer one.
static int number_digits(Str text, char digits[NUMBER_COLUMN_MOST])
{
    int count = 0;
    text = fold_trim(text);
    if (text.len && bar_letter(text.at[0])) text = str_from(text, 1);
    if (text.len && bar_letter(text.at[text.len - 1])) text.len--;
    for (ptrdiff_t at = 0; at < text.len;) {
        int digit;
        Piece piece = piece_next(text, &at, &digit);
        if (piece == PIECE_WALL || count == NUMBER_COLUMN_MOST) return 0;
        if (piece == PIECE_DIGIT) digits[count++] = (char)('0' + digit);
    }
    return count;
}

bool individual_no_in_column(Str text, int most, ColumnDoubt doubt)
{
    assert(most > 0);
    assert(doubt <= COLUMN_DOUBTED);
    char digits[NUMBER_COLUMN_MOST];
    int count = number_digits(text, digits), zeros = 0;
    const char *last = digits + count - NUMBER_DIGITS;
    while (zeros < count && digits[zeros] == '0') zeros++;
    bool longer = count > NUMBER_DIGITS && count < PADDED_DIGITS;
    if (longer && zeros >= count - NUMBER_DIGITS && checked(last)) return true;
    if (!count || count > most) return individual_no_in_text(text);
    if (longer && doubt == COLUMN_LONGER && count == NUMBER_DIGITS + 1)
        return checked(digits) || checked(last);
    int long_as = count == PADDED_DIGITS ? count - zeros : count;
    if (doubt == COLUMN_DOUBTED && long_as >= SURELY_LONG && long_as <= TORN_MOST) return true;
    return long_as == NUMBER_DIGITS && checked(last);
}
