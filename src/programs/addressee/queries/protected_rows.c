// SPDX-License-Identifier: Apache-2.0
#include "protected_rows.h"

#include "key_set.h"
#include "register_columns.h"
#include "sealed_place.h"

// Households with somebody of whom protects_household is true, and those with somebody who is covered.
#define HOUSEHOLDS(its_protection)                             \
    "(SELECT household_key FROM person WHERE protection > 0"   \
    " AND protection = " its_protection " AND status <> 2)"

static const char unsettled_sql[] =
    "SELECT " PERSON_COLUMNS ", 2 FROM person WHERE protection IN (0, 3) AND household_key IN " HOUSEHOLDS("1")
    " UNION ALL SELECT " PERSON_COLUMNS ", 1 FROM person WHERE protection IN (0, 3)"
    " AND household_key IN " HOUSEHOLDS("2") " AND household_key NOT IN " HOUSEHOLDS("1")
    " UNION ALL SELECT " PERSON_COLUMNS ", 0 FROM person WHERE protection > 0 AND protection = 2"
    " AND household_key NOT IN " HOUSEHOLDS("1") " ORDER BY 1";

enum { BESIDE_COLUMN = 7 };

bool protection_unsettled(Store *store, Arena *arena, UnsettledRows *persons, Error *err)
{
    *persons = (UnsettledRows){0};
    Query *q = query_begin(store, unsettled_sql, err);
    if (!q) return false;
    while (query_next(q))
        *unsettled_push(persons, arena) =
            (Unsettled){person_row(q), (Beside)column_int64(q, BESIDE_COLUMN)};
    return query_end(q, err);
}

static const char places_sql[] =
    "SELECT v.change_no, v.sealed_place, p.protection, " STATE_COLUMNS_OF("v.")
    " FROM person p JOIN register_version v ON v.person_id = p.person_id AND v.version_no = p.version_no"
    " WHERE p.protection > 0 AND p.protection <> 3 ORDER BY v.change_no";

enum { PLACE_STATE = 3 };

bool protected_places(Store *store, Keys *keys, Arena *arena, HiddenPlaces *hidden, Error *err)
{
    bool opened = true;
    Error closing = {0};
    *hidden = (HiddenPlaces){0};
    Query *q = query_begin(store, places_sql, err);
    if (!q) return false;
    while (opened && query_next(q)) {
        bool own = column_int64(q, 2) == PROTECTION_OWN;
        opened = state_read(q, PLACE_STATE, keys, column_int64(q, 0), column_bytes(q, 1, arena), arena,
                            person_states_push(own ? &hidden->own : &hidden->covered, arena), err);
    }
    if (query_end(q, &closing)) return opened;
    if (opened) *err = closing;
    return false;
}

static const char unkeyed_sql[] =
    "SELECT " PERSON_COLUMNS " FROM person WHERE household_key = 0 ORDER BY person_id";

bool households_unkeyed(Store *store, Arena *arena, PersonRows *persons, Error *err)
{
    *persons = (PersonRows){0};
    Query *q = query_begin(store, unkeyed_sql, err);
    if (!q) return false;
    while (query_next(q)) *persons_push(persons, arena) = person_row(q);
    return query_end(q, err);
}

typedef struct ClearVersion {
    int64_t change_no;
    PersonState state;
} ClearVersion;
VEC(ClearVersionRows, ClearVersion, clear_versions);

static const char clear_sql[] =
    "SELECT v.change_no, p.protection, v.sealed_place, " STATE_COLUMNS_OF("v.")
    " FROM person p JOIN register_version v ON v.person_id = p.person_id"
    " WHERE p.protection > 0 AND p.protection <> 3 AND v.protection IN (0, 3) ORDER BY v.change_no";

enum { CLEAR_STATE = 3 };

static bool clear_versions_read(Store *store, Keys *keys, Arena *arena, ClearVersionRows *versions,
                                Error *err)
{
    bool opened = true;
    Error closing = {0};
    Query *q = query_begin(store, clear_sql, err);
    if (!q) return false;
    while (opened && query_next(q)) {
        ClearVersion *v = clear_versions_push(versions, arena);
        v->change_no = column_int64(q, 0);
        opened = state_read(q, CLEAR_STATE, keys, v->change_no, column_bytes(q, 2, arena), arena,
                            &v->state, err);
        v->state.protection = (int32_t)column_int64(q, 1);
    }
    if (query_end(q, &closing)) return opened;
    if (opened) *err = closing;
    return false;
}

static const char seal_sql[] =
    "UPDATE register_version SET protection = $1, sealed_place = $2, household_no = NULL,"
    " municipality_code = NULL, postal_code = NULL, town = NULL, lot = NULL, branch = NULL,"
    " sub_branch = NULL, address = NULL, building = NULL, phone = NULL, from_address = NULL,"
    " from_building = NULL, from_municipality = NULL, to_address = NULL, to_building = NULL,"
    " to_municipality = NULL WHERE change_no = $3";

bool clear_places_seal(Store *store, Keys *keys, Arena scratch, Error *err)
{
    ClearVersionRows versions = {0};
    if (!clear_versions_read(store, keys, &scratch, &versions, err)) return false;
    Query *q = versions.count ? query_begin(store, seal_sql, err) : NULL;
    if (!q) return !versions.count;
    Error later = {0};
    bool sealing = true;
    VEC_EACH (const ClearVersion, version, versions) {
        Bytes sealed;
        Arena one = scratch;
        sealing = place_seal(keys, version->change_no, &version->state, &one, &sealed, err);
        if (!sealing) break;
        bind_int64(q, 1, version->state.protection);
        bind_bytes(q, 2, sealed);
        bind_int64(q, 3, version->change_no);
        if (!query_again(q)) break;
    }
    return query_end(q, sealing ? err : &later) && sealing;
}

static const char end_said_sql[] =
    "SELECT t.file_no, f.imported_by, f.imported_account FROM register_task t JOIN feed_file f ON f.file_no = t.file_no"
    " WHERE t.person_id = $1 AND t.effect IN ('REVIEW_UNMASK', 'STAYS_COVERED') AND t.done_at IS NULL"
    " ORDER BY t.task_no DESC LIMIT 1";

bool protection_end_said(Store *store, int64_t person_id, Arena *arena, EndSaid *said, Error *err)
{
    *said = (EndSaid){0};
    Query *q = query_begin(store, end_said_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    if (query_next(q))
        *said = (EndSaid){column_int64(q, 0), column_text(q, 1, arena), column_text(q, 2, arena)};
    return query_end(q, err);
}

static const char ends_said_sql[] =
    "SELECT DISTINCT t.person_id FROM " KEY_NUMBERS " CROSS JOIN register_task t WHERE t.person_id = b.number"
    " AND t.effect IN ('REVIEW_UNMASK', 'STAYS_COVERED') AND t.done_at IS NULL ORDER BY t.person_id";

bool protection_ends_said(Store *store, const UnsettledRows *persons, Arena *arena, PersonNumbers *asked, Error *err)
{
    KeySet numbers = {0};
    *asked = (PersonNumbers){0};
    VEC_EACH (const Unsettled, one, *persons) key_set_add_number(&numbers, arena, one->person.person_id);
    Query *q = query_begin(store, ends_said_sql, err);
    if (!q) return false;
    bind_text(q, 1, key_set_text(&numbers, arena));
    while (query_next(q)) *person_numbers_push(asked, arena) = column_int64(q, 0);
    return query_end(q, err);
}

static const char end_settle_sql[] =
    "UPDATE register_task SET done_by = $1, done_at = $2"
    " WHERE person_id = $3 AND effect IN ('REVIEW_UNMASK', 'STAYS_COVERED') AND done_at IS NULL";

bool protection_end_settle(Store *store, int64_t person_id, Str by, Instant at, Error *err)
{
    Query *q = query_begin(store, end_settle_sql, err);
    if (!q) return false;
    bind_text(q, 1, by);
    bind_instant(q, 2, at);
    bind_int64(q, 3, person_id);
    return query_run(q, err);
}

const char people_protected_sql[] = "SELECT addressee_no FROM person WHERE protection > 0";
