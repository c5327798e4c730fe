// SPDX-License-Identifier: Apache-2.0
#include "order_rows.h"

#include <assert.h>

#define COLUMNS "order_no, state, kind, words, asked_by, ticket, said, made, asked_at, ended_at"

bool order_next_no(Store *store, int32_t *order_no, Error *err)
{
    Query *q = query_begin(store, "SELECT coalesce(max(order_no), 0) + 1 FROM work_order", err);
    if (!q) return false;
    while (query_next(q)) *order_no = (int32_t)column_int64(q, 0);
    return query_end(q, err);
}

static const char insert_sql[] = "INSERT INTO work_order (" COLUMNS ")"
                                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

static Str there(Str text)
{
    return text.len ? text : S("");
}

bool order_insert(Store *store, const OrderRow *row, Error *err)
{
    assert(row->order_no > 0);
    assert(row->state == ORDER_ASKED);
    assert(row->asked_at > 0);
    Query *q = query_begin(store, insert_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->order_no);
    bind_int64(q, 2, row->state);
    bind_text(q, 3, row->kind);
    bind_text(q, 4, row->words);
    bind_text(q, 5, row->asked_by);
    bind_text(q, 6, row->ticket);
    bind_text(q, 7, there(row->said));
    bind_text(q, 8, there(row->made));
    bind_int64(q, 9, row->asked_at);
    bind_int64(q, 10, row->ended_at);
    return query_run(q, err);
}

static OrderRow row_here(Query *q, Arena *arena)
{
    return (OrderRow){.order_no = (int32_t)column_int64(q, 0),
                      .state = (OrderState)column_int64(q, 1),
                      .kind = column_text(q, 2, arena),
                      .words = column_text(q, 3, arena),
                      .asked_by = column_text(q, 4, arena),
                      .ticket = column_text(q, 5, arena),
                      .said = column_text(q, 6, arena),
                      .made = column_text(q, 7, arena),
                      .asked_at = column_instant(q, 8),
                      .ended_at = column_instant(q, 9)};
}

static bool rows_read(Query *q, Arena *arena, OrderRows *rows, Error *err)
{
    *rows = (OrderRows){0};
    while (query_next(q)) *order_rows_push(rows, arena) = row_here(q, arena);
    return query_end(q, err);
}

bool order_find(Store *store, int32_t order_no, Arena *arena, OrderRow *row, bool *found, Error *err)
{
    OrderRows rows;
    Query *q = query_begin(store, "SELECT " COLUMNS " FROM work_order WHERE order_no = $1", err);
    if (!q) return false;
    bind_int64(q, 1, order_no);
    if (!rows_read(q, arena, &rows, err)) return false;
    *found = rows.count == 1;
    if (*found) *row = rows.at[0];
    return true;
}

static const char newest_sql[] = "SELECT " COLUMNS " FROM work_order WHERE ($1 = '' OR kind = $1)"
                                 " ORDER BY order_no DESC LIMIT $2";

bool orders_read(Store *store, Str kind, int most, Arena *arena, OrderRows *rows, Error *err)
{
    assert(most > 0);
    Query *q = query_begin(store, newest_sql, err);
    if (!q) return false;
    bind_text(q, 1, kind.len ? kind : S(""));
    bind_int64(q, 2, most);
    return rows_read(q, arena, rows, err);
}

bool order_take(Store *store, int32_t order_no, bool *taken, Error *err)
{
    Query *q = query_begin(store, "UPDATE work_order SET state = 2 WHERE order_no = $1 AND state = 1", err);
    if (!q) return false;
    bind_int64(q, 1, order_no);
    bool run = query_next(q);
    (void)run;
    *taken = query_changed(q) == 1;
    return query_end(q, err);
}

static const char end_sql[] =
    "UPDATE work_order SET state = $1, ended_at = $2, said = $3, made = $4 WHERE order_no = $5";

bool order_end(Store *store, const OrderRow *row, Error *err)
{
    assert(row->order_no > 0);
    assert(row->state != ORDER_ASKED);
    Query *q = query_begin(store, end_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->state);
    bind_int64(q, 2, row->ended_at);
    bind_text(q, 3, there(row->said));
    bind_text(q, 4, there(row->made));
    bind_int64(q, 5, row->order_no);
    return query_run(q, err);
}

bool orders_before(Store *store, Instant before, Arena *arena, OrderRows *rows, Error *err)
{
    assert(before > 0);
    Query *q = query_begin(store, "SELECT " COLUMNS " FROM work_order WHERE asked_at < $1 AND ended_at > 0 ORDER BY order_no", err);
    if (!q) return false;
    bind_int64(q, 1, before);
    return rows_read(q, arena, rows, err);
}

bool order_forget(Store *store, int32_t order_no, Error *err)
{
    assert(order_no > 0);
    Query *q = query_begin(store, "DELETE FROM work_order WHERE order_no = $1", err);
    if (!q) return false;
    bind_int64(q, 1, order_no);
    return query_run(q, err);
}
