// J-LIS: whose Individual Number it is, and by which resident record code the core knows the person.
//
// Law     番号法 第21条の2; 住民基本台帳法 第30条の4. Numbers are found by a keyed index and stored nowhere; record codes are
//         sealed; of kana, birth date, sex and address stands one keyed digest, for they are compared and never told.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "individual_no.h"
#include "link_alias.h"
#include "sealed_column.h"

// What must agree, as somebody says it: folded before it is compared.
typedef struct ResidentFacts {
    Str kana, address;
    PartialDate birth;
    int sex;
} ResidentFacts;

Sha256 resident_facts_index(const Keys *keys, const ResidentFacts *facts, Arena scratch);
Sha256 resident_number_index(const Keys *keys, const IndividualNo *number);
Sha256 resident_record_index(const Keys *keys, const ResidentRecordCode *code);

typedef struct JlisRow {
    int64_t no;  // 0: a new one
    Sha256 number, record, facts;
    bool deleted;
} JlisRow;

MUST bool jlis_by_number(Store *store, const Sha256 *number, JlisRow *row, bool *found, Error *err);
MUST bool jlis_by_record(Store *store, const Sha256 *record, JlisRow *row, bool *found, Error *err);
// Adds the row (its number is then there) or brings it up to date. Inside a writing transaction.
MUST bool jlis_keep(Store *store, Keys *keys, JlisRow *row, const ResidentRecordCode *code, Arena scratch, Error *err);
MUST bool jlis_record_code(Store *store, Keys *keys, int64_t no, Arena scratch, ResidentRecordCode *code, Error *err);

// ---- links of changed record codes (link_alias.h)

// The row of `made`, where there is one, behind those that `rows` has.
MUST bool link_alias_read(Store *store, Keys *keys, const PersonLink *made, Arena *arena, LinkAliasRows *rows,
                          Error *err);
MUST bool link_alias_keep(Store *store, Keys *keys, const LinkAlias *alias, Arena scratch, Error *err);
// What stands for a link wherever it is stored or searched.
Sha256 link_index(const Keys *keys, const PersonLink *link);

extern const SealedColumn jlis_record_sealed, link_alias_sealed;
