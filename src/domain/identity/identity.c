// SPDX-License-Identifier: Apache-2.0
#include "identity.h"

#include <assert.h>
#include <string.h>

#include "check_digit.h"
#include "number_text.h"

enum { CITY_DIGITS = 15 };

static const NumberShape padded_shape = {
    1, CITY_DIGITS, .length_words = S("番号は15桁までです。桁数をお確かめください。")};
static const NumberShape whole_shape = {CITY_DIGITS, CITY_DIGITS,
                                        .length_words =
                                            S("統一識別番号は15桁です。桁数をお確かめください。")};

bool addressee_no_parse(Str text, AddresseeNo *no, int64_t *wide_digits, Error *err)
{
    AddresseeNo read;
    if (!number_read(text, &padded_shape, read.digits, wide_digits, err)) return false;
    *no = read;
    return true;
}

bool household_no_parse(Str text, HouseholdNo *no, int64_t *wide_digits, Error *err)
{
    HouseholdNo read;
    if (!number_read(text, &padded_shape, read.digits, wide_digits, err)) return false;
    *no = read;
    return true;
}

bool unified_no_parse(Str text, UnifiedNo *no, Error *err)
{
    UnifiedNo read;
    if (!number_read(text, &whole_shape, read.digits, NULL, err)) return false;
    *no = read;
    return true;
}

static Str text_of(const char digits[16])
{
    return digits[0] ? (Str){digits, CITY_DIGITS} : (Str){0};
}

Str addressee_text(const AddresseeNo *no)
{
    return text_of(no->digits);
}
Str household_text(const HouseholdNo *no)
{
    return text_of(no->digits);
}
Str unified_text(const UnifiedNo *no)
{
    return text_of(no->digits);
}

bool addressee_same(const AddresseeNo *a, const AddresseeNo *b)
{
    return memcmp(a->digits, b->digits, sizeof a->digits) == 0;
}

bool unified_same(const UnifiedNo *a, const UnifiedNo *b)
{
    return memcmp(a->digits, b->digits, sizeof a->digits) == 0;
}

int addressee_order(const AddresseeNo *a, const AddresseeNo *b)
{
    int order = memcmp(a->digits, b->digits, sizeof a->digits);
    return (order > 0) - (order < 0);
}

static void count_to_digits(int64_t n, char digits[16])
{
    assert(n >= 0 && n < INT64_C(1000000000000000));
    digits[CITY_DIGITS] = '\0';
    for (int i = CITY_DIGITS - 1; i >= 0; i--, n /= 10) digits[i] = (char)('0' + n % 10);
}

AddresseeNo addressee_no_of(int64_t n)
{
    AddresseeNo no;
    count_to_digits(n, no.digits);
    return no;
}

HouseholdNo household_no_of(int64_t n)
{
    HouseholdNo no;
    count_to_digits(n, no.digits);
    return no;
}

UnifiedNo unified_no_of(int64_t n)
{
    UnifiedNo no;
    count_to_digits(n, no.digits);
    return no;
}

// How many digits stand behind a letter; 0: any number up to the limit.
static int bar_digits(char letter)
{
    switch (letter) {
    case BAR_PERSON: return 15;
    case BAR_PAPER: return 13;
    case BAR_INSTITUTION: return 10;
    default: return 0;
    }
}

bool bar_read(Str text, BarKind *kind, Str *digits, Error *err)
{
    if (text.len < 4 || text.len > 3 + NUMBER_DIGITS_MAX)
        return FAIL(err, E_LENGTH, .value = text,
                    .words = S("バーコードの長さが違います。もう一度読み取ってください。"));
    char first = text.at[0];
    Str inside = {text.at + 1, text.len - 3};
    char check = text.at[text.len - 2];
    bool letters = first >= 'A' && first <= 'D' && text.at[text.len - 1] == first;
    for (ptrdiff_t i = 1; i < text.len - 1; i++)
        letters = letters && text.at[i] >= '0' && text.at[i] <= '9';
    if (!letters)
        return FAIL(err, E_CHARSET, .value = text,
                    .words = S("当市のバーコードではありません。もう一度読み取ってください。"));
    if (bar_digits(first) && inside.len != bar_digits(first))
        return FAIL(err, E_LENGTH, .value = text,
                    .words = S("バーコードの桁数が違います。もう一度読み取ってください。"));
    if (check_digit_luhn(inside) != check - '0')
        return FAIL(err, E_CHECK_DIGIT, .value = text,
                    .words = S("バーコードの検査数字が合いません。もう一度読み取ってください。"));
    *kind = (BarKind)first;
    *digits = inside;
    return true;
}

Str bar_text(Arena *arena, BarKind kind, Str digits)
{
    assert(bar_digits((char)kind) == 0 || digits.len == bar_digits((char)kind));
    return str_format(arena, "%c%.*s%d%c", (char)kind, STR(digits), check_digit_luhn(digits),
                      (char)kind);
}
