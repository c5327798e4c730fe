// SPDX-License-Identifier: Apache-2.0
#include "resident_key_rows.h"

#include "matching.h"
#include "name_key.h"
#include "partial_number.h"

static const char forget_versions_sql[] = "DELETE FROM match_version WHERE person_id = $1";
static const char forget_names_sql[] = "DELETE FROM match_name WHERE person_id = $1";

static bool forget(Store *store, const char *sql, int32_t person_id, Error *err)
{
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    return query_run(q, err);
}

static const char standing_sql[] =
    "SELECT occurred_on, birth, sex, name, name_kana, name_roman, alias, alias_kana, household_no,"
    " address, building FROM resident_version WHERE person_id = $1 AND to_act = 2147483647"
    " ORDER BY version_no, version_id";

static Str folded(Query *q, int column, Arena *arena)
{
    Str written = column_view(q, column);
    if (!written.len) return (Str){0};
    NameKey key = name_key(written, arena);
    return name_text(&key, arena);
}

static MatchVersion version_of(Query *q, Arena *arena)
{
    return (MatchVersion){
        .valid = {column_day(q, 0), DAY_NONE},
        .birth = partial_of_number(column_int64(q, 1)),
        .sex = (int32_t)column_int64(q, 2),
        .name = folded(q, 3, arena),
        .name_kana = folded(q, 4, arena),
        .name_roman = folded(q, 5, arena),
        .alias = folded(q, 6, arena),
        .alias_kana = folded(q, 7, arena),
        .household_no = column_text(q, 8, arena),
        .address = column_text(q, 9, arena),
        .building = column_text(q, 10, arena),
    };
}

static bool standing_versions(Store *store, int32_t person_id, Arena *arena,
                              MatchVersionRows *versions, Error *err)
{
    Query *q = query_begin(store, standing_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    *versions = (MatchVersionRows){0};
    while (query_next(q)) {
        MatchVersion v = version_of(q, arena);
        if (versions->count) versions->at[versions->count - 1].valid.last = v.valid.first - 1;
        *match_versions_push(versions, arena) = v;
    }
    return query_end(q, err);
}

static const char version_insert_sql[] =
    "INSERT INTO match_version (match_id, person_id, valid_from, valid_to, birth, sex, name,"
    " name_kana, name_roman, alias, alias_kana, household_no, address, building)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

static bool version_insert(ResidentWriter *writer, int32_t person_id, const MatchVersion *v,
                           Error *err)
{
    Query *q = query_begin(writer->store, version_insert_sql, err);
    if (!q) return false;
    bind_int64(q, 1, writer->next_match++);
    bind_int64(q, 2, person_id);
    bind_day(q, 3, v->valid.first);
    bind_day(q, 4, v->valid.last);
    bind_int64(q, 5, partial_number(v->birth));
    bind_int64(q, 6, v->sex);
    bind_text(q, 7, v->name);
    bind_text(q, 8, v->name_kana);
    bind_text(q, 9, v->name_roman);
    bind_text(q, 10, v->alias);
    bind_text(q, 11, v->alias_kana);
    bind_text(q, 12, v->household_no);
    bind_text(q, 13, v->address);
    bind_text(q, 14, v->building);
    return query_run(q, err);
}

static const char name_insert_sql[] =
    "INSERT INTO match_name (name_key, person_id) VALUES ($1, $2)";

static bool name_listed(const MatchKeys *keys, Str key)
{
    VEC_EACH (const Str, k, *keys)
        if (str_equal(*k, key)) return true;
    return false;
}

static bool names_insert(Store *store, int32_t person_id, const MatchVersionRows *versions,
                         Arena *arena, Error *err)
{
    MatchKeys all = {0};
    VEC_EACH (const MatchVersion, v, *versions) {
        MatchKeys keys = match_version_keys(v, arena);
        VEC_EACH (const Str, key, keys)
            if (!name_listed(&all, *key)) *match_keys_push(&all, arena) = *key;
    }
    VEC_EACH (const Str, key, all) {
        Query *q = query_begin(store, name_insert_sql, err);
        if (!q) return false;
        bind_text(q, 1, *key);
        bind_int64(q, 2, person_id);
        if (!query_run(q, err)) return false;
    }
    return true;
}

bool resident_keys_store(ResidentWriter *writer, int32_t person_id, bool fresh, Arena scratch,
                         Error *err)
{
    Store *store = writer->store;
    MatchVersionRows versions;
    if (!fresh && !forget(store, forget_versions_sql, person_id, err)) return false;
    if (!fresh && !forget(store, forget_names_sql, person_id, err)) return false;
    if (!standing_versions(store, person_id, &scratch, &versions, err)) return false;
    VEC_EACH (const MatchVersion, v, versions)
        if (!version_insert(writer, person_id, v, err)) return false;
    return names_insert(store, person_id, &versions, &scratch, err);
}
