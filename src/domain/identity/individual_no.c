// SPDX-License-Identifier: Apache-2.0
#include "individual_no.h"

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

// Twelve digits from `start` on, at most one separator between two; where they stand and end.
typedef struct Run {
    char digits[INDIVIDUAL_DIGITS];
    ptrdiff_t at[INDIVIDUAL_DIGITS], end;
} Run;

static bool digit_follows(Str text, ptrdiff_t at)
{
    return at < text.len && fold_digit(utf8_next(text, &at)) >= 0;
}

static bool run_read(Str text, ptrdiff_t start, Run *run)
{
    int count = 0;
    bool gap = true;  // none before the first digit
    for (ptrdiff_t at = start; at < text.len && count < INDIVIDUAL_DIGITS;) {
        ptrdiff_t here = at;
        int32_t code = utf8_next(text, &at);
        int digit = fold_digit(code);
        if (digit < 0 && (gap || !separator(code))) return false;
        gap = digit < 0;
        if (gap) continue;
        run->at[count] = here;
        run->digits[count++] = (char)('0' + digit);
        run->end = at;
    }
    return count == INDIVIDUAL_DIGITS && !digit_follows(text, run->end) &&
           check_holds(run->digits, INDIVIDUAL_DIGITS);
}

// The next number at or behind `*from`. `*from` then stands on its last four digits, which a mask
// leaves: with groups behind them they may begin another.
static bool run_find(Str text, ptrdiff_t *from, Run *run)
{
    bool after_digit = false;
    for (ptrdiff_t at = *from; at < text.len;) {
        ptrdiff_t here = at;
        bool digit = fold_digit(utf8_next(text, &at)) >= 0;
        if (digit && !after_digit && run_read(text, here, run)) {
            *from = run->at[INDIVIDUAL_DIGITS - SHOWN_DIGITS];
            return true;
        }
        after_digit = digit;
    }
    return false;
}

bool individual_no_in_text(Str text)
{
    ptrdiff_t from = 0;
    Run run;
    bool found = run_find(text, &from, &run);
    explicit_bzero(&run, sizeof run);
    return found;
}

Str individual_no_mask_text(Arena *arena, Str text)
{
    Text out = {0};
    Run run;
    ptrdiff_t done = 0;
    for (ptrdiff_t from = 0; run_find(text, &from, &run);)
        for (int i = 0; i < INDIVIDUAL_DIGITS - SHOWN_DIGITS; i++) {
            text_add(&out, arena, (Str){text.at + done, run.at[i] - done});
            text_add_byte(&out, arena, '*');
            done = run.at[i];
            (void)utf8_next(text, &done);
        }
    explicit_bzero(&run, sizeof run);
    if (done == 0) return text;
    text_add(&out, arena, str_from(text, done));
    return text_str(&out);
}
