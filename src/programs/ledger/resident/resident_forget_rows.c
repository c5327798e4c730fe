// SPDX-License-Identifier: Apache-2.0
#include "resident_forget_rows.h"

#include "city_place_rows.h"
#include "key_set.h"
#include "place_key_rows.h"
#include "row_place_rows.h"

typedef struct ClearVersion {
    int64_t version_id;
    int32_t person_id, protection;  // that it takes on; 0: none does
    Str household_no, address, building;
} ClearVersion;
VEC(ClearVersions, ClearVersion, clear_versions);

static const char clear_sql[] =
    "SELECT v.version_id, v.person_id, v.household_no, v.address, v.building FROM " KEY_NUMBERS
    " CROSS JOIN resident_version v WHERE v.person_id = b.number AND v.protection IN (0, 3) ORDER BY v.version_id";

static bool clear_read(Store *store, Str persons, Arena *arena, ClearVersions *versions, Error *err)
{
    Query *q = query_begin(store, clear_sql, err);
    if (!q) return false;
    bind_text(q, 1, persons);
    while (query_next(q))
        *clear_versions_push(versions, arena) = (ClearVersion){.version_id = column_int64(q, 0),
                                                               .person_id = (int32_t)column_int64(q, 1),
                                                               .household_no = column_text(q, 2, arena),
                                                               .address = column_text(q, 3, arena),
                                                               .building = column_text(q, 4, arena)};
    return query_end(q, err);
}

// The first protection that came after a version is the one it takes on.
static void protections_take(ClearVersions *versions, const PlannedForgets *forgets)
{
    VEC_EACH (const PlannedForget, forget, *forgets) {
        VEC_EACH (ClearVersion, v, *versions)
            if (v->person_id == forget->person_id && !v->protection && v->version_id < forget->before_version)
                v->protection = forget->protection;
    }
}

static bool keys_file(Store *store, const Keys *keys, const ClearVersions *versions, Arena scratch, Error *err)
{
    PlaceKeys filed = {0};
    AddressPlaces places;
    if (!city_places(store, &scratch, &places, err)) return false;
    VEC_EACH (const ClearVersion, v, *versions) {
        if (!v->protection) continue;
        MatchKeys of_place = place_keys_filed(keys, v->address, v->building, &places, &scratch);
        VEC_EACH (const Str, key, of_place) *place_keys_push(&filed, &scratch) = (PlaceKey){v->person_id, *key};
    }
    return place_keys_add(store, &filed, err);
}

static const char forget_sql[] =
    "UPDATE resident_version SET protection = $1, household_no = $2, municipality_code = NULL,"
    " postal_code = NULL, town = NULL, lot = NULL, branch = NULL, sub_branch = NULL,"
    " address = NULL, building = NULL, phone = NULL, from_address = NULL, from_building = NULL,"
    " from_municipality = NULL, to_address = NULL, to_building = NULL, to_municipality = NULL"
    " WHERE version_id = $3";

static bool versions_forget(Store *store, const Keys *keys, const ClearVersions *versions, Arena scratch, Error *err)
{
    Query *q = query_begin(store, forget_sql, err);
    if (!q) return false;
    VEC_EACH (const ClearVersion, v, *versions) {
        if (!v->protection) continue;
        bind_int64(q, 1, v->protection);
        bind_text(q, 2, household_token(keys, v->household_no, &scratch));
        bind_int64(q, 3, v->version_id);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

static const char mailings_forget_sql[] = "DELETE FROM mailing_address WHERE person_id = $1";

static bool mailings_forget(Store *store, const PlannedForgets *forgets, Error *err)
{
    Query *q = query_begin(store, mailings_forget_sql, err);
    if (!q) return false;
    VEC_EACH (const PlannedForget, forget, *forgets) {
        bind_int64(q, 1, forget->person_id);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

bool resident_places_forget(Store *store, const Keys *keys, const PlannedForgets *forgets, Arena scratch, Error *err)
{
    KeySet numbers = {0};
    ClearVersions versions = {0};
    if (!forgets->count) return true;
    VEC_EACH (const PlannedForget, forget, *forgets) key_set_add_number(&numbers, &scratch, forget->person_id);
    Str persons = key_set_text(&numbers, &scratch);
    if (!clear_read(store, persons, &scratch, &versions, err)) return false;
    protections_take(&versions, forgets);
    return keys_file(store, keys, &versions, scratch, err) && versions_forget(store, keys, &versions, scratch, err) &&
           row_places_forget(store, persons, scratch, err) && mailings_forget(store, forgets, err);
}
