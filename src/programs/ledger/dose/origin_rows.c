// SPDX-License-Identifier: Apache-2.0
#include "origin_rows.h"

#include "partial_number.h"

static const char origins_sql[] =
    "SELECT origin_id, given_on, cvx, country, product_name, source, decision, counts_as, physician,"
    " decided_on, replaces FROM dose_origin WHERE person_id = $1 AND " STANDS("", "$2")
    " ORDER BY given_on, origin_id";

bool origins_of_person(Store *store, int32_t person_id, KnownAt known, Arena *arena, OriginRows *rows, Error *err)
{
    Query *q = query_begin(store, origins_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_as_known(q, 2, known);
    *rows = (OriginRows){0};
    while (query_next(q)) {
        *origins_push(rows, arena) = (OriginRow){
            .origin_id = (int32_t)column_int64(q, 0),
            .person_id = person_id,
            .given_on = partial_of_number(column_int64(q, 1)),
            .cvx = column_text(q, 2, arena),
            .country = column_text(q, 3, arena),
            .product_name = column_text(q, 4, arena),
            .source = (OriginSource)column_int64(q, 5),
            .decision = (OriginDecision)column_int64(q, 6),
            .counts_as = column_text(q, 7, arena),
            .physician = column_text(q, 8, arena),
            .decided_on = column_day(q, 9),
            .replaces = (int32_t)column_int64(q, 10),
        };
    }
    return query_end(q, err);
}

static const char insert_sql[] =
    "INSERT INTO dose_origin (origin_id, person_id, given_on, cvx, country, product_name, source,"
    " decision, counts_as, physician, decided_on, from_act, to_act, replaces)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

bool origin_insert(Store *store, const LedgerAct *act, const OriginRow *row, Error *err)
{
    Query *q = query_begin(store, insert_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->origin_id);
    bind_int64(q, 2, row->person_id);
    bind_int64(q, 3, partial_number(row->given_on));
    bind_text(q, 4, row->cvx);
    bind_text(q, 5, row->country);
    bind_text(q, 6, row->product_name);
    bind_int64(q, 7, (int64_t)row->source);
    bind_int64(q, 8, (int64_t)row->decision);
    bind_text(q, 9, row->counts_as);
    bind_text(q, 10, row->physician);
    bind_day(q, 11, row->decided_on);
    bind_int64(q, 12, act->no);
    bind_int64(q, 13, ACT_OPEN);
    if (row->replaces)
        bind_int64(q, 14, row->replaces);
    else
        bind_null(q, 14);
    return query_run(q, err);
}

static const char end_sql[] = "UPDATE dose_origin SET to_act = $1 WHERE origin_id = $2";
static const char doses_end_sql[] =
    "UPDATE dose SET to_act = $1 WHERE origin_id = $2 AND to_act = 2147483647 AND person_id = $3";
bool origin_end(Store *store, const OriginRow *row, const LedgerAct *act, Error *err)
{
    Query *q = query_begin(store, end_sql, err);
    if (!q) return false;
    bind_int64(q, 1, act->no);
    bind_int64(q, 2, row->origin_id);
    if (!query_run(q, err)) return false;
    // By person first: doses have an index of persons and none of origins.
    q = query_begin(store, doses_end_sql, err);
    if (!q) return false;
    bind_int64(q, 1, act->no);
    bind_int64(q, 2, row->origin_id);
    bind_int64(q, 3, row->person_id);
    return query_run(q, err);
}
