// SPDX-License-Identifier: Apache-2.0
#include "resident_rows.h"

static const char came_sql[] =
    "SELECT v.version_no, v.recorded_at, coalesce(f.name, '')"
    " FROM register_version v LEFT JOIN feed_file f ON f.file_no = v.file_no"
    " WHERE v.person_id = $1 ORDER BY v.version_no";

bool versions_came(Store *store, int64_t person_id, Arena *arena, VersionCames *came, Error *err)
{
    *came = (VersionCames){0};
    Query *q = query_begin(store, came_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    while (query_next(q))
        *version_cames_push(came, arena) = (VersionCame){
            (int32_t)column_int64(q, 0), column_instant(q, 1), column_text(q, 2, arena)};
    return query_end(q, err);
}

static const char household_sql[] =
    "SELECT " HISTORY_COLUMNS ", p.addressee_no FROM person p JOIN register_version v"
    " ON v.person_id = p.person_id AND v.version_no = p.version_no"
    " WHERE p.household_key = $1 ORDER BY v.birth, p.person_id LIMIT $2";

static bool member_read(Query *q, Keys *keys, Arena *arena, HouseholdMember *member, Error *err)
{
    Str number = column_text(q, HISTORY_COLUMN_COUNT, arena);
    return addressee_no_parse(number, &member->who, NULL, err) &&
           history_row(q, keys, arena, &member->now, err);
}

bool household_read(Store *store, Keys *keys, int64_t key, Arena *arena, HouseholdMembers *members,
                    Error *err)
{
    bool read = true;
    *members = (HouseholdMembers){0};
    Query *q = query_begin(store, household_sql, err);
    if (!q) return false;
    bind_int64(q, 1, key);
    bind_int64(q, 2, HOUSEHOLD_SHOWN_MOST);
    while (read && query_next(q))
        read = member_read(q, keys, arena, household_members_push(members, arena), err);
    Error closing = {0};
    if (query_end(q, &closing)) return read;
    if (read) *err = closing;
    return false;
}
