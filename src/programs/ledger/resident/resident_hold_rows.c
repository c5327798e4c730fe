// SPDX-License-Identifier: Apache-2.0
#include "resident_hold_rows.h"

#include <assert.h>

#include "work_rows.h"

static WorkItem item_of(WorkKind kind, int32_t person_id, Str addressee_no)
{
    return (WorkItem){.kind = kind,
                      .person_id = person_id,
                      .subject = person_id ? (Str){0} : addressee_no,
                      .words = person_id ? (Str){0} : addressee_no};
}

bool resident_hold_store(Store *store, const LedgerAct *act, int32_t person_id,
                         const PersonChange *change, Error *err)
{
    assert(act->no > 0);
    assert(change->hold != HOLD_NONE);
    WorkKind kind = change->hold == HOLD_UNTELLABLE ? WORK_CHANGE_HELD : WORK_REGISTER_HELD;
    WorkItem item = item_of(kind, person_id, change->addressee_no);
    if (change->hold == HOLD_ENDED) return work_close(store, act, &item, err);
    return work_open(store, act, &item, err);
}

bool resident_hold_healed(Store *store, const LedgerAct *act, int32_t person_id,
                          Str addressee_no, Error *err)
{
    assert(addressee_no.len > 0);
    WorkItem known = item_of(WORK_CHANGE_HELD, person_id, addressee_no);
    WorkItem unknown = item_of(WORK_CHANGE_HELD, 0, addressee_no);
    return work_close(store, act, &known, err) &&
           work_close(store, act, &unknown, err);
}

static const char open_sql[] = "SELECT count(*) FROM work WHERE to_act = 2147483647"
                               " AND kind = 'change_held'";

bool resident_holds_open(Store *store, int64_t *open, Error *err)
{
    *open = 0;
    Query *q = query_begin(store, open_sql, err);
    if (!q) return false;
    if (query_next(q)) *open = column_int64(q, 0);
    return query_end(q, err);
}

static const char held_sql[] =
    "SELECT kind FROM work WHERE " STANDS("", "$2")
    " AND kind IN ('register_held', 'change_held') AND person_id = $1 ORDER BY work_id";

bool resident_held(Store *store, int32_t person_id, KnownAt known, Str *held, Error *err)
{
    assert(person_id > 0);
    *held = (Str){0};
    Query *q = query_begin(store, held_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_as_known(q, 2, known);
    if (query_next(q)) *held = work_kind_named(column_view(q, 0));
    return query_end(q, err);
}
