// SPDX-License-Identifier: Apache-2.0
#include "office_number_rows.h"

static const char numbers_sql[] =
    "SELECT name, value, set_at, set_by, record_no FROM office_number WHERE ended_at IS NULL ORDER BY name";
static const char number_end_sql[] =
    "UPDATE office_number SET ended_at = $1 WHERE name = $2 AND ended_at IS NULL";
static const char number_add_sql[] =
    "INSERT INTO office_number (number_no, name, value, set_at, set_by, record_no)"
    " SELECT coalesce(max(number_no), 0) + 1, $1, $2, $3, $4, $5 FROM office_number";

bool numbers_read(Store *store, Arena *arena, NumberRows *rows, Error *err)
{
    *rows = (NumberRows){0};
    Query *q = query_begin(store, numbers_sql, err);
    if (!q) return false;
    while (query_next(q))
        *number_rows_push(rows, arena) = (NumberRow){.name = column_text(q, 0, arena),
                                                     .value = column_int64(q, 1),
                                                     .set_at = column_instant(q, 2),
                                                     .set_by = column_text(q, 3, arena),
                                                     .record_no = column_int64(q, 4)};
    return query_end(q, err);
}

bool number_set(Store *store, const NumberRow *row, Error *err)
{
    Query *q = query_begin(store, number_end_sql, err);
    if (!q) return false;
    bind_instant(q, 1, row->set_at);
    bind_text(q, 2, row->name);
    if (!query_run(q, err)) return false;
    q = query_begin(store, number_add_sql, err);
    if (!q) return false;
    bind_text(q, 1, row->name);
    bind_int64(q, 2, row->value);
    bind_instant(q, 3, row->set_at);
    bind_text(q, 4, row->set_by);
    bind_int64(q, 5, row->record_no);
    return query_run(q, err);
}

// The one that counts is what its record says, and no later record says otherwise.
const char numbers_owed_sql[] =
    "SELECT n.number_no FROM office_number n WHERE n.ended_at IS NULL AND (NOT EXISTS"
    " (SELECT 1 FROM audit_leaf a WHERE a.leaf_no = n.record_no AND a.at = n.set_at AND a.command = 'set'"
    " AND a.result = 1 AND a.detail = n.name || ' ' || CAST(n.value AS text))"
    " OR EXISTS (SELECT 1 FROM audit_leaf b WHERE b.leaf_no > n.record_no AND b.command = 'set'"
    " AND b.result = 1 AND b.detail LIKE n.name || ' %')) ORDER BY n.number_no LIMIT 1";
