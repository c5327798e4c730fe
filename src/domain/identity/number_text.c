// SPDX-License-Identifier: Apache-2.0
#include "number_text.h"

#include <assert.h>
#include <string.h>

#include "fold.h"
#include "utf8.h"

static Str shown(Str text, const NumberShape *shape)
{
    return shape->secret ? (Str){0} : text;
}

bool number_check_failed(Str text, const NumberShape *shape, Error *err)
{
    assert(shape->max <= NUMBER_DIGITS_MAX);
    return FAIL(err, E_CHECK_DIGIT, .value = shown(text, shape),
                .words = S("検査数字が合いません。番号をもう一度お確かめください。"));
}

static bool all_digits(Str text)
{
    for (ptrdiff_t at = 0; at < text.len;)
        if (fold_digit(utf8_next(text, &at)) < 0) return false;
    return true;
}

static bool plain_digits(Str text)
{
    for (ptrdiff_t i = 0; i < text.len; i++)
        if (text.at[i] < '0' || text.at[i] > '9') return false;
    return true;
}

bool number_read(Str text, const NumberShape *shape, char *digits, int64_t *wide_digits, Error *err)
{
    assert(shape->min > 0 && shape->min <= shape->max);
    assert(shape->max <= NUMBER_DIGITS_MAX);
    // As programs write it, and as a pass over the city reads it a million times.
    if (text.len == shape->max && plain_digits(text)) {
        memcpy(digits, text.at, (size_t)text.len);
        digits[text.len] = '\0';
        return true;
    }
    Str trimmed = fold_trim(text);
    if (trimmed.len == 0)
        return FAIL(err, E_MISSING, .words = S("番号がありません。ご記入ください。"));
    ptrdiff_t count = utf8_count(trimmed);
    if (count < shape->min || count > shape->max)
        return FAIL(err, E_LENGTH, .value = shown(text, shape), .words = shape->length_words);
    if (!all_digits(trimmed))
        return FAIL(err, E_CHARSET, .value = shown(text, shape),
                    .words = S("数字でない文字があります。数字だけでご記入ください。"));

    memset(digits, '0', (size_t)shape->max);
    digits[shape->max] = '\0';
    ptrdiff_t place = shape->max - count;
    for (ptrdiff_t at = 0; at < trimmed.len; place++) {
        ptrdiff_t here = at;
        digits[place] = (char)('0' + fold_digit(utf8_next(trimmed, &at)));
        if (wide_digits && at - here > 1) ++*wide_digits;
    }
    return true;
}
