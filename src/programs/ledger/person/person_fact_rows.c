// SPDX-License-Identifier: Apache-2.0
#include "person_fact_rows.h"

#include <assert.h>

#include "counter_rows.h"
#include "key_set.h"

bool fact_accepts(const FactRow *fact)
{
    return str_equal(fact->kind, FACT_ACCEPTS);
}

bool fact_accepts_dose(const FactRow *fact, PartialDate given_on, Str product)
{
    char day[DAY_TEXT_SIZE];
    Cut cut = str_cut(fact->value, ' ');
    return str_equal(cut.head, str_of(partial_date_text(given_on, day))) &&
           str_equal(cut.tail, product);
}

Str fact_accepted_value(Arena *arena, PartialDate given_on, Str product)
{
    assert(product.len > 0);
    char day[DAY_TEXT_SIZE];
    return str_format(arena, "%s %.*s", partial_date_text(given_on, day), STR(product));
}

static const char facts_sql[] =
    "SELECT fact_id, kind, subject, value, since, until, from_act, to_act, source, began, ended,"
    " recognised_on, recognised_by"
    " FROM person_fact WHERE person_id = $1 AND " STANDS("", "$2") " ORDER BY kind, since, fact_id";

static FactRow fact_of(Query *q, int32_t person_id, Arena *arena)
{
    return (FactRow){
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
        .began = column_day(q, 9),
        .ended = column_day(q, 10),
        .recognised_on = column_day(q, 11),
        .recognised_by = column_text(q, 12, arena),
    };
}

bool facts_of_person(Store *store, int32_t person_id, KnownAt known, Arena *arena, FactRows *rows, Error *err)
{
    assert(person_id > 0);
    Query *q = query_begin(store, facts_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_as_known(q, 2, known);
    *rows = (FactRows){0};
    while (query_next(q)) *facts_push(rows, arena) = fact_of(q, person_id, arena);
    return query_end(q, err);
}

static const char facts_of_many_sql[] =
    "SELECT f.fact_id, f.kind, f.subject, f.value, f.since, f.until, f.from_act, f.to_act, f.source,"
    " f.began, f.ended, f.recognised_on, f.recognised_by, f.person_id FROM " KEY_NUMBERS
    " CROSS JOIN person_fact f WHERE f.person_id = b.number AND f.to_act = 2147483647"
    " ORDER BY f.person_id, f.kind, f.since, f.fact_id";

bool facts_of_persons(Store *store, Str persons, Arena *arena, FactRows *rows, Error *err)
{
    Query *q = query_begin(store, facts_of_many_sql, err);
    if (!q) return false;
    bind_text(q, 1, persons);
    *rows = (FactRows){0};
    while (query_next(q))
        *facts_push(rows, arena) = fact_of(q, (int32_t)column_int64(q, 13), arena);
    return query_end(q, err);
}

static bool comes_later(const FactRow *a, const FactRow *b)
{
    int order = str_order(a->kind, b->kind);
    return order > 0 || (order == 0 && a->since > b->since);
}

void facts_place(FactRows *rows, const FactRow *fact, Arena *arena)
{
    assert(fact->person_id > 0);
    assert(!rows->count || rows->at[0].person_id == fact->person_id);
    ptrdiff_t at = rows->count;
    (void)facts_push(rows, arena);
    for (; at > 0 && comes_later(&rows->at[at - 1], fact); at--) rows->at[at] = rows->at[at - 1];
    rows->at[at] = *fact;
}

static const char fact_insert_sql[] =
    "INSERT INTO person_fact (fact_id, person_id, kind, subject, value, since, until, from_act,"
    " to_act, source, row_id, began, ended, recognised_on, recognised_by)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";

static void bind_fact(Query *q, const FactRow *fact)
{
    assert(fact->fact_id > 0 && fact->fact_id < PROVISIONAL);
    assert(fact->person_id > 0);
    assert(fact->kind.len > 0);
    assert(fact->from_act > 0 && fact->from_act < fact->to_act);
    assert(fact->began == DAY_NONE || fact->ended == DAY_NONE || fact->began <= fact->ended);
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
    bind_day(q, 12, fact->began);
    bind_day(q, 13, fact->ended);
    bind_day(q, 14, fact->recognised_on);
    bind_text(q, 15, fact->recognised_by);
}

bool facts_insert(Store *store, const FactRow *const *facts, ptrdiff_t count, Error *err)
{
    assert(count >= 0);
    Query *q = query_begin(store, fact_insert_sql, err);
    if (!q) return false;
    for (ptrdiff_t i = 0; i < count; i++) {
        bind_fact(q, facts[i]);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

static const char fact_end_sql[] = "UPDATE person_fact SET to_act = $1 WHERE fact_id = $2";

bool facts_end(Store *store, const LedgerAct *act, const int32_t *fact_ids, ptrdiff_t count, Error *err)
{
    assert(act->no > 0);
    assert(count >= 0);
    Query *q = query_begin(store, fact_end_sql, err);
    if (!q) return false;
    for (ptrdiff_t i = 0; i < count; i++) {
        bind_int64(q, 1, act->no);
        bind_int64(q, 2, fact_ids[i]);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}
