// SPDX-License-Identifier: Apache-2.0
#include "place_rows.h"

#include <assert.h>

static bool place(Store *store, const char *sql, int64_t *no, Error *err)
{
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    if (query_next(q)) *no = column_int64(q, 0);
    return query_end(q, err);
}

static bool moved(Store *store, const char *sql, int64_t no, Error *err)
{
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    bind_int64(q, 1, no);
    return query_run(q, err);
}

bool letter_place(Store *store, int64_t *letter_no, Error *err)
{
    return place(store, "SELECT letter_no FROM network_place WHERE one = 1", letter_no, err);
}

bool letter_place_move(Store *store, int64_t letter_no, Error *err)
{
    return moved(store, "UPDATE network_place SET letter_no = $1 WHERE one = 1", letter_no, err);
}

bool record_place(Store *store, int64_t *record_no, Error *err)
{
    return place(store, "SELECT record_no FROM network_place WHERE one = 1", record_no, err);
}

bool record_place_move(Store *store, int64_t record_no, Error *err)
{
    return moved(store, "UPDATE network_place SET record_no = $1 WHERE one = 1", record_no, err);
}

static const char list_sql[] = "SELECT list, list_wanted FROM network_place WHERE one = 1";

bool list_kept(Store *store, Arena *arena, Bytes *list, bool *wanted, Error *err)
{
    *list = (Bytes){0};
    Query *q = query_begin(store, list_sql, err);
    if (!q) return false;
    if (query_next(q)) {
        *list = column_bytes(q, 0, arena);
        *wanted = column_int64(q, 1) != 0;
    }
    return query_end(q, err);
}

static const char keep_sql[] = "UPDATE network_place SET list = $1, list_wanted = 0 WHERE one = 1";

bool list_keep(Store *store, Bytes list, Error *err)
{
    assert(list.len > 0);
    Query *q = query_begin(store, keep_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, list);
    return query_run(q, err);
}

static const char want_sql[] = "UPDATE network_place SET list_wanted = 1 WHERE one = 1";

bool list_want(Store *store, Error *err)
{
    Query *q = query_begin(store, want_sql, err);
    return q && query_run(q, err);
}
