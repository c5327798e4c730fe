// SPDX-License-Identifier: Apache-2.0
#include "sync_cursor_rows.h"

#include <assert.h>

static const char cursor_sql[] =
    "SELECT epoch, next_no, picture, withheld FROM sync_batch ORDER BY batch_no DESC LIMIT 1";

bool sync_cursor_read(Store *store, Arena *arena, SyncCursor *cursor, Error *err)
{
    SyncCursor read = {0};
    Query *q = query_begin(store, cursor_sql, err);
    if (!q) return false;
    if (query_next(q))
        read = (SyncCursor){column_text(q, 0, arena), column_int64(q, 1), column_text(q, 2, arena), column_int64(q, 3)};
    if (!query_end(q, err)) return false;
    *cursor = read;
    return true;
}

static const char sync_day_sql[] =
    "SELECT a.business_day FROM sync_batch s JOIN act a ON a.act_no = s.act_no"
    " ORDER BY s.batch_no DESC LIMIT 1";

bool sync_day_read(Store *store, Day *day, Error *err)
{
    *day = DAY_NONE;
    Query *q = query_begin(store, sync_day_sql, err);
    if (!q) return false;
    if (query_next(q)) *day = column_day(q, 0);
    return query_end(q, err);
}

static const char cursor_insert_sql[] =
    "INSERT INTO sync_batch (batch_no, epoch, next_no, picture, changes, act_no, withheld)"
    " SELECT coalesce(max(batch_no), 0) + 1, $1, $2, $3, $4, $5, CAST($6 AS bigint) FROM sync_batch";

bool sync_cursor_save(Store *store, const LedgerAct *act, const SyncCursor *cursor, int32_t changes,
                      Error *err)
{
    assert(act->no > 0);
    assert(cursor->epoch.len > 0);
    assert(cursor->next_no >= 0);
    assert(changes >= 0);
    Query *q = query_begin(store, cursor_insert_sql, err);
    if (!q) return false;
    bind_text(q, 1, cursor->epoch);
    bind_int64(q, 2, cursor->next_no);
    bind_text(q, 3, cursor->picture);
    bind_int64(q, 4, changes);
    bind_int64(q, 5, act->no);
    bind_int64(q, 6, cursor->withheld);
    return query_run(q, err);
}
