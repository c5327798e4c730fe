// Municipalities of Japan, and which city answers for a ward (data/municipalities.csv,
// data/municipality-folding.csv; linkage.md 1.4).
//
// Memory  a table is loaded once into an arena and read by anybody.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "day.h"
#include "office_code.h"

typedef struct Municipality {
    MunicipalityCode code;
    Str prefecture, name, kana;  // 福岡県, 北九州市小倉北区, キタキュウシュウシコクラキタク
} Municipality;

typedef struct MunicipalityTable MunicipalityTable;

MUST bool municipality_load(Arena *arena, const MunicipalityTable **table, Error *err);

// NULL when nobody has this code today.
const Municipality *municipality_find(const MunicipalityTable *table, const MunicipalityCode *code);
// How many are called so: by the whole name (北九州市小倉北区), or a ward without its city's (小倉北区). `one`: of them the
// first.
int municipality_named(const MunicipalityTable *table, Str name, const Municipality **one);
// A city as an organisation of the exchange, as people call it ("福岡県福岡市"); any other by its code.
Str organisation_words(const MunicipalityTable *table, const OrganisationCode *code, Arena *arena);
// The municipality that is asked and that answers: a ward's designated city, the successor of an
// abolished code, else the code itself. 99999 stays 99999: nobody answers there.
MunicipalityCode municipality_answering(const MunicipalityTable *table, MunicipalityCode code);
// Does this code name a place on that day? Old certificates carry old ones: 401021 小倉区 until
// 1974-03-31.
bool municipality_known_on(const MunicipalityTable *table, const MunicipalityCode *code, Day on);
// Wards of a designated city by name without the city's ("小倉北区"), in order of code.
typedef struct MunicipalityWard {
    MunicipalityCode code;
    Str name;
} MunicipalityWard;
int municipality_wards(const MunicipalityTable *table, const MunicipalityCode *city,
                       MunicipalityWard *wards, int room);
