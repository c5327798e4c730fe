// SPDX-License-Identifier: Apache-2.0
#include "known_day_rows.h"

#include <assert.h>

static const char days_sql[] =
    "SELECT DISTINCT a.business_day FROM ("
    " SELECT from_act AS act_no FROM dose WHERE person_id = $1"
    " UNION SELECT to_act FROM dose WHERE person_id = $1 AND to_act < 2147483647"
    " UNION SELECT from_act FROM person_fact WHERE person_id = $1"
    " UNION SELECT to_act FROM person_fact WHERE person_id = $1 AND to_act < 2147483647"
    " UNION SELECT from_act FROM resident_version WHERE person_id = $1"
    " UNION SELECT from_act FROM not_given WHERE person_id = $1) t"
    " JOIN act a ON a.act_no = t.act_no ORDER BY a.business_day DESC LIMIT $2";

bool known_days_of(Store *store, int32_t person_id, KnownDays *days, Error *err)
{
    assert(person_id > 0);
    *days = (KnownDays){0};
    Query *q = query_begin(store, days_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_int64(q, 2, KNOWN_DAYS_MOST);
    while (query_next(q) && days->count < KNOWN_DAYS_MOST) days->at[days->count++] = column_day(q, 0);
    return query_end(q, err);
}
