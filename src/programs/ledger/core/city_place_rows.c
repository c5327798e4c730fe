// SPDX-License-Identifier: Apache-2.0
#include "city_place_rows.h"

#include "municipality.h"

enum { WARDS_MOST = 40 };

static const char somewhere_sql[] =
    "SELECT municipality_code FROM resident_version WHERE municipality_code IS NOT NULL"
    " AND status = 1 ORDER BY version_id LIMIT 1";

static bool somewhere(Store *store, Arena *arena, Str *code, Error *err)
{
    Query *q = query_begin(store, somewhere_sql, err);
    if (!q) return false;
    *code = (Str){0};
    if (query_next(q)) *code = column_text(q, 0, arena);
    return query_end(q, err);
}

bool city_places(Store *store, Arena *arena, AddressPlaces *places, Error *err)
{
    Str text;
    const MunicipalityTable *table;
    MunicipalityCode code;
    Error unread;
    *places = (AddressPlaces){0};
    if (!somewhere(store, arena, &text, err)) return false;
    if (!str_present(text) || !municipality_code_parse(text, &code, NULL, &unread)) return true;
    if (!municipality_load(arena, &table, err)) return false;

    MunicipalityCode answering = municipality_answering(table, code);
    const Municipality *city = municipality_find(table, &answering);
    if (!city) return true;
    Str *wards = NEW(arena, Str, WARDS_MOST);
    *places = (AddressPlaces){
        .prefecture = city->prefecture,
        .city = city->name,
        .wards = wards,
        .ward_count = municipality_wards(table, &answering, wards, WARDS_MOST),
    };
    return true;
}
