// SPDX-License-Identifier: Apache-2.0
#include "job_rows.h"

static const char unfinished_sql[] =
    "SELECT job_id, state, done, total, cursor_at, input FROM job"
    " WHERE kind = $1 AND state IN ($2, $3) ORDER BY job_id DESC LIMIT 1";
static const char last_sql[] = "SELECT max(job_id) FROM job";
static const char add_sql[] =
    "INSERT INTO job (job_id, kind, input, state, cursor_at, done, total, started_at, started_by, moved_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8)";
static const char move_sql[] =
    "UPDATE job SET state = $1, cursor_at = $2, done = $3, total = $4, moved_at = $5 WHERE job_id = $6";
static const char finish_sql[] =
    "UPDATE job SET state = $1, report = $2, finished_at = $3, moved_at = $3 WHERE job_id = $4";

bool job_row_unfinished(Store *store, Str kind, int64_t state_1, int64_t state_2, Arena *arena,
                        JobRow *row, bool *found, Error *err)
{
    Query *q = query_begin(store, unfinished_sql, err);
    if (!q) return false;
    bind_text(q, 1, kind);
    bind_int64(q, 2, state_1);
    bind_int64(q, 3, state_2);
    JobRow read = {.kind = kind};
    bool there = query_next(q);
    if (there) {
        read.job_id = column_int64(q, 0);
        read.state = column_int64(q, 1);
        read.done = column_int64(q, 2);
        read.total = column_int64(q, 3);
        read.cursor = column_text(q, 4, arena);
        there = sha256_from(column_bytes(q, 5, arena), &read.input);
    }
    if (!query_end(q, err)) return false;
    *found = there;
    *row = read;
    return true;
}

static bool last_job(Store *store, int64_t *job_id, Error *err)
{
    Query *q = query_begin(store, last_sql, err);
    if (!q) return false;
    int64_t last = query_next(q) ? column_int64(q, 0) : 0;
    if (!query_end(q, err)) return false;
    *job_id = last;
    return true;
}

bool job_row_add(Store *store, const JobRow *row, Str started_by, int64_t *job_id, Error *err)
{
    int64_t last;
    if (!last_job(store, &last, err)) return false;
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, last + 1);
    bind_text(q, 2, row->kind);
    bind_bytes(q, 3, sha256_bytes(&row->input));
    bind_int64(q, 4, row->state);
    bind_text(q, 5, row->cursor);
    bind_int64(q, 6, row->done);
    bind_int64(q, 7, row->total);
    bind_instant(q, 8, row->moved_at);
    bind_text(q, 9, started_by);
    if (!query_run(q, err)) return false;
    *job_id = last + 1;
    return true;
}

bool job_row_move(Store *store, const JobRow *row, Error *err)
{
    Query *q = query_begin(store, move_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->state);
    bind_text(q, 2, row->cursor);
    bind_int64(q, 3, row->done);
    bind_int64(q, 4, row->total);
    bind_instant(q, 5, row->moved_at);
    bind_int64(q, 6, row->job_id);
    return query_run(q, err);
}

bool job_row_finish(Store *store, const JobRow *row, Str report, Error *err)
{
    Query *q = query_begin(store, finish_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->state);
    bind_text(q, 2, report);
    bind_instant(q, 3, row->moved_at);
    bind_int64(q, 4, row->job_id);
    return query_run(q, err);
}
