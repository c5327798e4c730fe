// SPDX-License-Identifier: Apache-2.0
#include "code_rows.h"

#include <assert.h>
#include <string.h>

_Static_assert(DOUBT_OWES_TELLING == 1 && DOUBT_TOLD == 2 && DOUBT_OWES_LIFTING == 3, "as the statements below say");


static const char owes_sql[] = "UPDATE unified_person SET code_step = $2 WHERE person_id = $1";

bool code_owes(Store *store, int64_t person_id, CodeOwed owed, Error *err)
{
    assert(person_id > 0);
    assert(owed <= CODE_OWES_RECONCILE);
    Query *q = query_begin(store, owes_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_int64(q, 2, owed);
    return query_run(q, err);
}

static const char owes_again_sql[] = "UPDATE unified_person SET code_step = $2 WHERE person_id = $1 AND code_step IN (0, 2)"
                                     " AND withdrawn = 0";

bool code_owes_again(Store *store, int64_t person_id, Error *err)
{
    Query *q = query_begin(store, owes_again_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_int64(q, 2, CODE_OWES_ASKING);
    return query_run(q, err);
}

// ---- who owes

#define STOPPED                                                                                          \
    "EXISTS (SELECT 1 FROM unified_work w WHERE w.person_id = p.person_id AND w.done_at IS NULL"         \
    " AND w.stops > 0) OR EXISTS (SELECT 1 FROM unified_work w WHERE w.other_id = p.person_id"           \
    " AND w.done_at IS NULL AND w.stops > 0)"

static const char owing_sql[] =
    "SELECT p.person_id, p.acquisition FROM unified_person p WHERE p.code_step = $1 AND p.person_id > $2"
    " AND (p.code_step > 2 OR (p.withdrawn = 0 AND NOT (" STOPPED "))) ORDER BY p.person_id LIMIT $3";

static AcquisitionNo acquisition_of(Bytes kept)
{
    AcquisitionNo no = {{0}};
    if (kept.len == sizeof no.at) memcpy(no.at, kept.at, sizeof no.at);
    return no;
}

static bool owing_read(Store *store, const char *sql, int64_t owed, int64_t after, Arena *arena, CodeDebts *debts, Error *err)
{
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    bind_int64(q, 1, owed);
    bind_int64(q, 2, after);
    bind_int64(q, 3, CODE_DEBTS_MOST);
    while (query_next(q))
        *code_debts_push(debts, arena) = (CodeDebt){.person.person_id = column_int64(q, 0),
                                                    .acquisition = acquisition_of(column_bytes(q, 1, arena))};
    return query_end(q, err);
}

static bool people_read(Store *store, Keys *keys, Arena *arena, CodeDebts *debts, Error *err)
{
    VEC_EACH (CodeDebt, debt, *debts)
        if (!unified_of_id(store, keys, debt->person.person_id, arena, &debt->person, err)) return false;
    return true;
}

bool code_debts(Store *store, Keys *keys, CodeOwed owed, int64_t after, Arena *arena, CodeDebts *debts, Error *err)
{
    assert(owed > CODE_OWES_NOTHING && owed <= CODE_OWES_RECONCILE);
    assert(after >= 0);
    *debts = (CodeDebts){0};
    if (!owing_read(store, owing_sql, owed, after, arena, debts, err)) return false;
    VEC_EACH (CodeDebt, debt, *debts) debt->owed = owed;
    return people_read(store, keys, arena, debts, err);
}

// ---- whose link is doubted

static bool doubt_moved(Store *store, const char *sql, int64_t person_id, Error *err)
{
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    return query_run(q, err);
}

static const char begins_sql[] =
    "UPDATE unified_person SET doubt = 1 WHERE person_id = $1 AND doubt IN (0, 3)";

bool doubt_begins(Store *store, int64_t person_id, Error *err)
{
    return doubt_moved(store, begins_sql, person_id, err);
}

static const char ends_sql[] =
    "UPDATE unified_person SET doubt = 3 WHERE person_id = $1 AND doubt IN (1, 2) AND NOT EXISTS"
    " (SELECT 1 FROM unified_work w WHERE w.done_at IS NULL AND w.kind IN ('NUMBER_CLASH', 'NUMBER_REVIEW', 'CODE_CLASH')"
    " AND (w.person_id = $1 OR w.other_id = $1))";

bool doubt_ends(Store *store, int64_t person_id, Error *err)
{
    return doubt_moved(store, ends_sql, person_id, err);
}

static const char doubt_sql[] = "SELECT doubt FROM unified_person WHERE person_id = $1";

bool doubt_of(Store *store, int64_t person_id, LinkDoubt *doubt, Error *err)
{
    *doubt = DOUBT_NONE;
    Query *q = query_begin(store, doubt_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    if (query_next(q)) *doubt = (LinkDoubt)column_int64(q, 0);
    return query_end(q, err);
}

static const char doubting_sql[] = "SELECT p.person_id, p.acquisition FROM unified_person p WHERE p.doubt = $1 AND p.doubt > 0"
                                   " AND p.person_id > $2 ORDER BY p.person_id LIMIT $3";

bool doubt_debts(Store *store, Keys *keys, LinkDoubt owes, int64_t after, Arena *arena, CodeDebts *debts, Error *err)
{
    *debts = (CodeDebts){0};
    return owing_read(store, doubting_sql, owes, after, arena, debts, err) && people_read(store, keys, arena, debts, err);
}

static const char told_sql[] = "UPDATE unified_person SET doubt = CASE WHEN doubt = 1 THEN 2 ELSE 0 END"
                               " WHERE person_id = $1 AND doubt = $2";

bool doubt_told(Store *store, int64_t person_id, LinkDoubt owed, Error *err)
{
    Query *q = query_begin(store, told_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_int64(q, 2, owed);
    return query_run(q, err);
}

// ---- how they stand

static const char answered_sql[] =
    "UPDATE unified_person SET code_step = $2, code_state = $3, acquisition = $4 WHERE person_id = $1";

bool code_answered(Store *store, int64_t person_id, CodeState state, const AcquisitionNo *acquisition, Error *err)
{
    assert(person_id > 0);
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

// ---- one person's

static const char of_person_sql[] = "SELECT code_state, code_failure, code_doubted FROM unified_person WHERE person_id = $1";

bool code_of_person(Store *store, int64_t person_id, CodeNews *news, Error *err)
{
    *news = (CodeNews){0};
    Query *q = query_begin(store, of_person_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    if (query_next(q))
        *news = (CodeNews){(CodeState)column_int64(q, 0), (CodeFailure)column_int64(q, 1), column_int64(q, 2) != 0};
    return query_end(q, err);
}
