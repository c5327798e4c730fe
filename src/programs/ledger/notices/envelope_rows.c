// SPDX-License-Identifier: Apache-2.0
#include "envelope_rows.h"

#include <assert.h>

#include "notice_batch_rows.h"
#include "partial_number.h"

enum { TOLD_LATE_DAYS = 60 };  // a death or a move is told so long after its day, at most

// CROSS JOIN keeps SQLite at the few whose residence has ended: left to itself it begins with every letter.
static const char pull_sql[] =
    "SELECT " PERSON_ROW ", max(e.last_day),"
    " r.run_no, r.as_of, r.reprint_of, max(CASE WHEN n.kind = 'reminder' THEN 1 ELSE 0 END)"
    " FROM residence e CROSS JOIN notice n CROSS JOIN notice_run r CROSS JOIN person p"
    " WHERE e.to_act = 2147483647 AND e.ending > 1 AND e.last_day > $1"
    " AND n.person_id = e.person_id AND n.to_act = 2147483647 AND r.run_no = n.run_no AND r.as_of > $2"
    " AND p.person_id = e.person_id AND (p.status <> 1 OR p.withdrawn <> 0)"
    " GROUP BY " PERSON_ROW ", r.run_no, r.as_of,"
    " r.reprint_of ORDER BY max(e.last_day), r.run_no, p.person_id";

static void row_take(Query *q, Arena *arena, Envelope *row)
{
    const BatchRow batch = {.run_no = (int32_t)column_int64(q, 9),
                            .as_of = column_day(q, 10),
                            .reprint = column_int64(q, 11) > 0,
                            .reminder = column_int64(q, 12) != 0};
    *row = (Envelope){.person = person_row_of(q, arena),
                      .ended = column_day(q, 8),
                      .batch = batch_number(&batch, arena)};
}

bool envelopes_to_pull(Store *store, Day after, Arena *arena, Envelopes *rows, Error *err)
{
    assert(after != DAY_NONE);
    *rows = (Envelopes){0};
    Query *q = query_begin(store, pull_sql, err);
    if (!q) return false;
    bind_day(q, 1, after - TOLD_LATE_DAYS);
    bind_day(q, 2, after);
    while (query_next(q)) row_take(q, arena, envelopes_push(rows, arena));
    return query_end(q, err);
}
