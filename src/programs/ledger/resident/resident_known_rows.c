// SPDX-License-Identifier: Apache-2.0
#include "resident_known_rows.h"

#include "key_set.h"

static const char persons_sql[] =
    "SELECT DISTINCT p.person_id, p.addressee_no, p.birth, p.sex FROM json_each($1) a CROSS JOIN person p"
    " WHERE p.addressee_no = a.key ORDER BY p.person_id";

static bool persons_read(Store *store, const PersonChangeRows *changes, Arena *arena, Residents *residents,
                         Error *err)
{
    KeySet numbers = {0};
    VEC_EACH (const PersonChange, change, *changes) key_set_add(&numbers, arena, change->addressee_no, 0);
    Query *q = query_begin(store, persons_sql, err);
    if (!q) return false;
    bind_text(q, 1, key_set_text(&numbers, arena));
    while (query_next(q))
        *residents_push(residents, arena) = (Resident){.person_id = (int32_t)column_int64(q, 0),
                                                       .addressee_no = column_text(q, 1, arena),
                                                       .stored = true,
                                                       .birth = column_int64(q, 2),
                                                       .sex = column_int64(q, 3)};
    return query_end(q, err);
}

// The rows of a person follow one another, in the order of the residents.
static Resident *whose(Resident **at, const Resident *end, int64_t person_id)
{
    while (*at < end && (*at)->person_id < person_id) (*at)++;
    return *at < end && (*at)->person_id == person_id ? *at : NULL;
}

static const char versions_sql[] =
    "SELECT v.person_id, v.version_id, v.version_no, v.recorded_at, v.to_act, v.occurred_on, v.birth, v.sex, v.status,"
    " v.printed_name, v.protection, v.name, v.name_kana, v.name_roman, v.alias, v.alias_kana, v.household_no,"
    " v.address, v.building, v.withheld FROM " KEY_NUMBERS " CROSS JOIN resident_version v WHERE v.person_id = b.number"
    " ORDER BY v.person_id, v.version_no, v.version_id";

static KnownVersion version_here(Query *q, Arena *arena)
{
    return (KnownVersion){.version_id = (int32_t)column_int64(q, 1),
                          .version_no = (int32_t)column_int64(q, 2),
                          .recorded_at = column_instant(q, 3),
                          .stands = column_int64(q, 4) == INT32_MAX,
                          .occurred_on = column_day(q, 5),
                          .birth = column_int64(q, 6),
                          .sex = (int32_t)column_int64(q, 7),
                          .status = (int32_t)column_int64(q, 8),
                          .printed_name = (int32_t)column_int64(q, 9),
                          .protection = (int32_t)column_int64(q, 10),
                          .name = column_text(q, 11, arena),
                          .name_kana = column_text(q, 12, arena),
                          .name_roman = column_text(q, 13, arena),
                          .alias = column_text(q, 14, arena),
                          .alias_kana = column_text(q, 15, arena),
                          .household_no = column_text(q, 16, arena),
                          .address = column_text(q, 17, arena),
                          .building = column_text(q, 18, arena),
                          .withheld = column_int64(q, 19)};
}

static bool versions_read(Store *store, Str ids, Residents *residents, Arena *arena, Error *err)
{
    Resident *at = residents->at;
    Query *q = query_begin(store, versions_sql, err);
    if (!q) return false;
    bind_text(q, 1, ids);
    while (query_next(q)) {
        Resident *resident = whose(&at, residents->at + residents->count, column_int64(q, 0));
        if (resident) *known_versions_push(&resident->versions, arena) = version_here(q, arena);
    }
    return query_end(q, err);
}

static const char spans_sql[] =
    "SELECT r.person_id, r.first_day, r.last_day, r.ending, r.vague_days FROM " KEY_NUMBERS " CROSS JOIN residence r"
    " WHERE r.person_id = b.number AND r.to_act = 2147483647 ORDER BY r.person_id, r.span_id";

static bool spans_read(Store *store, Str ids, Residents *residents, Arena *arena, Error *err)
{
    Resident *at = residents->at;
    Query *q = query_begin(store, spans_sql, err);
    if (!q) return false;
    bind_text(q, 1, ids);
    while (query_next(q)) {
        Resident *resident = whose(&at, residents->at + residents->count, column_int64(q, 0));
        if (resident)
            *residence_spans_push(&resident->spans, arena) =
                (ResidenceSpan){.first = column_day(q, 1),
                                .last = column_day(q, 2),
                                .end = (ResidenceEnd)column_int64(q, 3),
                                .vague_days = (int32_t)column_int64(q, 4)};
    }
    return query_end(q, err);
}

bool residents_known(Store *store, const PersonChangeRows *changes, Arena *arena, Residents *residents, Error *err)
{
    KeySet numbers = {0};
    *residents = (Residents){0};
    if (!persons_read(store, changes, arena, residents, err)) return false;
    if (!residents->count) return true;
    VEC_EACH (const Resident, resident, *residents) key_set_add_number(&numbers, arena, resident->person_id);
    Str ids = key_set_text(&numbers, arena);
    return versions_read(store, ids, residents, arena, err) && spans_read(store, ids, residents, arena, err);
}
