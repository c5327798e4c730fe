// SPDX-License-Identifier: Apache-2.0
#include "not_given_rows.h"

#include "partial_number.h"

static const char records_sql[] =
    "SELECT record_id, kind, product_no, seen_on, clinic_code, clinic_name, doctor, row_id, from_act"
    " FROM not_given WHERE person_id = $1 AND " STANDS("", "$2") " ORDER BY seen_on, record_id";

bool not_given_of_person(Store *store, int32_t person_id, KnownAt known, Arena *arena, NotGivenRows *rows,
                         Error *err)
{
    Query *q = query_begin(store, records_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_as_known(q, 2, known);
    *rows = (NotGivenRows){0};
    while (query_next(q)) {
        *not_given_push(rows, arena) = (NotGivenRow){
            .record_id = (int32_t)column_int64(q, 0),
            .person_id = person_id,
            .kind = (GivenClass)column_int64(q, 1),
            .product_no = (int32_t)column_int64(q, 2),
            .seen_on = partial_of_number(column_int64(q, 3)),
            .clinic_code = column_text(q, 4, arena),
            .clinic_name = column_text(q, 5, arena),
            .doctor = column_text(q, 6, arena),
            .row_id = (int32_t)column_int64(q, 7),
            .from_act = (int32_t)column_int64(q, 8),
        };
    }
    return query_end(q, err);
}

static const char insert_sql[] =
    "INSERT INTO not_given (record_id, person_id, kind, product_no, seen_on, clinic_code,"
    " clinic_name, doctor, row_id, from_act, to_act, claimed_position)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 2147483647, $11)";

bool not_given_insert(Store *store, const LedgerAct *act, const NotGivenRow *row, Error *err)
{
    Query *q = query_begin(store, insert_sql, err);
    if (!q) return false;
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
    bind_text(q, 11, row->claimed_position);
    return query_run(q, err);
}

static const char end_sql[] = "UPDATE not_given SET to_act = $1 WHERE record_id = $2";

bool not_given_end(Store *store, const LedgerAct *act, int32_t record_id, Error *err)
{
    Query *q = query_begin(store, end_sql, err);
    if (!q) return false;
    bind_int64(q, 1, act->no);
    bind_int64(q, 2, record_id);
    return query_run(q, err);
}
