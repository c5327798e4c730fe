// SPDX-License-Identifier: Apache-2.0
#include "origin_rows.h"

#include <assert.h>

#include "counter_rows.h"
#include "key_set.h"
#include "partial_number.h"

#define ORIGIN_COLUMNS                                                                                   \
    "o.origin_id, o.given_on, o.cvx, o.country, o.product_name, o.source, o.decision, o.counts_as,"      \
    " o.physician, o.decided_on, o.replaces, o.person_id"

static const char origins_sql[] =
    "SELECT " ORIGIN_COLUMNS " FROM dose_origin o WHERE o.person_id = $1 AND " STANDS("o.", "$2")
    " ORDER BY o.given_on, o.origin_id";

static const char origins_of_many_sql[] =
    "SELECT " ORIGIN_COLUMNS " FROM " KEY_NUMBERS " CROSS JOIN dose_origin o WHERE o.person_id = b.number"
    " AND o.to_act = 2147483647 ORDER BY o.person_id, o.given_on, o.origin_id";

static OriginRow origin_of(Query *q, Arena *arena)
{
    return (OriginRow){
        .origin_id = (int32_t)column_int64(q, 0),
        .person_id = (int32_t)column_int64(q, 11),
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

bool origins_of_person(Store *store, int32_t person_id, KnownAt known, Arena *arena, OriginRows *rows, Error *err)
{
    assert(person_id > 0);
    Query *q = query_begin(store, origins_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_as_known(q, 2, known);
    *rows = (OriginRows){0};
    while (query_next(q)) *origins_push(rows, arena) = origin_of(q, arena);
    return query_end(q, err);
}

bool origins_of_persons(Store *store, Str persons, Arena *arena, OriginRows *rows, Error *err)
{
    Query *q = query_begin(store, origins_of_many_sql, err);
    if (!q) return false;
    bind_text(q, 1, persons);
    *rows = (OriginRows){0};
    while (query_next(q)) *origins_push(rows, arena) = origin_of(q, arena);
    return query_end(q, err);
}

static const char insert_sql[] =
    "INSERT INTO dose_origin (origin_id, person_id, given_on, cvx, country, product_name, source,"
    " decision, counts_as, physician, decided_on, from_act, to_act, replaces)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

static void bind_origin(Query *q, const LedgerAct *act, const OriginRow *row)
{
    assert(row->origin_id > 0 && row->origin_id < PROVISIONAL);
    assert(row->person_id > 0);
    assert(row->source >= ORIGIN_CERTIFICATE && row->source <= ORIGIN_WORD);
    assert(row->decision == DECISION_NONE || row->decided_on != DAY_NONE);
    assert(row->replaces != row->origin_id);
    assert(act->no > 0);
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
}

bool origins_insert(Store *store, const LedgerAct *act, const OriginRefs *origins, Error *err)
{
    Query *q = query_begin(store, insert_sql, err);
    if (!q) return false;
    VEC_EACH (const OriginRef, origin, *origins) {
        bind_origin(q, act, *origin);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

static const char end_sql[] = "UPDATE dose_origin SET to_act = $1 WHERE origin_id = $2";
// By person first: doses have an index of persons and none of origins.
static const char doses_end_sql[] =
    "UPDATE dose SET to_act = $1 WHERE origin_id = $2 AND to_act = 2147483647 AND person_id = $3";

bool origins_end(Store *store, const LedgerAct *act, const OriginRefs *origins, Error *err)
{
    assert(act->no > 0);
    Query *q = query_begin(store, end_sql, err);
    if (!q) return false;
    VEC_EACH (const OriginRef, origin, *origins) {
        bind_int64(q, 1, act->no);
        bind_int64(q, 2, (*origin)->origin_id);
        if (!query_again(q)) break;
    }
    if (!query_end(q, err)) return false;
    q = query_begin(store, doses_end_sql, err);
    if (!q) return false;
    VEC_EACH (const OriginRef, origin, *origins) {
        bind_int64(q, 1, act->no);
        bind_int64(q, 2, (*origin)->origin_id);
        bind_int64(q, 3, (*origin)->person_id);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}
