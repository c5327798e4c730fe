// SPDX-License-Identifier: Apache-2.0
#include "not_given_rows.h"

#include <assert.h>

#include "counter_rows.h"
#include "key_set.h"
#include "partial_number.h"

static const char records_sql[] =
    "SELECT n.record_id, n.person_id, n.kind, n.product_no, n.seen_on, n.clinic_code, n.clinic_name,"
    " n.doctor, n.row_id, n.from_act FROM " KEY_NUMBERS " CROSS JOIN not_given n"
    " WHERE n.person_id = b.number AND n.to_act = 2147483647"
    " ORDER BY n.person_id, n.seen_on, n.record_id";

bool not_given_of_persons(Store *store, Str persons, Arena *arena, NotGivenRows *rows, Error *err)
{
    Query *q = query_begin(store, records_sql, err);
    if (!q) return false;
    bind_text(q, 1, persons);
    *rows = (NotGivenRows){0};
    while (query_next(q)) {
        *not_given_push(rows, arena) = (NotGivenRow){
            .record_id = (int32_t)column_int64(q, 0),
            .person_id = (int32_t)column_int64(q, 1),
            .kind = (GivenClass)column_int64(q, 2),
            .product_no = (int32_t)column_int64(q, 3),
            .seen_on = partial_of_number(column_int64(q, 4)),
            .clinic_code = column_text(q, 5, arena),
            .clinic_name = column_text(q, 6, arena),
            .doctor = column_text(q, 7, arena),
            .row_id = (int32_t)column_int64(q, 8),
            .from_act = (int32_t)column_int64(q, 9),
        };
    }
    return query_end(q, err);
}

static const char insert_sql[] =
    "INSERT INTO not_given (record_id, person_id, kind, product_no, seen_on, clinic_code,"
    " clinic_name, doctor, row_id, from_act, to_act, claimed_position)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

static void bind_row(Query *q, const LedgerAct *act, const NotGivenRow *row)
{
    assert(row->record_id > 0 && row->record_id < PROVISIONAL);
    assert(row->person_id > 0);
    assert(row->kind == GIVEN_EXAMINED_ONLY || row->kind == GIVEN_STOPPED);
    assert(act->no > 0 && act->no < ACT_OPEN);
    bind_int64(q, 1, row->record_id);
    bind_int64(q, 2, row->person_id);
    bind_int64(q, 3, (int64_t)row->kind);
    bind_int64(q, 4, row->product_no);
    bind_int64(q, 5, partial_number(row->seen_on));
    bind_text(q, 6, row->clinic_code);
    bind_text(q, 7, row->clinic_name);
    bind_text(q, 8, row->doctor);
    bind_int64(q, 9, row->row_id);
    bind_int64(q, 10, act->no);
    bind_int64(q, 11, ACT_OPEN);
    bind_text(q, 12, row->claimed_position);
}

bool not_given_insert(Store *store, const LedgerAct *act, const NotGivenRow *const *rows,
                      ptrdiff_t count, Error *err)
{
    assert(count >= 0);
    Query *q = query_begin(store, insert_sql, err);
    if (!q) return false;
    for (ptrdiff_t i = 0; i < count; i++) {
        bind_row(q, act, rows[i]);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

static const char end_sql[] = "UPDATE not_given SET to_act = $1 WHERE record_id = $2";

bool not_given_end(Store *store, const LedgerAct *act, const int32_t *record_ids, ptrdiff_t count,
                   Error *err)
{
    assert(act->no > 0);
    assert(count >= 0);
    Query *q = query_begin(store, end_sql, err);
    if (!q) return false;
    for (ptrdiff_t i = 0; i < count; i++) {
        bind_int64(q, 1, act->no);
        bind_int64(q, 2, record_ids[i]);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}
