// SPDX-License-Identifier: Apache-2.0
#include "facts.h"

static const char facts_sql[] =
    "SELECT fact_id, kind, subject, value, since, until, from_act, to_act, source"
    " FROM person_fact WHERE person_id = $1 AND to_act = 2147483647 ORDER BY kind, since, fact_id";

bool facts_of_person(Store *store, int32_t person_id, Arena *arena, FactRows *rows, Error *err)
{
    Query *q = query_begin(store, facts_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    *rows = (FactRows){0};
    while (query_next(q)) {
        *facts_push(rows, arena) = (FactRow){
            .fact_id = (int32_t)column_int64(q, 0),
            .person_id = person_id,
            .kind = column_text(q, 1, arena),
            .subject = column_text(q, 2, arena),
            .value = column_text(q, 3, arena),
            .since = column_day(q, 4),
            .until = column_day(q, 5),
            .from_act = (int32_t)column_int64(q, 6),
            .to_act = (int32_t)column_int64(q, 7),
            .source = column_text(q, 8, arena),
        };
    }
    return query_end(q, err);
}

static const char fact_insert_sql[] =
    "INSERT INTO person_fact (fact_id, person_id, kind, subject, value, since, until, from_act,"
    " to_act, source, row_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

bool fact_insert(Store *store, const FactRow *fact, Error *err)
{
    Query *q = query_begin(store, fact_insert_sql, err);
    if (!q) return false;
    bind_int64(q, 1, fact->fact_id);
    bind_int64(q, 2, fact->person_id);
    bind_text(q, 3, fact->kind);
    bind_text(q, 4, fact->subject);
    bind_text(q, 5, fact->value);
    bind_day(q, 6, fact->since);
    bind_day(q, 7, fact->until);
    bind_int64(q, 8, fact->from_act);
    bind_int64(q, 9, fact->to_act);
    bind_text(q, 10, fact->source);
    bind_int64(q, 11, fact->row_id);
    return query_run(q, err);
}

static const char fact_end_sql[] = "UPDATE person_fact SET to_act = $1 WHERE fact_id = $2";

bool fact_end(Store *store, const LedgerAct *act, int32_t fact_id, Error *err)
{
    Query *q = query_begin(store, fact_end_sql, err);
    if (!q) return false;
    bind_int64(q, 1, act->no);
    bind_int64(q, 2, fact_id);
    return query_run(q, err);
}
