// SPDX-License-Identifier: Apache-2.0
#include "resident_forget_rows.h"

#include "city_place_rows.h"
#include "place_key_rows.h"
#include "row_place_rows.h"

typedef struct ClearVersion {
    int64_t version_id;
    Str household_no, address, building;
} ClearVersion;
VEC(ClearVersions, ClearVersion, clear_versions);

static const char clear_sql[] =
    "SELECT version_id, household_no, address, building FROM resident_version"
    " WHERE person_id = $1 AND protection IN (0, 3) AND version_id < $2 ORDER BY version_id";

static bool clear_read(Store *store, const PlannedForget *forget, Arena *arena, ClearVersions *versions, Error *err)
{
    Query *q = query_begin(store, clear_sql, err);
    if (!q) return false;
    bind_int64(q, 1, forget->person_id);
    bind_int64(q, 2, forget->before_version);
    while (query_next(q))
        *clear_versions_push(versions, arena) =
            (ClearVersion){column_int64(q, 0), column_text(q, 1, arena), column_text(q, 2, arena),
                           column_text(q, 3, arena)};
    return query_end(q, err);
}

static const char forget_sql[] =
    "UPDATE resident_version SET protection = $1, household_no = $2, municipality_code = NULL,"
    " postal_code = NULL, town = NULL, lot = NULL, branch = NULL, sub_branch = NULL,"
    " address = NULL, building = NULL, phone = NULL, from_address = NULL, from_building = NULL,"
    " from_municipality = NULL, to_address = NULL, to_building = NULL, to_municipality = NULL,"
    " mail_recipient = NULL, mail_postal_code = NULL, mail_address = NULL, mail_building = NULL"
    " WHERE version_id = $3";

static bool version_forget(Store *store, const Keys *keys, const ClearVersion *version, int32_t protection,
                           Arena scratch, Error *err)
{
    Query *q = query_begin(store, forget_sql, err);
    if (!q) return false;
    bind_int64(q, 1, protection);
    bind_text(q, 2, household_token(keys, version->household_no, &scratch));
    bind_int64(q, 3, version->version_id);
    return query_run(q, err);
}

bool resident_place_forget(Store *store, const Keys *keys, const PlannedForget *forget, Arena scratch, Error *err)
{
    AddressPlaces places;
    ClearVersions versions = {0};
    if (!clear_read(store, forget, &scratch, &versions, err)) return false;
    if (!city_places(store, &scratch, &places, err)) return false;
    VEC_EACH (ClearVersion, v, versions) {
        Arena room = scratch;
        MatchKeys filed = place_keys_filed(keys, v->address, v->building, &places, &room);
        if (!place_keys_add(store, forget->person_id, &filed, err)) return false;
        if (!version_forget(store, keys, v, forget->protection, room, err)) return false;
    }
    return row_places_forget(store, forget->person_id, scratch, err);
}
