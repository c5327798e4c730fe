// Where text may hold an Individual Number, in whatever spelling.
// SPDX-License-Identifier: Apache-2.0
#include "individual_no.h"

#include "check_digit.h"
#include "fold.h"
#include "utf8.h"

enum {
    NUMBER_DIGITS = 12,
    LEFT_OPEN = 4,    // digits of a sure number that its owner recognises it by
    SURELY_LONG = 11, // digits in a group: as long as a number with one lost
    TORN_MOST = 13,   // digits in small groups
    GROUP_LEAST = 3,
    GROUP_MOST = 5,
    PADDED_DIGITS = 15,  // 宛名番号 and 世帯番号, padded with zeros
    PADDED_ZEROS = 5,
    GAP_MOST = 6,     // characters between two groups
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
    '0',    0x660,  0x6F0,  0x7C0,  0x966,  0x9E6,  0xA66,  0xAE6,  0xB66,   0xBE6,   0xC66,   0xCE6,
    0xD66,  0xDE6,  0xE50,  0xED0,  0xF20,  0x1040, 0x1090, 0x17E0, 0x1810,  0x1946,  0x19D0,  0x1A80,
    0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0x2080, 0xA620, 0xA8D0, 0xA900,  0xA9D0,  0xA9F0,  0xAA50,
    0xABF0, 0xFF10, 0x104A0, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC,
    0x1D7F6, 0x1FBF0};
// Nine from one on: circled, in brackets, with a full stop, in black circles.
static const int32_t one_rows[] = {0x2460, 0x2474, 0x2488, 0x24F5, 0x2776, 0x2780, 0x278A};
static const CodeDigit single_digits[] = {
    {0xB9, 1},   {0xB2, 2},   {0xB3, 3},   {0x2070, 0}, {0x2074, 4}, {0x2075, 5}, {0x2076, 6},
    {0x2077, 7}, {0x2078, 8}, {0x2079, 9}, {0x24EA, 0}, {0x24FF, 0}, {u'〇', 0}};
static const CodeDigit kanji_digits[] = {
    {u'零', 0},  {u'一', 1},  {u'二', 2},  {u'三', 3},  {u'四', 4},  {u'五', 5},  {u'六', 6},  {u'七', 7},
    {u'八', 8},  {u'九', 9},  {u'壱', 1},  {u'壹', 1},  {u'弐', 2},  {u'貳', 2},  {u'参', 3},
    {u'參', 3},  {u'伍', 5}};

// Without width: they stand between two digits and nobody sees them.
static const CodeSpan unseen[] = {
    {0xAD, 0xAD},     {0x300, 0x36F},   {0x483, 0x489},   {0x61C, 0x61C},   {0x115F, 0x1160},
    {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F},
    {0x202A, 0x202E}, {0x2060, 0x206F}, {0x20D0, 0x20FF}, {0x302A, 0x302F}, {0x3099, 0x309A},
    {0x3164, 0x3164}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0},
    {0xFFF9, 0xFFFB}, {0xE0000, 0xE0FFF}};

// Signs and blanks; every other code point from U+00C0 on is a letter.
static const CodeSpan signs[] = {
    {0xD7, 0xD7},     {0xF7, 0xF7},     {0x2B0, 0x2FF},   {0x1680, 0x1680}, {0x2000, 0x2BFF},
    {0x2E00, 0x2E7F}, {0x3000, 0x3004}, {0x3008, 0x3020}, {0x3030, 0x3030}, {0x303D, 0x303F},
    {0x309B, 0x309C}, {0x30A0, 0x30A0}, {0x30FB, 0x30FC}, {0x3200, 0x33FF}, {0xFD3E, 0xFD3F},
    {0xFE10, 0xFE1F}, {0xFE30, 0xFE6F}, {0xFF01, 0xFF0F}, {0xFF1A, 0xFF20}, {0xFF3B, 0xFF40},
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
static int digit_of(int32_t code)
{
    if (code < 0x80) return fold_digit(code);
    if (code >= 0x3041 && code <= 0x30FF) return -1;
    if (code >= 0x4E00 && code <= 0x9FFF) return table_digit(kanji_digits, countof(kanji_digits), code);
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

// ---- the next piece of a text

typedef enum Piece { PIECE_END, PIECE_DIGIT, PIECE_UNSEEN, PIECE_GAP, PIECE_WALL } Piece;

static bool part_is(Str text, ptrdiff_t at, int digits, int least, int most)
{
    int value;
    return text.len >= at + digits && str_digits((Str){text.at + at, digits}, digits, digits, &value) &&
           value >= least && value <= most;
}

static ptrdiff_t ends_there(Str text, ptrdiff_t length)
{
    ptrdiff_t behind = length;
    return text.len > length && digit_of(utf8_next(text, &behind)) >= 0 ? 0 : length;
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
    *digit = digit_of(code);
    if (*digit >= 0) return PIECE_DIGIT;
    if (within(unseen, countof(unseen), code)) return PIECE_UNSEEN;
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

// Twelve digits from a group's beginning to a group's end with a valid check digit: where they end,
// or -1.
static ptrdiff_t sure_end(Str text, ptrdiff_t start)
{
    char digits[NUMBER_DIGITS];
    int count = 0;
    for (ptrdiff_t next = start; next >= 0;) {
        Group group = group_read(text, next);
        if (count + group.digits > NUMBER_DIGITS) return -1;
        for (ptrdiff_t at = group.start; at < group.end;) {
            int digit;
            if (piece_next(text, &at, &digit) == PIECE_DIGIT) digits[count++] = (char)('0' + digit);
        }
        if (count == NUMBER_DIGITS) {
            Str body = {digits, NUMBER_DIGITS - 1};
            return check_digit_mod11(body) == digits[NUMBER_DIGITS - 1] - '0' ? group.end : -1;
        }
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

typedef struct Find {
    ptrdiff_t start, end;  // end < 0: nothing found
    bool sure;
} Find;

// The first place at or behind `from` that may be a number.
static Find find(Str text, ptrdiff_t from)
{
    bool begins = true;  // a run: no group before this one belongs to it
    for (ptrdiff_t start = group_first(text, from); start >= 0;) {
        Find found = {.start = start, .end = sure_end(text, start), .sure = true};
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

// ---- the mask

// Most text has no eleven digits at all.
static bool digits_enough(Str text)
{
    int count = 0;
    for (ptrdiff_t at = 0; at < text.len && count < SURELY_LONG;)
        count += digit_of(utf8_next(text, &at)) >= 0;
    return count == SURELY_LONG;
}

bool individual_no_in_text(Str text)
{
    return digits_enough(text) && find(text, 0).end >= 0;
}

// The open digits of one may begin another with the groups behind them: the search goes on from there.
static Str masked_once(Arena *arena, Str text, int open)
{
    Text out = {0};
    ptrdiff_t done = 0;
    for (Find found; (found = find(text, done)).end >= 0;) {
        text_add(&out, arena, (Str){text.at + done, found.start - done});
        int left = found.sure ? NUMBER_DIGITS - open : INT32_MAX;
        for (done = found.start; done < found.end && left;) {
            ptrdiff_t here = done;
            int digit;
            bool hidden = piece_next(text, &done, &digit) == PIECE_DIGIT;
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

bool individual_no_in_column(Str text, int most, bool doubted)
{
    char digits[NUMBER_COLUMN_MOST];
    int count = number_digits(text, digits), zeros = 0;
    if (!count || count > most) return individual_no_in_text(text);
    while (zeros < count && digits[zeros] == '0') zeros++;
    int long_as = count == PADDED_DIGITS ? count - zeros : count;
    if (doubted && long_as >= SURELY_LONG && long_as <= TORN_MOST) return true;
    if (long_as != NUMBER_DIGITS) return false;
    Str body = {digits + count - NUMBER_DIGITS, NUMBER_DIGITS - 1};
    return check_digit_mod11(body) == digits[count - 1] - '0';
}
