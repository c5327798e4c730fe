// SPDX-License-Identifier: Apache-2.0
#include "amounts.h"

#include "fold.h"

enum { SPELLING_MAX = 64, SCRATCH = 1024, YEN_DIGITS = 9, VOLUME_DIGITS = 3 };

// Half width, small letters, no blanks. {0}: too long to be an amount.
static Str spelling(Str text, char room[SCRATCH], char small[SPELLING_MAX], int64_t *wide_digits)
{
    Arena scratch = {room, room + SCRATCH};
    if (text.len > SPELLING_MAX) return (Str){0};
    Str folded = fold_blanks_away(&scratch, fold_width(&scratch, text, wide_digits));
    if (folded.len > SPELLING_MAX) return (Str){0};
    for (ptrdiff_t i = 0; i < folded.len; i++) {
        char c = folded.at[i];
        small[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (Str){small, folded.len};
}

static void drop_first(Str *text, Str word)
{
    if (str_starts(*text, word)) *text = str_from(*text, word.len);
}

static void drop_last(Str *text, Str word)
{
    if (str_ends(*text, word)) *text = str_first(*text, text->len - word.len);
}

static bool all_zeros(Str digits)
{
    for (ptrdiff_t i = 0; i < digits.len; i++)
        if (digits.at[i] != '0') return false;
    return digits.len > 0;
}

// 12,345,678: one to three digits, then threes. Without commas as they stand.
static bool digits_of_groups(Str text, char out[YEN_DIGITS], int *len)
{
    Cut cut = str_cut(text, ',');
    bool grouped = cut.found;
    *len = 0;
    for (int group = 0;; group++) {
        bool whole =
            !grouped || (group ? cut.head.len == 3 : cut.head.len >= 1 && cut.head.len <= 3);
        if (!whole || *len + cut.head.len > YEN_DIGITS) return false;
        for (ptrdiff_t i = 0; i < cut.head.len; i++) out[(*len)++] = cut.head.at[i];
        if (!cut.found) return *len > 0;
        cut = str_cut(cut.tail, ',');
    }
}

bool yen_parse(Str text, int64_t *yen, int64_t *wide_digits)
{
    char room[SCRATCH], small[SPELLING_MAX], digits[YEN_DIGITS];
    int len, read;
    Str rest = spelling(text, room, small, wide_digits);
    drop_first(&rest, S("\\"));
    drop_first(&rest, S("¥"));
    drop_first(&rest, S("￥"));
    drop_last(&rest, S("-"));
    drop_last(&rest, S("円"));
    Cut point = str_cut(rest, '.');
    if (point.found && (point.tail.len > 2 || !all_zeros(point.tail))) return false;
    if (!digits_of_groups(point.head, digits, &len)) return false;
    if (!str_digits((Str){digits, len}, 1, YEN_DIGITS, &read)) return false;
    *yen = read;
    return true;
}

bool volume_parse(Str text, int32_t *ml100, int64_t *wide_digits)
{
    static const Str units[] = {S("ml"), S("㎖"), S("cc"), S("㏄"), S("ミリリットル")};
    char room[SCRATCH], small[SPELLING_MAX];
    int whole = 0, hundredths = 0;
    Str rest = spelling(text, room, small, wide_digits);
    for (ptrdiff_t i = 0; i < countof(units); i++) drop_last(&rest, units[i]);
    Cut parts = str_cut(rest, '.');
    if (!parts.found) parts = str_cut(rest, ',');
    if (parts.head.len ? !str_digits(parts.head, 1, VOLUME_DIGITS, &whole) : !parts.found)
        return false;
    if (parts.found) {
        Str fraction = str_first(parts.tail, parts.tail.len < 2 ? parts.tail.len : 2);
        Str beyond = str_from(parts.tail, fraction.len);
        if (!str_digits(fraction, 1, 2, &hundredths) || (beyond.len && !all_zeros(beyond)))
            return false;
        if (fraction.len == 1) hundredths *= 10;
    }
    *ml100 = whole * 100 + hundredths;
    return true;
}
