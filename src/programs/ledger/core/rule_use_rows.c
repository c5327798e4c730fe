// SPDX-License-Identifier: Apache-2.0
#include "rule_use_rows.h"

static const char last_sql[] =
    "SELECT version, from_act FROM rule_use ORDER BY from_act DESC LIMIT 1";
static const char insert_sql[] =
    "INSERT INTO rule_use (from_act, version, law_as_of) VALUES ($1, $2, $3)";

// `since` 0: the act before judged by other rules, or none did.
static bool in_use(Store *store, Str version, Arena scratch, int32_t *since, Error *err)
{
    Query *q = query_begin(store, last_sql, err);
    if (!q) return false;
    *since = 0;
    if (query_next(q) && str_equal(column_text(q, 0, &scratch), version))
        *since = (int32_t)column_int64(q, 1);
    return query_end(q, err);
}

bool rule_use_note(Store *store, LedgerAct *act, const Schedule *schedule, Arena scratch,
                   Error *err)
{
    int32_t since;
    Str version = schedule_version(schedule);
    if (!in_use(store, version, scratch, &since, err)) return false;
    act->rules = since ? since : act->no;
    if (since) return true;
    Query *q = query_begin(store, insert_sql, err);
    if (!q) return false;
    bind_int64(q, 1, act->no);
    bind_text(q, 2, version);
    bind_day(q, 3, schedule_law_as_of(schedule));
    return query_run(q, err);
}
