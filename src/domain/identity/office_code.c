// SPDX-License-Identifier: Apache-2.0
#include "office_code.h"

#include <assert.h>
#include <string.h>

#include "check_digit.h"
#include "number_text.h"

enum { PREFECTURES = 47 };

static const NumberShape institution_shape = {
    10, 10, .length_words = S("医療機関コードは10桁です。桁数をお確かめください。")};
static const NumberShape seven_shape = {
    7, 7, .length_words = S("医療機関コードの後半は7桁です。桁数をお確かめください。")};
static const NumberShape municipality_shape = {
    6, 6, .length_words = S("市区町村コードは6桁です。桁数をお確かめください。")};
static const NumberShape municipality5_shape = {
    5, 5, .length_words = S("市区町村コードは5桁です。桁数をお確かめください。")};
static const NumberShape postal_shape = {
    7, 7, .length_words = S("郵便番号は7桁です。803-0813 のように入力してください。")};
static const NumberShape corporate_shape = {
    13, 13, .length_words = S("法人番号は13桁です。桁数をお確かめください。")};
static const NumberShape insurer_shape = {
    8, 8, .length_words = S("保険者番号・公費負担者番号は8桁です。桁数をお確かめください。")};
static const NumberShape organisation_shape = {
    16, 16, .length_words = S("機関コードは16桁です。桁数をお確かめください。")};

static int two_digits(const char *digits)
{
    return (digits[0] - '0') * 10 + digits[1] - '0';
}

static bool last_is_luhn(const char *digits, int len)
{
    assert(len > 1);
    return check_digit_luhn((Str){digits, len - 1}) == digits[len - 1] - '0';
}

bool institution_code_parse(Str text, InstitutionCode *code, int64_t *wide_digits, Error *err)
{
    InstitutionCode read;
    if (!number_read(text, &institution_shape, read.digits, wide_digits, err)) return false;
    if (!last_is_luhn(read.digits, 10)) return number_check_failed(text, &institution_shape, err);
    *code = read;
    return true;
}

bool institution_code_complete(Str seven, int prefecture, int fee_table, InstitutionCode *code,
                               Error *err)
{
    assert(prefecture >= 1 && prefecture <= PREFECTURES);
    assert(fee_table >= 1 && fee_table <= 9);
    InstitutionCode read;
    if (!number_read(seven, &seven_shape, read.digits + 3, NULL, err)) return false;
    read.digits[0] = (char)('0' + prefecture / 10);
    read.digits[1] = (char)('0' + prefecture % 10);
    read.digits[2] = (char)('0' + fee_table);
    if (!last_is_luhn(read.digits, 10)) return number_check_failed(seven, &seven_shape, err);
    *code = read;
    return true;
}

bool municipality_code_elsewhere(const MunicipalityCode *code)
{
    return memcmp(code->digits, "99999", 5) == 0;
}

// Prefecture 48 may carry a right check digit and is nowhere all the same.
static bool prefecture_known(const MunicipalityCode *code)
{
    int prefecture = two_digits(code->digits);
    return (prefecture >= 1 && prefecture <= PREFECTURES) || municipality_code_elsewhere(code);
}

static bool municipality_unknown(Str text, Error *err)
{
    return FAIL(err, E_CODE_UNKNOWN, .value = text,
                .words =
                    S("市区町村コードの都道府県は01から47までです。コードをお確かめください。"));
}

bool municipality_code_parse(Str text, MunicipalityCode *code, int64_t *wide_digits, Error *err)
{
    MunicipalityCode read;
    if (!number_read(text, &municipality_shape, read.digits, wide_digits, err)) return false;
    if (check_digit_municipality((Str){read.digits, 5}) != read.digits[5] - '0')
        return number_check_failed(text, &municipality_shape, err);
    if (!prefecture_known(&read)) return municipality_unknown(text, err);
    *code = read;
    return true;
}

bool municipality_code_parse5(Str text, MunicipalityCode *code, Error *err)
{
    MunicipalityCode read;
    if (!number_read(text, &municipality5_shape, read.digits, NULL, err)) return false;
    if (!prefecture_known(&read)) return municipality_unknown(text, err);
    read.digits[5] = (char)('0' + check_digit_municipality((Str){read.digits, 5}));
    read.digits[6] = '\0';
    *code = read;
    return true;
}

// The hyphen stands behind the third digit or nowhere, in whichever width.
static Str without_hyphen(Str text, char seven_or_more[32])
{
    static const char *const hyphens[] = {"-", "－", "‐", "−", "ー"};
    for (int i = 0; i < (int)countof(hyphens); i++) {
        Str hyphen = str_of(hyphens[i]);
        ptrdiff_t at = str_find(text, hyphen);
        if (at != 3 && at != 9) continue;  // three digits of one byte or of three
        ptrdiff_t rest = text.len - at - hyphen.len;
        if (at + rest > 31) continue;
        memcpy(seven_or_more, text.at, (size_t)at);
        memcpy(seven_or_more + at, text.at + at + hyphen.len, (size_t)rest);
        return (Str){seven_or_more, at + rest};
    }
    return text;
}

bool postal_code_parse(Str text, PostalCode *code, int64_t *wide_digits, Error *err)
{
    char closed_up[32];
    PostalCode read;
    if (!number_read(without_hyphen(str_trim(text), closed_up), &postal_shape, read.digits,
                     wide_digits, err)) {
        if (err->code != E_MISSING) error_set_value(err, text);  // as it was written, hyphen included
        return false;
    }
    *code = read;
    return true;
}

bool corporate_no_parse(Str text, CorporateNo *no, Error *err)
{
    CorporateNo read;
    if (!number_read(text, &corporate_shape, read.digits, NULL, err)) return false;
    if (check_digit_mod9((Str){read.digits + 1, 12}) != read.digits[0] - '0')
        return number_check_failed(text, &corporate_shape, err);
    *no = read;
    return true;
}

bool insurer_no_parse(Str text, InsurerNo *no, Error *err)
{
    InsurerNo read;
    if (!number_read(text, &insurer_shape, read.digits, NULL, err)) return false;
    if (!last_is_luhn(read.digits, 8)) return number_check_failed(text, &insurer_shape, err);
    *no = read;
    return true;
}

bool organisation_code_parse(Str text, OrganisationCode *code, Error *err)
{
    OrganisationCode read;
    if (!number_read(text, &organisation_shape, read.digits, NULL, err)) return false;
    *code = read;
    return true;
}

bool organisation_code_read(Str text, OrganisationCode *code)
{
    OrganisationCode read = {{0}};
    enum { DIGITS = sizeof read.digits - 1 };
    if (text.len != DIGITS) return false;
    for (ptrdiff_t i = 0; i < text.len; i++)
        if (text.at[i] < '0' || text.at[i] > '9') return false;
    memcpy(read.digits, text.at, DIGITS);
    *code = read;
    return true;
}

Str organisation_shown(const OrganisationCode *code, Arena *arena)
{
    enum { KIND = 5, MUNICIPALITY = 6 };
    return str_format(arena, "%.*s-%.*s-%s", KIND, code->digits, MUNICIPALITY, code->digits + KIND,
                      code->digits + KIND + MUNICIPALITY);
}

CorporateNo corporate_no_of_municipality(const MunicipalityCode *code)
{
    CorporateNo no = {"0000020"};
    memcpy(no.digits + 7, code->digits, 6);
    no.digits[0] = (char)('0' + check_digit_mod9((Str){no.digits + 1, 12}));
    return no;
}

OrganisationCode organisation_code_of_municipality(const MunicipalityCode *code)
{
    OrganisationCode organisation = {"0220100000000000"};
    memcpy(organisation.digits + 5, code->digits, 6);
    return organisation;
}

static Str code_text(const char *digits, ptrdiff_t len)
{
    return digits[0] ? (Str){digits, len} : (Str){0};
}

Str institution_text(const InstitutionCode *code)
{
    return code_text(code->digits, 10);
}
Str municipality_text(const MunicipalityCode *code)
{
    return code_text(code->digits, 6);
}
Str postal_text(const PostalCode *code)
{
    return code_text(code->digits, 7);
}

bool municipality_same(const MunicipalityCode *a, const MunicipalityCode *b)
{
    return memcmp(a->digits, b->digits, sizeof a->digits) == 0;
}

bool postal_same(const PostalCode *a, const PostalCode *b)
{
    return memcmp(a->digits, b->digits, sizeof a->digits) == 0;
}
