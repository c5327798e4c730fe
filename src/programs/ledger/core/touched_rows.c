// SPDX-License-Identifier: Apache-2.0
#include "touched_rows.h"

#include <assert.h>

#include "counter_rows.h"

bool act_last(Store *store, int32_t *act_no, Error *err)
{
    int32_t next = 0;
    if (!number_next(store, NUMBER_ACT, &next, err)) return false;
    *act_no = next - 1;
    return true;
}

static const char acts_sql[] =
    "SELECT count(*), sum(CASE WHEN kind IN ('entry', 'facts', 'foreign', 'notices') THEN 1 ELSE 0 END)"
    " FROM act WHERE act_no > $1";

bool acts_since(Store *store, int32_t act_no, ActsSince *acts, Error *err)
{
    assert(act_no >= 0);
    *acts = (ActsSince){0};
    Query *q = query_begin(store, acts_sql, err);
    if (!q) return false;
    bind_int64(q, 1, act_no);
    if (query_next(q)) {
        acts->count = (int32_t)column_int64(q, 0);
        acts->of_persons = column_int64(q, 1) == acts->count;
    }
    return query_end(q, err);
}

static const char persons_sql[] =
    "SELECT l.person_id, p.addressee_no FROM person_last_act l JOIN person p"
    " ON p.person_id = l.person_id WHERE l.act_no > $1 ORDER BY l.person_id LIMIT $2";

bool persons_touched_since(Store *store, int32_t act_no, int32_t most, Arena *arena,
                           TouchedPersons *persons, Error *err)
{
    assert(act_no >= 0);
    assert(most > 0);
    Error ignored;
    *persons = (TouchedPersons){0};
    Query *q = query_begin(store, persons_sql, err);
    if (!q) return false;
    bind_int64(q, 1, act_no);
    bind_int64(q, 2, (int64_t)most + 1);
    while (query_next(q)) {
        TouchedPerson *person = touched_persons_push(persons, arena);
        *person = (TouchedPerson){.person_id = (int32_t)column_int64(q, 0)};
        (void)!addressee_no_parse(column_view(q, 1), &person->who, NULL, &ignored);
    }
    return query_end(q, err);
}
