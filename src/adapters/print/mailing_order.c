// SPDX-License-Identifier: Apache-2.0
#include "mailing_order.h"

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static bool digit_at(Str s)
{
    return s.len && s.at[0] >= '0' && s.at[0] <= '9';
}

// Takes the digits in front; leading zeros do not count. Compared by length, then as text, so that no
// number is too long.
static Str number_next(Str *rest)
{
    ptrdiff_t zeros = 0, len = 0;
    while (digit_at(str_from(*rest, len))) len++;
    Str number = str_first(*rest, len);
    while (zeros < len && number.at[zeros] == '0') zeros++;
    *rest = str_from(*rest, len);
    return str_from(number, zeros);
}

int address_number_order(Str a, Str b)
{
    while (a.len && b.len) {
        if (digit_at(a) != digit_at(b)) return digit_at(a) ? -1 : 1;
        int difference;
        if (digit_at(a)) {
            Str left = number_next(&a), right = number_next(&b);
            difference = order(left.len, right.len);
            if (!difference) difference = str_order(left, right);
        } else {
            difference = order((unsigned char)a.at[0], (unsigned char)b.at[0]);
            a = str_from(a, 1);
            b = str_from(b, 1);
        }
        if (difference) return difference;
    }
    return order(a.len, b.len);
}

static int64_t birth_rank(PartialDate d)
{
    return (d.year * 100LL + d.month) * 100 + d.day;
}

int mailing_order(const MailingKey *a, const MailingKey *b)
{
    const int differences[] = {
        order(a->stream, b->stream),
        order(a->envelope, b->envelope),
        order(!a->postal_code.len, !b->postal_code.len),
        str_order(a->postal_code, b->postal_code),
        address_number_order(a->address_number, b->address_number),
        str_order(a->building, b->building),
        str_order(household_text(&a->household), household_text(&b->household)),
        order(birth_rank(a->birth), birth_rank(b->birth)),
    };
    for (int i = 0; i < countof(differences); i++)
        if (differences[i]) return differences[i];
    return addressee_order(&a->who, &b->who);
}
