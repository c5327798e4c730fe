// SPDX-License-Identifier: Apache-2.0
#include "expiry.h"

#include "eras.h"
#include "fold.h"

enum { SPELLING_MAX = 64, NUMBERS_MAX = 3, YEAR_FIRST = 1980, YEAR_LAST = 2099, SCRATCH = 1024 };

// The numbers of one spelling in their order; a month's name stands apart.
typedef struct Spelt {
    int number[NUMBERS_MAX], digits[NUMBERS_MAX];
    int count;
    int month;  // from its name; 0: none
    const Era *era;
} Spelt;

typedef struct Civil {
    int year, month, day;  // day 0: the month's last
} Civil;

// ---- from text to numbers

static bool take(Str *rest, Str word)
{
    if (!str_starts(*rest, word)) return false;
    *rest = str_from(*rest, word.len);
    return true;
}

static bool take_any(Str *rest, const char *const *words, ptrdiff_t count, int *which)
{
    for (ptrdiff_t i = 0; i < count; i++) {
        if (!take(rest, str_of(words[i]))) continue;
        *which = (int)i;
        return true;
    }
    return false;
}

static bool take_number(Str *rest, Spelt *s)
{
    ptrdiff_t len = 0;
    while (len < rest->len && rest->at[len] >= '0' && rest->at[len] <= '9') len++;
    if (s->count == NUMBERS_MAX || len > 8) return false;
    if (!str_digits(str_first(*rest, len), 1, 8, &s->number[s->count])) return false;
    s->digits[s->count++] = (int)len;
    *rest = str_from(*rest, len);
    return true;
}

static bool take_parts(Str rest, Spelt *s)
{
    static const char *const between[] = {"-",  "/", ".", ",", "年", "月",
                                          "日", "‐", "–", "−", "ー"};
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};
    while (rest.len) {
        int which;
        if (rest.at[0] >= '0' && rest.at[0] <= '9') {
            if (!take_number(&rest, s)) return false;
        } else if (!s->month && take_any(&rest, months, countof(months), &which)) {
            s->month = which + 1;
        } else if (!take_any(&rest, between, countof(between), &which)) {
            return false;
        }
    }
    return s->count > 0;
}

// Half width, small letters, no blanks, without the words around a date.
static Str spelling(Str text, char room[SCRATCH], char small[SPELLING_MAX])
{
    static const char *const before[] = {"exp.",     "exp:", "exp", "有効期限",
                                         "使用期限", "期限", ":"};
    static const char *const behind[] = {"まで", "迄", "末日", "末"};
    Arena scratch = {room, room + SCRATCH};
    int which;
    if (text.len > SPELLING_MAX) return (Str){0};
    Str folded = fold_blanks_away(&scratch, fold_width(&scratch, text, NULL));
    if (folded.len > SPELLING_MAX) return (Str){0};
    for (ptrdiff_t i = 0; i < folded.len; i++) {
        char c = folded.at[i];
        small[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    Str rest = {small, folded.len};
    while (take_any(&rest, before, countof(before), &which)) {
    }
    for (ptrdiff_t i = 0; i < countof(behind); i++)
        if (str_ends(rest, str_of(behind[i])))
            rest = str_first(rest, rest.len - str_of(behind[i]).len);
    return rest;
}

// An era's letter or name stands before its year; the S of September does not.
static const Era *take_era(Str *rest)
{
    Str behind = *rest;
    const Era *era = era_take(&behind);
    if (!era || !behind.len || behind.at[0] < '0' || behind.at[0] > '9') return NULL;
    *rest = behind;
    return era;
}

// ---- from numbers to a date

static bool is_year(const Spelt *s, int i)
{
    return s->digits[i] == 4 && s->number[i] >= YEAR_FIRST && s->number[i] <= YEAR_LAST;
}

// Two digits that are no month: a year of this century.
static bool is_short_year(const Spelt *s, int i)
{
    return s->digits[i] == 2 && s->number[i] > 12;
}

static bool closed_up(const Spelt *s, Civil *out)
{
    int n = s->number[0];
    if (s->digits[0] == 8) {
        *out = (Civil){n / 10000, n / 100 % 100, n % 100};
        return true;
    }
    if (s->digits[0] == 6) {
        int year = n / 100;
        bool month = year >= YEAR_FIRST && year <= YEAR_LAST;
        *out =
            month ? (Civil){year, n % 100, 0} : (Civil){2000 + n / 10000, n / 100 % 100, n % 100};
        return true;
    }
    int first = n / 100, last = n % 100;
    if (s->digits[0] != 4 || is_year(s, 0) || (first > 12) == (last > 12)) return false;
    *out = first > 12 ? (Civil){2000 + first, last, 0} : (Civil){2000 + last, first, 0};
    return true;
}

static bool month_of_year(const Spelt *s, Civil *out)
{
    const int *n = s->number;
    if (is_year(s, 0) && s->digits[1] <= 2)
        *out = (Civil){n[0], n[1], 0};
    else if (is_year(s, 1) && s->digits[0] <= 2)
        *out = (Civil){n[1], n[0], 0};
    else if (is_short_year(s, 0) && s->digits[1] <= 2 && n[1] <= 12)
        *out = (Civil){2000 + n[0], n[1], 0};
    else if (is_short_year(s, 1) && s->digits[0] <= 2 && n[0] <= 12)
        *out = (Civil){2000 + n[1], n[0], 0};
    else
        return false;
    return true;
}

// Year first; or year last where day and month cannot be taken for each other.
static bool whole(const Spelt *s, Civil *out)
{
    const int *n = s->number;
    if (s->digits[1] > 2) return false;
    if ((is_year(s, 0) || is_short_year(s, 0)) && s->digits[2] <= 2) {
        *out = (Civil){is_year(s, 0) ? n[0] : 2000 + n[0], n[1], n[2]};
        return true;
    }
    if (!is_year(s, 2) || s->digits[0] > 2 || (n[0] <= 12 && n[1] <= 12 && n[0] != n[1]))
        return false;
    *out = n[0] > 12 ? (Civil){n[2], n[1], n[0]} : (Civil){n[2], n[0], n[1]};
    return true;
}

static bool named_month(const Spelt *s, Civil *out)
{
    const int *n = s->number;
    *out = (Civil){.month = s->month};
    for (int i = 0; i < s->count; i++) {
        if (is_year(s, i) || (s->count == 1 && s->digits[i] == 2))
            out->year = is_year(s, i) ? n[i] : 2000 + n[i];
        else
            out->day = n[i];
    }
    return out->year && s->count <= 2;
}

static bool in_era(const Spelt *s, Civil *out)
{
    const int *n = s->number;
    *out = (Civil){s->era->year_before + n[0], n[1], s->count == 3 ? n[2] : 0};
    return s->count >= 2 && s->digits[0] <= 2;
}

// 202609.0: a number, says the spreadsheet.
static bool has_decimal(const Spelt *s)
{
    return s->count == 2 && s->digits[0] == 6 && s->number[1] == 0;
}

static bool civil_of_spelt(const Spelt *s, Civil *out)
{
    if (s->era) return in_era(s, out);
    if (s->month) return named_month(s, out);
    if (s->count == 1 || has_decimal(s)) return closed_up(s, out);
    return s->count == 2 ? month_of_year(s, out) : whole(s, out);
}

bool expiry_parse(Str text, PartialDate *date, DateNotes *notes)
{
    char room[SCRATCH], small[SPELLING_MAX];
    Spelt s = {0};
    Civil c;
    Error ignored;
    PartialDate whole_date = {0};
    bool dated = date_parse(text, &whole_date, notes, &ignored) && whole_date.month;
    if (dated && (whole_date.day || (whole_date.year >= YEAR_FIRST && whole_date.year <= YEAR_LAST))) {
        *date = whole_date;
        return true;
    }
    Str rest = spelling(text, room, small);
    s.era = take_era(&rest);
    if (!take_parts(rest, &s) || !civil_of_spelt(&s, &c)) return false;
    if (c.year < YEAR_FIRST || c.year > YEAR_LAST || c.month < 1) return false;
    if (!partial_date_valid(c.year, c.month, c.day)) return false;
    PartialDate read = {(int16_t)c.year, (int8_t)c.month, (int8_t)c.day};
    EraFit fit = s.era ? era_fit(s.era, read) : ERA_INSIDE;
    if (fit == ERA_OUTSIDE) return false;
    if (notes) notes->era_converted = fit == ERA_CONVERTED;
    *date = read;
    return true;
}
