// SPDX-License-Identifier: Apache-2.0
#include "card_rows.h"

#define CARD_COLUMNS                                                                          \
    "SELECT c.card_no, c.staff_no, s.name, c.card_key, c.bound_at, c.bound_by, c.record_no," \
    " c.ended_at, c.proof FROM staff_card c JOIN staff s ON s.staff_no = c.staff_no"

static const char by_key_sql[] = CARD_COLUMNS " WHERE c.card_key = $1 AND c.ended_at IS NULL";
static const char of_staff_sql[] = CARD_COLUMNS " WHERE c.staff_no = $1 AND c.ended_at IS NULL";
static const char all_sql[] = CARD_COLUMNS " ORDER BY c.card_no";
static const char next_sql[] = "SELECT coalesce(max(card_no), 0) + 1 FROM staff_card";
static const char add_sql[] =
    "INSERT INTO staff_card (card_no, staff_no, card_key, bound_at, bound_by, record_no, proof)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";
static const char end_sql[] =
    "UPDATE staff_card SET ended_at = $2, ended_record = $3, proof = $4 WHERE card_no = $1";

CardRow card_here(Query *q, Arena *arena)
{
    return (CardRow){.card_no = column_int64(q, 0),
                     .staff_no = column_int64(q, 1),
                     .name = column_text(q, 2, arena),
                     .key = column_text(q, 3, arena),
                     .bound_at = column_instant(q, 4),
                     .bound_by = column_text(q, 5, arena),
                     .record_no = column_int64(q, 6),
                     .ended_at = column_is_null(q, 7) ? 0 : column_instant(q, 7),
                     .proof = column_bytes(q, 8, arena)};
}

static bool card_one(Query *q, Arena *arena, CardRow *row, bool *found, Error *err)
{
    *found = query_next(q);
    if (*found) *row = card_here(q, arena);
    return query_end(q, err);
}

bool card_by_key(Store *store, Str key, Arena *arena, CardRow *row, bool *found, Error *err)
{
    Query *q = query_begin(store, by_key_sql, err);
    if (!q) return false;
    bind_text(q, 1, key);
    return card_one(q, arena, row, found, err);
}

bool card_of_staff(Store *store, int64_t staff_no, Arena *arena, CardRow *row, bool *found,
                   Error *err)
{
    Query *q = query_begin(store, of_staff_sql, err);
    if (!q) return false;
    bind_int64(q, 1, staff_no);
    return card_one(q, arena, row, found, err);
}

bool card_next_no(Store *store, int64_t *card_no, Error *err)
{
    Query *q = query_begin(store, next_sql, err);
    if (!q) return false;
    if (query_next(q)) *card_no = column_int64(q, 0);
    return query_end(q, err);
}

bool card_add(Store *store, const CardRow *row, Error *err)
{
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->card_no);
    bind_int64(q, 2, row->staff_no);
    bind_text(q, 3, row->key);
    bind_instant(q, 4, row->bound_at);
    bind_text(q, 5, row->bound_by);
    bind_int64(q, 6, row->record_no);
    bind_bytes(q, 7, row->proof);
    return query_run(q, err);
}

bool card_end(Store *store, const CardRow *row, int64_t ended_record, Error *err)
{
    Query *q = query_begin(store, end_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->card_no);
    bind_instant(q, 2, row->ended_at);
    bind_int64(q, 3, ended_record);
    bind_bytes(q, 4, row->proof);
    return query_run(q, err);
}

Query *cards_walk(Store *store, Error *err)
{
    return query_begin(store, all_sql, err);
}
