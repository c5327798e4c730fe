// SPDX-License-Identifier: Apache-2.0
#include "review_undo_rows.h"

#include <assert.h>

#define DECIDED                                                                                              \
    "SELECT x.row_id, r.file_no, x.act_no, coalesce(x.person_id, 0), coalesce(x.dose_id, 0), x.outcome, r.label," \
    " a.done_by, a.done_at, CASE WHEN z.file_no IS NULL THEN 0 ELSE 1 END, p.addressee_no FROM intake_decision x"\
    " JOIN intake_row r ON r.row_id = x.row_id JOIN act a ON a.act_no = x.act_no"                               \
    " LEFT JOIN intake_closed z ON z.file_no = r.file_no LEFT JOIN person p ON p.person_id = x.person_id WHERE x.to_act = 2147483647"

static const char one_sql[] = DECIDED " AND x.row_id = $1";
static const char file_sql[] = DECIDED " AND (CAST($1 AS integer) = 0 OR r.file_no = $1) AND (CAST($2 AS text) = '' OR a.done_by = $2)"
                                       " ORDER BY x.act_no DESC LIMIT $3";

static DecidedRow decided_here(Query *q, Arena *arena)
{
    Error ignored;
    DecidedRow row = {.row_id = (int32_t)column_int64(q, 0),
                        .file_no = (int32_t)column_int64(q, 1),
                        .act_no = (int32_t)column_int64(q, 2),
                        .person_id = (int32_t)column_int64(q, 3),
                        .dose_id = (int32_t)column_int64(q, 4),
                        .outcome = (IntakeOutcome)column_int64(q, 5),
                        .label = column_text(q, 6, arena),
                        .by = column_text(q, 7, arena),
                        .at = column_instant(q, 8),
                        .file_closed = column_int64(q, 9) != 0};
    if (row.person_id) (void)!addressee_no_parse(column_view(q, 10), &row.who, NULL, &ignored);
    return row;
}

bool review_decided(Store *store, int32_t row_id, Arena *arena, DecidedRow *row, bool *found, Error *err)
{
    Query *q = query_begin(store, one_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row_id);
    *found = query_next(q);
    if (*found) *row = decided_here(q, arena);
    return query_end(q, err);
}

bool review_decided_of_file(Store *store, int32_t file_no, Str by, int most, Arena *arena, DecidedRows *rows, Error *err)
{
    assert(most > 0);
    Query *q = query_begin(store, file_sql, err);
    if (!q) return false;
    bind_int64(q, 1, file_no);
    bind_text(q, 2, by.len ? by : S(""));
    bind_int64(q, 3, most);
    *rows = (DecidedRows){0};
    while (query_next(q)) *decided_rows_push(rows, arena) = decided_here(q, arena);
    return query_end(q, err);
}

// What the decision ended of others, and what it stored that is no dose.
static const char reach_sql[] =
    "SELECT (SELECT count(*) FROM dose WHERE to_act = $1) + (SELECT count(*) FROM not_given WHERE to_act = $1 OR from_act = $1)"
    " + (SELECT count(*) FROM person_fact WHERE to_act = $1 OR from_act = $1) + (SELECT count(*) FROM claim WHERE to_act = $1)"
    " + (SELECT count(*) FROM claim WHERE from_act = $1 AND dose_id IS NULL)"
    " + (SELECT count(*) FROM work WHERE to_act = $1)"
    " + (SELECT count(*) FROM intake_waiting WHERE to_act = $1 AND row_id <> $2)";

bool review_decision_reach(Store *store, const DecidedRow *row, int64_t *others, Error *err)
{
    assert(row->act_no > 0 && row->row_id > 0);
    Query *q = query_begin(store, reach_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->act_no);
    bind_int64(q, 2, row->row_id);
    *others = query_next(q) ? column_int64(q, 0) : 0;
    return query_end(q, err);
}

static const char dose_sql[] = "SELECT dose_id, to_act FROM dose WHERE dose_id = $1 AND from_act = $2";

bool review_stored_dose(Store *store, const DecidedRow *row, int32_t *dose_id, bool *stands, Error *err)
{
    assert(row->act_no > 0);
    *dose_id = 0;
    *stands = true;
    Query *q = query_begin(store, dose_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->dose_id);
    bind_int64(q, 2, row->act_no);
    if (query_next(q)) {
        *dose_id = (int32_t)column_int64(q, 0);
        *stands = column_int64(q, 1) == ACT_OPEN;
    }
    return query_end(q, err);
}

static const char end_sql[] = "UPDATE intake_decision SET to_act = $1 WHERE row_id = $2 AND act_no = $3 AND to_act = 2147483647";
static const char waits_sql[] = "UPDATE intake_waiting SET to_act = 2147483647, outcome = 3 WHERE row_id = $1";

bool review_decision_end(Store *store, const LedgerAct *act, const DecidedRow *row, Error *err)
{
    assert(act->no > row->act_no);
    Query *q = query_begin(store, end_sql, err);
    if (!q) return false;
    bind_int64(q, 1, act->no);
    bind_int64(q, 2, row->row_id);
    bind_int64(q, 3, row->act_no);
    if (!query_run(q, err)) return false;
    q = query_begin(store, waits_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->row_id);
    return query_run(q, err);
}

// ---- files

static const char closing_sql[] =
    "SELECT (SELECT count(*) FROM intake_waiting w JOIN intake_row r ON r.row_id = w.row_id"
    " WHERE r.file_no = f.file_no AND w.to_act = 2147483647 AND w.outcome = 3), a.done_at, a.done_by"
    " FROM intake_file f LEFT JOIN intake_closed z ON z.file_no = f.file_no LEFT JOIN act a ON a.act_no = z.act_no"
    " WHERE f.file_no = $1";

bool intake_closing_read(Store *store, int32_t file_no, Arena *arena, FileClosing *closing, Error *err)
{
    *closing = (FileClosing){0};
    Query *q = query_begin(store, closing_sql, err);
    if (!q) return false;
    bind_int64(q, 1, file_no);
    if (query_next(q))
        *closing = (FileClosing){.waiting = (int32_t)column_int64(q, 0),
                                 .closed = !column_is_null(q, 1),
                                 .at = column_instant(q, 1),
                                 .by = column_text(q, 2, arena)};
    return query_end(q, err);
}

bool intake_file_closed(Store *store, const LedgerAct *act, int32_t file_no, Error *err)
{
    assert(act->no > 0);
    assert(file_no > 0);
    Query *q = query_begin(store, "INSERT INTO intake_closed (file_no, act_no) VALUES ($1, $2)", err);
    if (!q) return false;
    bind_int64(q, 1, file_no);
    bind_int64(q, 2, act->no);
    return query_run(q, err);
}
