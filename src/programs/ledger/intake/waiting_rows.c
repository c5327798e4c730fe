// SPDX-License-Identifier: Apache-2.0
#include "waiting_rows.h"

#include <assert.h>

#include "key_set.h"
#include "partial_number.h"

static const char insert_sql[] =
    "INSERT INTO intake_waiting (row_id, outcome, month, label, clinic_code, person_id, product_no,"
    " given_on, birth, addressee_no, content, items, given, corrects, from_act, to_act, number)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";

static void bind_row(Query *q, const LedgerAct *act, const WaitingRow *row)
{
    assert(act->no > 0);
    assert(row->row_id > 0);
    assert(row->outcome == INTAKE_REVIEW || row->outcome == INTAKE_RETURNED);
    bind_int64(q, 1, row->row_id);
    bind_int64(q, 2, (int64_t)row->outcome);
    bind_int64(q, 3, row->month);
    bind_text(q, 4, row->label);
    bind_text(q, 5, row->clinic_code);
    bind_int64(q, 6, row->person_id);
    bind_int64(q, 7, row->product_no);
    bind_int64(q, 8, partial_number(row->given_on));
    bind_int64(q, 9, partial_number(row->birth));
    bind_text(q, 10, row->addressee_no.len ? row->addressee_no : (Str){0});
    bind_text(q, 11, row->content.len ? row->content : (Str){0});
    bind_text(q, 12, row->items.len ? row->items : (Str){0});
    bind_int64(q, 13, row->given);
    bind_int64(q, 14, row->corrects);
    bind_int64(q, 15, act->no);
    bind_int64(q, 16, ACT_OPEN);
    bind_text(q, 17, str_equal(row->row_no, row->label) ? (Str){0} : row->row_no);
}

bool waiting_insert(Store *store, const LedgerAct *act, const WaitingRows *rows, Error *err)
{
    Query *q = query_begin(store, insert_sql, err);
    if (!q) return false;
    VEC_EACH (const WaitingRow, row, *rows) {
        bind_row(q, act, row);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

static const char labels_sql[] =
    "SELECT " KEY_NUMBER ", w.row_id, w.clinic_code, w.given_on, w.birth, coalesce(c.person_id, 0),"
    " w.corrects, w.outcome FROM json_each($1) a CROSS JOIN intake_waiting w"
    " LEFT JOIN intake_candidate c ON c.row_id = w.row_id"
    " WHERE w.to_act = 2147483647 AND w.month = $2 AND coalesce(w.number, w.label) = a.key ORDER BY 1, 2, c.rank";

bool waiting_labels(Store *store, int32_t month, Str asked, Arena *arena, WaitingLabels *labels,
                    Error *err)
{
    Query *q = query_begin(store, labels_sql, err);
    if (!q) return false;
    bind_text(q, 1, asked);
    bind_int64(q, 2, month);
    *labels = (WaitingLabels){0};
    while (query_next(q)) {
        *waiting_labels_push(labels, arena) = (WaitingLabel){
            .nth = (int32_t)column_int64(q, 0),
            .row_id = (int32_t)column_int64(q, 1),
            .clinic_code = column_text(q, 2, arena),
            .given_on = partial_of_number(column_int64(q, 3)),
            .birth = partial_of_number(column_int64(q, 4)),
            .candidate = (int32_t)column_int64(q, 5),
            .corrects = column_int64(q, 6) != 0,
            .reviewed = column_int64(q, 7) == INTAKE_REVIEW,
        };
    }
    return query_end(q, err);
}

// ---- asked by others

static const char concerns_sql[] =
    "SELECT p.person_id FROM " KEY_NUMBERS " CROSS JOIN person p WHERE p.person_id = b.number AND"
    " (EXISTS (SELECT 1 FROM dose d JOIN claim c ON c.dose_id = d.dose_id WHERE d.person_id = p.person_id"
    " AND d.to_act = 2147483647 AND c.to_act = 2147483647)"
    " OR EXISTS (SELECT 1 FROM intake_waiting w WHERE w.to_act = 2147483647 AND w.person_id = p.person_id)"
    " OR EXISTS (SELECT 1 FROM intake_waiting w WHERE w.to_act = 2147483647 AND w.addressee_no = p.addressee_no)"
    " OR EXISTS (SELECT 1 FROM match_version m JOIN intake_waiting w ON w.birth = m.birth"
    " WHERE m.person_id = p.person_id AND w.to_act = 2147483647))"
    " ORDER BY p.person_id";

bool waiting_concerns(Store *store, const ResidentIds *persons, Arena *arena, ResidentIds *concerned, Error *err)
{
    *concerned = (ResidentIds){0};
    KeySet numbers = {0};
    VEC_EACH (const int32_t, person_id, *persons) key_set_add_number(&numbers, arena, *person_id);
    Query *q = query_begin(store, concerns_sql, err);
    if (!q) return false;
    bind_text(q, 1, key_set_text(&numbers, arena));
    while (query_next(q)) *resident_ids_push(concerned, arena) = (int32_t)column_int64(q, 0);
    return query_end(q, err);
}

static const char returns_sql[] =
    "SELECT row_id, outcome, month, label, clinic_code, person_id, product_no, given_on, birth,"
    " addressee_no, content, items FROM intake_waiting WHERE to_act = 2147483647 AND outcome = 4"
    " AND items IS NOT NULL AND NOT EXISTS (SELECT 1 FROM intake_decision x WHERE x.row_id = intake_waiting.row_id AND x.to_act = 2147483647)"
    " AND row_id IN"
    " (SELECT row_id FROM intake_waiting WHERE to_act = 2147483647 AND person_id = $1"
    " UNION SELECT w.row_id FROM intake_waiting w JOIN person p ON p.addressee_no = w.addressee_no"
    " WHERE w.to_act = 2147483647 AND p.person_id = $1"
    " UNION SELECT w.row_id FROM intake_waiting w JOIN match_version m ON m.birth = w.birth"
    " WHERE w.to_act = 2147483647 AND m.person_id = $1) ORDER BY row_id";

bool waiting_returns_of(Store *store, int32_t person_id, Arena *arena, WaitingRows *rows,
                        Error *err)
{
    assert(person_id > 0);
    Query *q = query_begin(store, returns_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    *rows = (WaitingRows){0};
    while (query_next(q)) {
        *waiting_rows_push(rows, arena) = (WaitingRow){
            .row_id = (int32_t)column_int64(q, 0),
            .outcome = (IntakeOutcome)column_int64(q, 1),
            .month = (int32_t)column_int64(q, 2),
            .label = column_text(q, 3, arena),
            .clinic_code = column_text(q, 4, arena),
            .person_id = (int32_t)column_int64(q, 5),
            .product_no = (int32_t)column_int64(q, 6),
            .given_on = partial_of_number(column_int64(q, 7)),
            .birth = partial_of_number(column_int64(q, 8)),
            .addressee_no = column_text(q, 9, arena),
            .content = column_text(q, 10, arena),
            .items = column_text(q, 11, arena),
        };
    }
    return query_end(q, err);
}
