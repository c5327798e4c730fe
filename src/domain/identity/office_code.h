// Codes of offices and places: institutions, municipalities, postal areas, payees, organisations
// (linkage.md 1.3 to 1.7). Read in the stages of identity.h.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

typedef struct InstitutionCode {
    char digits[11];
} InstitutionCode;  // 保険医療機関コード
typedef struct MunicipalityCode {
    char digits[7];
} MunicipalityCode;  // 全国地方公共団体コード
typedef struct PostalCode {
    char digits[8];
} PostalCode;  // 郵便番号
typedef struct CorporateNo {
    char digits[14];
} CorporateNo;  // 法人番号
typedef struct InsurerNo {
    char digits[9];
} InsurerNo;  // 保険者番号, 公費負担者番号
typedef struct OrganisationCode {
    char digits[17];
} OrganisationCode;  // 機関コード

// Ten digits, Luhn over all of them: prefecture 2, fee table 1, code 7. The seven digits alone cannot be
// proved, so they come with the prefecture and fee table of the clinic list.
MUST bool institution_code_parse(Str text, InstitutionCode *code, int64_t *wide_digits, Error *err);
MUST bool institution_code_complete(Str seven, int prefecture, int fee_table, InstitutionCode *code,
                                    Error *err);

// Six digits with check digit, prefecture 01 to 47 (E_CODE_UNKNOWN beyond). Whether the place exists is
// asked of the table (municipality.h). The five-digit form gets its check digit here. 99999 (abroad, or
// not known where from) is read, and no provider stands behind it: never inquire there.
MUST bool municipality_code_parse(Str text, MunicipalityCode *code, int64_t *wide_digits,
                                  Error *err);
MUST bool municipality_code_parse5(Str text, MunicipalityCode *code, Error *err);
bool municipality_code_elsewhere(const MunicipalityCode *code);  // 99999

// NNN-NNNN or seven digits; there is no check digit.
MUST bool postal_code_parse(Str text, PostalCode *code, int64_t *wide_digits, Error *err);
// 12 digits of base behind their check digit, 1 to 9.
MUST bool corporate_no_parse(Str text, CorporateNo *no, Error *err);
MUST bool insurer_no_parse(Str text, InsurerNo *no, Error *err);
MUST bool organisation_code_parse(Str text, OrganisationCode *code, Error *err);

// 000020 + code
CorporateNo corporate_no_of_municipality(const MunicipalityCode *code);

// 02201 + code + 00000
OrganisationCode organisation_code_of_municipality(const MunicipalityCode *code);
// Sixteen ASCII digits: nothing is folded or padded.
bool organisation_code_read(Str text, OrganisationCode *code);
// "02201-401005-00000" for people and records: sixteen digits in one group would be masked as somebody's number.
Str organisation_shown(const OrganisationCode *code, Arena *arena);

Str institution_text(const InstitutionCode *code);  // {0} for none; points into `code`
Str municipality_text(const MunicipalityCode *code);
Str postal_text(const PostalCode *code);
bool municipality_same(const MunicipalityCode *a, const MunicipalityCode *b);
bool postal_same(const PostalCode *a, const PostalCode *b);
