// SPDX-License-Identifier: Apache-2.0
#include "today_rows.h"

#include <assert.h>

#include "job.h"
#include "sync_cursor_rows.h"

static const char jobs_sql[] =
    "SELECT coalesce(sum(CASE WHEN state = $1 THEN 1 ELSE 0 END), 0),"
    " coalesce(sum(CASE WHEN state = $2 THEN 1 ELSE 0 END), 0) FROM job WHERE state IN ($1, $2)";

static bool jobs_read(Store *store, TodayRows *rows, Error *err)
{
    Query *q = query_begin(store, jobs_sql, err);
    if (!q) return false;
    bind_int64(q, 1, JOB_RUNNING);
    bind_int64(q, 2, JOB_STOPPED);
    if (query_next(q)) {
        rows->jobs_running = column_int64(q, 0);
        rows->jobs_stopped = column_int64(q, 1);
    }
    return query_end(q, err);
}

static const char files_sql[] =
    "SELECT count(*), coalesce(sum(f.row_count), 0) FROM intake_file f JOIN act a ON a.act_no = f.act_no"
    " WHERE a.business_day = $1";
static const char letters_sql[] =
    "SELECT count(*), coalesce(sum(r.sent), 0) FROM notice_run r JOIN act a ON a.act_no = r.act_no"
    " WHERE a.business_day = $1";

static bool sum_read(Store *store, const char *sql, Day day, int64_t *count, int64_t *sum, Error *err)
{
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    bind_day(q, 1, day);
    if (query_next(q)) {
        *count = column_int64(q, 0);
        *sum = column_int64(q, 1);
    }
    return query_end(q, err);
}

bool today_rows_read(Store *store, Day day, TodayRows *rows, Error *err)
{
    assert(day != DAY_NONE);
    int64_t runs;
    *rows = (TodayRows){.synced = DAY_NONE};
    return jobs_read(store, rows, err) &&
           sum_read(store, files_sql, day, &rows->files_today, &rows->rows_today, err) &&
           sum_read(store, letters_sql, day, &runs, &rows->letters_today, err) &&
           sync_day_read(store, &rows->synced, err);
}
