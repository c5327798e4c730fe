// SPDX-License-Identifier: Apache-2.0
#include "city_place_rows.h"

#include <assert.h>

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

typedef struct CityFound {
    const Municipality *city;  // NULL: nobody is known yet
    MunicipalityWard wards[WARDS_MOST];
    int ward_count;
} CityFound;

static bool city_found(Store *store, Arena *arena, CityFound *found, Error *err)
{
    Str text;
    const MunicipalityTable *table;
    MunicipalityCode code;
    Error unread;
    *found = (CityFound){0};
    if (!somewhere(store, arena, &text, err)) return false;
    if (!str_present(text) || !municipality_code_parse(text, &code, NULL, &unread)) return true;
    if (!municipality_load(arena, &table, err)) return false;

    MunicipalityCode answering = municipality_answering(table, code);
    found->city = municipality_find(table, &answering);
    if (found->city)
        found->ward_count = municipality_wards(table, &answering, found->wards, WARDS_MOST);
    return true;
}

bool city_places(Store *store, Arena *arena, AddressPlaces *places, Error *err)
{
    CityFound found;
    *places = (AddressPlaces){0};
    if (!city_found(store, arena, &found, err)) return false;
    if (!found.city) return true;
    Str *wards = NEW(arena, Str, WARDS_MOST);
    for (int i = 0; i < found.ward_count; i++) wards[i] = found.wards[i].name;
    *places = (AddressPlaces){
        .prefecture = found.city->prefecture,
        .city = found.city->name,
        .wards = wards,
        .ward_count = found.ward_count,
    };
    return true;
}

bool city_wards(Store *store, Arena *arena, CityWards *wards, Error *err)
{
    assert(store);
    CityFound found;
    *wards = (CityWards){0};
    if (!city_found(store, arena, &found, err)) return false;
    for (int i = 0; i < found.ward_count; i++)
        *city_wards_push(wards, arena) =
            (CityWard){str_copy(arena, str_of(found.wards[i].code.digits)), found.wards[i].name};
    return true;
}

bool city_itself(Store *store, Arena *arena, CityWard *city, Error *err)
{
    assert(store);
    CityFound found;
    *city = (CityWard){0};
    if (!city_found(store, arena, &found, err)) return false;
    if (found.city) *city = (CityWard){municipality_text(&found.city->code), found.city->name};
    return true;
}
