// SPDX-License-Identifier: Apache-2.0
#include "measure_rows.h"

static const char add_sql[] =
    "INSERT INTO measure (measure_no, person_id, kind, begins_on, ends_on, entered_by, entered_at)"
    " SELECT coalesce(max(measure_no), 0) + 1, CAST($1 AS integer), CAST($2 AS text), CAST($3 AS integer),"
    " CAST($4 AS integer), CAST($5 AS text), CAST($6 AS bigint) FROM measure";

bool measure_insert(Store *store, const MeasureRow *row, Error *err)
{
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->person_id);
    bind_text(q, 2, row->measure.kind);
    bind_day(q, 3, row->measure.begins_on);
    bind_day(q, 4, row->measure.ends_on);
    bind_text(q, 5, row->entered_by);
    bind_instant(q, 6, row->entered_at);
    return query_run(q, err);
}

static const char end_sql[] =
    "UPDATE measure SET ended_by = $1, ended_at = $2 WHERE person_id = $3 AND ended_at IS NULL";

bool measures_end(Store *store, int64_t person_id, Str by, Instant at, Error *err)
{
    Query *q = query_begin(store, end_sql, err);
    if (!q) return false;
    bind_text(q, 1, by);
    bind_instant(q, 2, at);
    bind_int64(q, 3, person_id);
    return query_run(q, err);
}

#define MEASURES                                                                                          \
    "SELECT p.addressee_no, m.person_id, m.kind, m.begins_on, m.ends_on, m.entered_by, m.entered_at,"       \
    " coalesce(m.ended_at, 0), m.ended_by FROM measure m JOIN person p ON p.person_id = m.person_id"

static bool rows_take(Query *q, Arena *arena, MeasureRows *rows, Error *err)
{
    Error unread = {0};
    *rows = (MeasureRows){0};
    while (query_next(q)) {
        MeasureRow *row = measure_rows_push(rows, arena);
        *row = (MeasureRow){.person_id = column_int64(q, 1),
                            .measure = {column_text(q, 2, arena), column_day(q, 3), column_day(q, 4)},
                            .entered_by = column_text(q, 5, arena),
                            .entered_at = column_instant(q, 6),
                            .ended_at = column_instant(q, 7),
                            .ended_by = column_text(q, 8, arena)};
        (void)!addressee_no_parse(column_text(q, 0, arena), &row->who, NULL, &unread);
    }
    return query_end(q, err);
}

static const char of_sql[] = MEASURES " WHERE m.person_id = $1 ORDER BY m.measure_no DESC";

bool measures_of(Store *store, int64_t person_id, Arena *arena, MeasureRows *rows, Error *err)
{
    Query *q = query_begin(store, of_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    return rows_take(q, arena, rows, err);
}

static const char over_sql[] =
    MEASURES " WHERE m.ended_at IS NULL AND m.ends_on < $1 AND p.protection > 0 AND p.protection = 1 AND m.measure_no ="
             " (SELECT max(l.measure_no) FROM measure l WHERE l.person_id = m.person_id) ORDER BY m.ends_on, m.measure_no";

bool measures_over(Store *store, Day today, Arena *arena, MeasureRows *rows, Error *err)
{
    Query *q = query_begin(store, over_sql, err);
    if (!q) return false;
    bind_day(q, 1, today);
    return rows_take(q, arena, rows, err);
}
