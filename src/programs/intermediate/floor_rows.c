// SPDX-License-Identifier: Apache-2.0
#include "floor_rows.h"

static const char table_sql[] = "CREATE TABLE floor_row (row_id integer PRIMARY KEY, content bytea NOT NULL);";
static const EmbeddedFile tables[] = {{"0001_floor.sql", {table_sql, sizeof table_sql - 1}}};

bool floor_open(Str folder, Arena *arena, Store **store, Error *err)
{
    return store_open(str_format(arena, "sqlite:%.*s/floor.db", STR(folder)), arena, store, err) &&
           store_migrate(*store, tables, countof(tables), err);
}

bool floor_commit(Store *store, Bytes row, int rows, Error *err)
{
    if (!store_begin(store, err)) return false;
    Query *q = query_begin(store, "INSERT INTO floor_row (content) VALUES ($1)", err);
    if (!q) return false;
    for (int i = 0; i < rows; i++) {
        bind_bytes(q, 1, row);
        if (!query_again(q)) break;
    }
    return query_end(q, err) && store_commit(store, err);
}
