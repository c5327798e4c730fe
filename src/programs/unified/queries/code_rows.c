// SPDX-License-Identifier: Apache-2.0
#include "code_rows.h"

#include <string.h>

static const char owes_sql[] = "UPDATE unified_person SET code_step = $2 WHERE person_id = $1";

bool code_owes(Store *store, int64_t person_id, CodeOwed owed, Error *err)
{
    Query *q = query_begin(store, owes_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_int64(q, 2, owed);
    return query_run(q, err);
}

// ---- who owes

#define STOPPED                                                                                          \
    "EXISTS (SELECT 1 FROM unified_work w WHERE w.person_id = p.person_id AND w.done_at IS NULL"         \
    " AND w.stops > 0) OR EXISTS (SELECT 1 FROM unified_work w WHERE w.other_id = p.person_id"           \
    " AND w.done_at IS NULL AND w.stops > 0)"

static const char owing_sql[] =
    "SELECT p.person_id, p.acquisition FROM unified_person p WHERE p.code_step = $1 AND p.person_id > $2"
    " AND p.withdrawn = 0 AND (p.code_step > 2 OR NOT (" STOPPED ")) ORDER BY p.person_id LIMIT $3";

static AcquisitionNo acquisition_of(Bytes kept)
{
    AcquisitionNo no = {{0}};
    if (kept.len == sizeof no.at) memcpy(no.at, kept.at, sizeof no.at);
    return no;
}

static bool owing_read(Store *store, CodeOwed owed, int64_t after, Arena *arena, CodeDebts *debts, Error *err)
{
    Query *q = query_begin(store, owing_sql, err);
    if (!q) return false;
    bind_int64(q, 1, owed);
    bind_int64(q, 2, after);
    bind_int64(q, 3, CODE_DEBTS_MOST);
    while (query_next(q))
        *code_debts_push(debts, arena) = (CodeDebt){.person.person_id = column_int64(q, 0),
                                                    .owed = owed,
                                                    .acquisition = acquisition_of(column_bytes(q, 1, arena))};
    return query_end(q, err);
}

bool code_debts(Store *store, Keys *keys, CodeOwed owed, int64_t after, Arena *arena, CodeDebts *debts, Error *err)
{
    *debts = (CodeDebts){0};
    if (!owing_read(store, owed, after, arena, debts, err)) return false;
    VEC_EACH (CodeDebt, debt, *debts)
        if (!unified_of_id(store, keys, debt->person.person_id, arena, &debt->person, err)) return false;
    return true;
}

// ---- how they stand

static const char answered_sql[] =
    "UPDATE unified_person SET code_step = $2, code_state = $3, acquisition = $4 WHERE person_id = $1";

bool code_answered(Store *store, int64_t person_id, CodeState state, const AcquisitionNo *acquisition, Error *err)
{
    static const AcquisitionNo none;
    bool hands = !acquisition_same(acquisition, &none);
    Query *q = query_begin(store, answered_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_int64(q, 2, hands ? CODE_OWES_HANDING : CODE_OWES_NOTHING);
    bind_int64(q, 3, state);
    bind_bytes(q, 4, hands ? (Bytes){acquisition->at, sizeof acquisition->at} : (Bytes){0});
    return query_run(q, err);
}

static const char whose_sql[] = "SELECT person_id FROM unified_person WHERE unified_no = $1";
static const char stands_sql[] =
    "UPDATE unified_person SET code_state = $2, code_failure = $3, code_doubted = $4 WHERE person_id = $1";

bool code_stands(Store *store, const UnifiedNo *no, const CodeNews *news, int64_t *person_id, Error *err)
{
    *person_id = 0;
    Query *q = query_begin(store, whose_sql, err);
    if (!q) return false;
    bind_text(q, 1, unified_text(no));
    if (query_next(q)) *person_id = column_int64(q, 0);
    if (!query_end(q, err)) return false;
    if (!*person_id) return true;
    if (!(q = query_begin(store, stands_sql, err))) return false;
    bind_int64(q, 1, *person_id);
    bind_int64(q, 2, news->state);
    bind_int64(q, 3, news->failure);
    bind_int64(q, 4, news->doubted);
    return query_run(q, err);
}

// ---- the cursor

static const char cursor_sql[] = "SELECT next_no FROM code_cursor WHERE cursor_no = 1";

bool code_cursor_read(Store *store, int64_t *next_no, Error *err)
{
    *next_no = 0;
    Query *q = query_begin(store, cursor_sql, err);
    if (!q) return false;
    if (query_next(q)) *next_no = column_int64(q, 0);
    return query_end(q, err);
}

static const char cursor_keep_sql[] = "INSERT INTO code_cursor (cursor_no, next_no) VALUES (1, $1)"
                                      " ON CONFLICT (cursor_no) DO UPDATE SET next_no = $1";

bool code_cursor_keep(Store *store, int64_t next_no, Error *err)
{
    Query *q = query_begin(store, cursor_keep_sql, err);
    if (!q) return false;
    bind_int64(q, 1, next_no);
    return query_run(q, err);
}
