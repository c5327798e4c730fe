// SPDX-License-Identifier: Apache-2.0
#include "clinic_rows.h"

#include <assert.h>

static const char clinics_sql[] =
    "SELECT clinic_id, clinic_code, name, address, contract_from, contract_to, vaccine FROM clinic"
    " WHERE to_act = 2147483647 ORDER BY clinic_code, clinic_id";

bool clinics_read(Store *store, Arena *arena, ClinicRows *rows, Error *err)
{
    Query *q = query_begin(store, clinics_sql, err);
    if (!q) return false;
    *rows = (ClinicRows){0};
    while (query_next(q)) {
        *clinics_push(rows, arena) = (ClinicRow){
            .clinic_id = (int32_t)column_int64(q, 0),
            .code = column_text(q, 1, arena),
            .name = column_text(q, 2, arena),
            .address = column_text(q, 3, arena),
            .contract_from = column_day(q, 4),
            .contract_to = column_day(q, 5),
            .vaccine = column_text(q, 6, arena),
        };
    }
    return query_end(q, err);
}

static const char taken_sql[] = "SELECT reason FROM act WHERE kind = 'clinics' ORDER BY act_no DESC";

bool clinics_taken(Store *store, Arena *arena, ClinicListNames *names, Error *err)
{
    Query *q = query_begin(store, taken_sql, err);
    if (!q) return false;
    *names = (ClinicListNames){0};
    while (query_next(q)) *clinic_list_names_push(names, arena) = column_text(q, 0, arena);
    return query_end(q, err);
}

static const char clinic_insert_sql[] =
    "INSERT INTO clinic (clinic_id, clinic_code, name, address, contract_from, contract_to, vaccine,"
    " from_act, to_act) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 2147483647)";

bool clinics_insert(Store *store, const LedgerAct *act, const ClinicRows *rows, Error *err)
{
    assert(act->no > 0);
    Query *q = query_begin(store, clinic_insert_sql, err);
    if (!q) return false;
    VEC_EACH (const ClinicRow, row, *rows) {
        bind_int64(q, 1, row->clinic_id);
        bind_text(q, 2, row->code);
        bind_text(q, 3, row->name);
        bind_text(q, 4, row->address);
        bind_day(q, 5, row->contract_from);
        bind_day(q, 6, row->contract_to);
        bind_text(q, 7, row->vaccine);
        bind_int64(q, 8, act->no);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

static const char clinic_end_sql[] = "UPDATE clinic SET to_act = $1 WHERE clinic_id = $2";

bool clinics_end(Store *store, const LedgerAct *act, const ClinicRows *rows, Error *err)
{
    assert(act->no > 0);
    Query *q = query_begin(store, clinic_end_sql, err);
    if (!q) return false;
    VEC_EACH (const ClinicRow, row, *rows) {
        bind_int64(q, 1, act->no);
        bind_int64(q, 2, row->clinic_id);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}
