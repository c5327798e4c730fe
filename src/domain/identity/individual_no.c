// SPDX-License-Identifier: Apache-2.0
#include "individual_no.h"

#include <assert.h>
#include <string.h>

#include "check_digit.h"
#include "fold.h"
#include "number_text.h"
#include "utf8.h"

enum { INDIVIDUAL_DIGITS = 12, SHOWN_DIGITS = 4, TYPED_MAX = 64 };

static const NumberShape individual_shape = {
    INDIVIDUAL_DIGITS, INDIVIDUAL_DIGITS, .secret = true,
    .length_words = S("個人番号は12桁の数字です。桁数をお確かめください。")};
static const NumberShape record_shape = {
    11, 11, .secret = true,
    .length_words = S("住民票コードは11桁の数字です。桁数をお確かめください。")};

// explicit_bzero is never optimised away, unlike memset before the end of a scope.
void individual_no_wipe(IndividualNo *no)
{
    explicit_bzero(no, sizeof *no);
}

static bool check_holds(const char *digits, int len)
{
    assert(len > 1);
    return check_digit_mod11((Str){digits, len - 1}) == digits[len - 1] - '0';
}

bool individual_no_parse(Str text, IndividualNo *no, int64_t *wide_digits, Error *err)
{
    INDIVIDUAL_NO_SECRET IndividualNo read = {0};
    if (!number_read(text, &individual_shape, read.digits, wide_digits, err)) return false;
    if (!check_holds(read.digits, INDIVIDUAL_DIGITS))
        return number_check_failed(text, &individual_shape, err);
    *no = read;
    return true;
}

// What people put between groups of digits; blanks are handled beside it.
static bool separator(int32_t code)
{
    static const int32_t signs[] = {'-',    '.',    0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015,
                                    0x2212, 0xFF0D, 0xFF0E, 0x30FC, 0xFF70, 0x30FB, 0xFF65};
    for (int i = 0; i < (int)countof(signs); i++)
        if (code == signs[i]) return true;
    return code == ' ' || code == 0x3000 || code == 0xA0 || code == '\t';
}

bool individual_no_parse_typed(Str text, IndividualNo *no, bool *corrected, Error *err)
{
    char kept[TYPED_MAX];
    ptrdiff_t len = 0;
    bool dropped = false;
    for (ptrdiff_t at = 0; at < text.len;) {
        ptrdiff_t here = at;
        if (separator(utf8_next(text, &at))) {
            dropped = true;
            continue;
        }
        if (len + at - here > TYPED_MAX) break;  // far too long already: the length says so
        memcpy(kept + len, text.at + here, (size_t)(at - here));
        len += at - here;
    }
    int64_t wide = 0;
    bool ok = individual_no_parse((Str){kept, len}, no, &wide, err);
    explicit_bzero(kept, sizeof kept);
    if (ok) *corrected = dropped || wide > 0;
    return ok;
}

bool resident_record_code_parse(Str text, ResidentRecordCode *code, Error *err)
{
    ResidentRecordCode read;
    if (!number_read(text, &record_shape, read.digits, NULL, err)) return false;
    if (!check_holds(read.digits, 11)) return number_check_failed(text, &record_shape, err);
    *code = read;
    return true;
}

bool individual_no_present(const IndividualNo *no)
{
    return no->digits[0] != '\0';
}

bool individual_no_same(const IndividualNo *a, const IndividualNo *b)
{
    unsigned char different = 0;
    for (size_t i = 0; i < sizeof a->digits; i++)
        different |= (unsigned char)((unsigned char)a->digits[i] ^ (unsigned char)b->digits[i]);
    return different == 0;
}

const char *individual_no_mask(const IndividualNo *no, char text[INDIVIDUAL_NO_MASK_SIZE])
{
    memset(text, '*', INDIVIDUAL_DIGITS - SHOWN_DIGITS);
    memcpy(text + INDIVIDUAL_DIGITS - SHOWN_DIGITS, no->digits + INDIVIDUAL_DIGITS - SHOWN_DIGITS,
           SHOWN_DIGITS);
    text[INDIVIDUAL_DIGITS] = '\0';
    if (!individual_no_present(no)) text[0] = '\0';
    return text;
}
