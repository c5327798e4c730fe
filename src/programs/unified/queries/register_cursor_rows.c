// SPDX-License-Identifier: Apache-2.0
#include "register_cursor_rows.h"

#include <assert.h>

static const char read_sql[] = "SELECT epoch, next_no, whole FROM register_cursor WHERE cursor_no = 1";

bool register_cursor_read(Store *store, Arena *arena, RegisterCursor *cursor, Error *err)
{
    *cursor = (RegisterCursor){0};
    Query *q = query_begin(store, read_sql, err);
    if (!q) return false;
    if (query_next(q))
        *cursor = (RegisterCursor){column_text(q, 0, arena), column_int64(q, 1), column_int64(q, 2) != 0};
    return query_end(q, err);
}

static const char keep_sql[] = "INSERT INTO register_cursor (cursor_no, epoch, next_no, whole, taken_at)"
                               " VALUES (1, $1, $2, $3, $4) ON CONFLICT (cursor_no)"
                               " DO UPDATE SET epoch = $1, next_no = $2, whole = $3, taken_at = $4";

bool register_cursor_keep(Store *store, const RegisterCursor *cursor, Instant now, Error *err)
{
    assert(now > 0);
    Query *q = query_begin(store, keep_sql, err);
    if (!q) return false;
    bind_text(q, 1, cursor->epoch);
    bind_int64(q, 2, cursor->next_no);
    bind_int64(q, 3, cursor->whole);
    bind_instant(q, 4, now);
    return query_run(q, err);
}
