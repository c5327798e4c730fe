// SPDX-License-Identifier: Apache-2.0
#include "nw7.h"

#include "check_digit.h"

#include <assert.h>

enum { NARROW = 6, WIDE = 15 };

// Bar, space, bar, space, bar, space, bar; 1 is wide.
static const char *const digit_elements[10] = {
    "0000011", "0000110", "0001001", "1100000", "0010010",
    "1000010", "0100001", "0100100", "0110000", "1001000",
};
static const char *const letter_elements[4] = {"0011010", "0101001", "0001011", "0001110"};

static void put_element(Nw7 *code, int width)
{
    code->widths[code->count++] = (unsigned char)width;
    code->dots += width;
}

static void put_character(Nw7 *code, char c)
{
    if (code->count) put_element(code, NARROW);  // the gap
    const char *elements = c >= 'A' ? letter_elements[c - 'A'] : digit_elements[c - '0'];
    for (int i = 0; elements[i]; i++) put_element(code, elements[i] == '1' ? WIDE : NARROW);
}

Nw7 nw7_of(BarKind kind, Str digits)
{
    assert(digits.len >= 1 && digits.len <= NW7_DIGITS_MAX);
    Nw7 code = {0};
    int length = 0;
    code.contents[length++] = (char)kind;
    for (ptrdiff_t i = 0; i < digits.len; i++) code.contents[length++] = digits.at[i];
    code.contents[length++] = (char)('0' + check_digit_luhn(digits));
    code.contents[length++] = (char)kind;
    for (int i = 0; i < length; i++) put_character(&code, code.contents[i]);
    return code;
}
