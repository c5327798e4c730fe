// SPDX-License-Identifier: Apache-2.0
#include "check_digit.h"

#include <assert.h>

static int digit_at(Str digits, ptrdiff_t i)
{
    char c = digits.at[i];
    assert(c >= '0' && c <= '9');
    return c - '0';
}

int check_digit_mod11(Str body)
{
    assert(body.len == 10 || body.len == 11);
    int sum = 0;
    for (int n = 1; n <= (int)body.len; n++)
        sum += digit_at(body, body.len - n) * (n <= 6 ? n + 1 : n - 5);
    int rest = sum % 11;
    return rest <= 1 ? 0 : 11 - rest;
}

int check_digit_municipality(Str body)
{
    assert(body.len == 5);
    int sum = 0;
    for (int i = 0; i < 5; i++) sum += digit_at(body, i) * (6 - i);
    return (11 - sum % 11) % 10;
}

int check_digit_mod9(Str base)
{
    assert(base.len == 12);
    int sum = 0;
    for (int n = 1; n <= 12; n++) sum += digit_at(base, base.len - n) * (n % 2 ? 1 : 2);
    return 9 - sum % 9;
}

int check_digit_luhn(Str body)
{
    int sum = 0;
    for (ptrdiff_t n = 0; n < body.len; n++) {
        int v = digit_at(body, body.len - 1 - n) * (n % 2 == 0 ? 2 : 1);
        sum += v / 10 + v % 10;
    }
    return (10 - sum % 10) % 10;
}
