// SPDX-License-Identifier: Apache-2.0
#include "register_rows.h"

#include <string.h>

// ---- reading

static const char person_sql[] =
    "SELECT " PERSON_COLUMNS " FROM person WHERE addressee_no = $1";

PersonRow person_row(Query *q)
{
    return (PersonRow){.person_id = column_int64(q, 0),
                       .status = (int32_t)column_int64(q, 1),
                       .version_no = (int32_t)column_int64(q, 2),
                       .number_id = column_int64(q, 3),
                       .household_key = column_int64(q, 4),
                       .protection = (int32_t)column_int64(q, 5),
                       .held = column_int64(q, 6) != 0};
}

bool person_find(Store *store, const AddresseeNo *who, PersonRow *person, Error *err)
{
    *person = (PersonRow){0};
    Query *q = query_begin(store, person_sql, err);
    if (!q) return false;
    bind_text(q, 1, addressee_text(who));
    if (query_next(q)) *person = person_row(q);
    return query_end(q, err);
}

bool history_row(Query *q, Keys *keys, Arena *arena, RegisterVersion *version, Error *err)
{
    *version = (RegisterVersion){.version_no = (int32_t)column_int64(q, 1),
                                 .event_reason = (int32_t)column_int64(q, 2),
                                 .occurred_on = column_day(q, 3),
                                 .vague_days = (int32_t)column_int64(q, 7),
                                 .reported_on = column_day(q, 4),
                                 .withdrawn_by = (int32_t)column_int64(q, 5)};
    return state_read(q, HISTORY_STATE, keys, column_int64(q, 0), column_bytes(q, 6, arena), arena,
                      &version->state, err);
}

static const char history_sql[] =
    "SELECT " HISTORY_COLUMNS " FROM register_version v WHERE v.person_id = $1 ORDER BY v.version_no";

bool person_history(Store *store, Keys *keys, int64_t person_id, Arena *arena,
                    RegisterVersionRows *history, Error *err)
{
    bool opened = true;
    *history = (RegisterVersionRows){0};
    Query *q = query_begin(store, history_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    while (opened && query_next(q)) opened = history_row(q, keys, arena, register_versions_push(history, arena), err);
    Error closing = {0};
    if (query_end(q, &closing)) return opened;
    if (opened) *err = closing;
    return false;
}

static const char residents_sql[] =
    "SELECT coalesce(sum(CASE WHEN status = 1 THEN 1 ELSE 0 END), 0),"
    " coalesce(max(person_id), 0) FROM person";

bool residents_count(Store *store, int64_t *count, int64_t *highest_id, Error *err)
{
    Query *q = query_begin(store, residents_sql, err);
    if (!q) return false;
    if (query_next(q)) {
        *count = column_int64(q, 0);
        *highest_id = column_int64(q, 1);
    }
    return query_end(q, err);
}

static const char unseen_sql[] = "SELECT " PERSON_COLUMNS " FROM person"
                                 " WHERE status = 1 AND person_id <= $1 ORDER BY person_id";

bool residents_unseen(Store *store, const unsigned char *seen, int64_t highest_id, Arena *arena,
                      PersonRows *unseen, Error *err)
{
    PersonRows found = {0};
    Query *q = query_stream(store, unseen_sql, err);
    if (!q) return false;
    bind_int64(q, 1, highest_id);
    while (query_next(q)) {
        int64_t id = column_int64(q, 0);
        if (seen[id / 8] >> id % 8 & 1) continue;
        *persons_push(&found, arena) = person_row(q);
    }
    if (!query_end(q, err)) return false;
    *unseen = found;
    return true;
}

// ---- households

static bool names_no_household(Str household_no)
{
    for (ptrdiff_t i = 0; i < household_no.len; i++)
        if (household_no.at[i] != '0') return false;
    return true;
}

int64_t household_key(const Keys *keys, int64_t person_id, Str household_no)
{
    int64_t key = 0;
    if (names_no_household(household_no)) return -person_id;  // alone
    Sha256 index = keys_index(
        keys, S("household"), (Bytes){(const unsigned char *)household_no.at, household_no.len});
    memcpy(&key, index.at, sizeof key);
    return key ? key : 1;  // 0 says that nobody made it yet
}
