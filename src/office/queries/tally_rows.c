// SPDX-License-Identifier: Apache-2.0
#include "tally_rows.h"

#include <assert.h>

bool tally_ends_read(Store *store, const Tallies *tallies, TallyEnd ends[TALLIES_MOST], Error *err)
{
    int count = 0;
    assert(tallies->count <= TALLIES_MOST);
    Query *q = query_begin(store, tallies->ends_sql, err);
    if (!q) return false;
    while (query_next(q)) {
        assert(count < tallies->count);
        assert(str_equal(column_view(q, 0), str_of(tallies->rows[count].name)));
        bool empty = column_is_null(q, 1), any = !column_is_null(q, 2),
             tallied = column_int64(q, 3) > 0;
        int64_t highest = column_int64(q, 1), last = column_int64(q, 2);
        ends[count++] = (TallyEnd){.tallied = tallied,
                                   .grown = !tallied || (!empty && (!any || highest > last)),
                                   .any = any,
                                   .last_key = last,
                                   .highest_key = highest};
    }
    if (!query_end(q, err)) return false;
    assert(count == tallies->count);
    return true;
}

#define TALLY_COLUMNS "leaf_no, set_name, last_key, row_count, digest"
static const char write_sql[] =
    "INSERT INTO audit_tally (" TALLY_COLUMNS ") VALUES ($1, $2, $3, $4, $5)";
static const char walk_sql[] =
    "SELECT " TALLY_COLUMNS " FROM audit_tally ORDER BY leaf_no, set_name";
static const char walk_set_sql[] =
    "SELECT " TALLY_COLUMNS " FROM audit_tally WHERE set_name = $1 ORDER BY leaf_no";

bool tally_write(Store *store, const TallyRow *row, Error *err)
{
    assert(row->leaf_no > 0);
    assert(row->row_count >= 0);
    assert(row->any || row->row_count == 0);
    assert(row->digest.len > 0);
    Query *q = query_begin(store, write_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->leaf_no);
    bind_text(q, 2, row->set_name);
    if (row->any)
        bind_int64(q, 3, row->last_key);
    else
        bind_null(q, 3);
    bind_int64(q, 4, row->row_count);
    bind_bytes(q, 5, row->digest);
    return query_run(q, err);
}

static const char at_most_sql[] = "SELECT leaf_no, last_key FROM audit_tally WHERE set_name = $1 AND last_key <= $2"
                                  " ORDER BY leaf_no DESC LIMIT 1";

bool tally_at_most(Store *store, const char *set_name, int64_t key, TallyRow *row, Error *err)
{
    *row = (TallyRow){0};
    Query *q = query_begin(store, at_most_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(set_name));
    bind_int64(q, 2, key);
    if (query_next(q)) *row = (TallyRow){.leaf_no = column_int64(q, 0), .any = true, .last_key = column_int64(q, 1)};
    return query_end(q, err);
}

static const char erased_sql[] = "SELECT detail FROM audit_leaf WHERE (command = 'erase' OR command LIKE 'erase --%')"
                                 " AND result = 1 AND detail LIKE $1 || ' %' ORDER BY leaf_no DESC LIMIT 1";

bool tally_erased_until(Store *store, const char *set_name, int64_t *record_no, Error *err)
{
    *record_no = 0;
    Query *q = query_begin(store, erased_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(set_name));
    if (query_next(q) && !str_int64(str_cut(column_view(q, 0), ' ').tail, record_no)) *record_no = 0;
    return query_end(q, err);
}

Query *tallies_walk(Store *store, Error *err)
{
    return query_stream(store, walk_sql, err);
}

Query *tallies_walk_set(Store *store, const char *set_name, Error *err)
{
    Query *q = query_stream(store, walk_set_sql, err);
    if (q) bind_text(q, 1, str_of(set_name));
    return q;
}

TallyRow tally_here(Query *q, Arena *arena)
{
    return (TallyRow){
        .leaf_no = column_int64(q, 0),
        .set_name = column_text(q, 1, arena),
        .any = !column_is_null(q, 2),
        .last_key = column_int64(q, 2),
        .row_count = column_int64(q, 3),
        .digest = column_bytes(q, 4, arena),
    };
}
