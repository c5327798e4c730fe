// SPDX-License-Identifier: Apache-2.0
#include "waiting_rows.h"

#include "partial_number.h"

static const char insert_sql[] =
    "INSERT INTO intake_waiting (row_id, outcome, month, label, clinic_code, person_id, product_no,"
    " given_on, birth, addressee_no, content, items, given, from_act, to_act)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 2147483647)";

bool waiting_insert(Store *store, const LedgerAct *act, const WaitingRow *row, Error *err)
{
    Query *q = query_begin(store, insert_sql, err);
    if (!q) return false;
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
    bind_int64(q, 14, act->no);
    return query_run(q, err);
}

// ---- settling

static const char settle_content_sql[] =
    "UPDATE intake_waiting SET to_act = $1 WHERE to_act = 2147483647 AND content = $2"
    " AND from_act <> $1";

static const char settle_dose_sql[] =
    "UPDATE intake_waiting SET to_act = $1 WHERE to_act = 2147483647 AND person_id = $2"
    " AND given_on = $4 AND from_act <> $1 AND (product_no = $3 OR (product_no = 0"
    " AND clinic_code = $5))";

// Of a row that may mean several persons: sent again for one of them.
static const char settle_row_sql[] =
    "UPDATE intake_waiting SET to_act = $1 WHERE to_act = 2147483647 AND month = $2 AND label = $3"
    " AND clinic_code = $4 AND given_on = $5 AND from_act <> $1 AND EXISTS (SELECT 1 FROM"
    " intake_candidate c WHERE c.row_id = intake_waiting.row_id AND c.person_id = $6)";

static const char settle_label_sql[] =
    "UPDATE intake_waiting SET to_act = $1 WHERE to_act = 2147483647 AND month = $2 AND label = $3"
    " AND clinic_code = $4 AND birth IN (0, $5) AND from_act <> $1";

static const char settle_work_sql[] =
    "UPDATE work SET to_act = $1 WHERE to_act = 2147483647 AND row_id IN"
    " (SELECT row_id FROM intake_waiting WHERE to_act = $1)";

static bool settled(Query *q, int64_t *count, Error *err)
{
    *count += query_next(q) ? 0 : query_changed(q);
    return query_end(q, err);
}

static bool settle_content(Store *store, const LedgerAct *act, const WaitingRow *by, int64_t *count,
                           Error *err)
{
    if (!by->content.len) return true;
    Query *q = query_begin(store, settle_content_sql, err);
    if (!q) return false;
    bind_int64(q, 1, act->no);
    bind_text(q, 2, by->content);
    return settled(q, count, err);
}

static bool settle_dose(Store *store, const LedgerAct *act, const WaitingRow *by, int64_t *count,
                        Error *err)
{
    if (!by->person_id) return true;
    Query *q = query_begin(store, settle_dose_sql, err);
    if (!q) return false;
    bind_int64(q, 1, act->no);
    bind_int64(q, 2, by->person_id);
    bind_int64(q, 3, by->product_no);
    bind_int64(q, 4, partial_number(by->given_on));
    bind_text(q, 5, by->clinic_code.len ? by->clinic_code : S(""));
    return settled(q, count, err);
}

static bool settle_row(Store *store, const LedgerAct *act, const WaitingRow *by, int64_t *count,
                       Error *err)
{
    if (!by->person_id || !by->month || !by->clinic_code.len) return true;
    Query *q = query_begin(store, settle_row_sql, err);
    if (!q) return false;
    bind_int64(q, 1, act->no);
    bind_int64(q, 2, by->month);
    bind_text(q, 3, by->label);
    bind_text(q, 4, by->clinic_code);
    bind_int64(q, 5, partial_number(by->given_on));
    bind_int64(q, 6, by->person_id);
    return settled(q, count, err);
}

static bool settle_label(Store *store, const LedgerAct *act, const WaitingRow *by, int64_t *count,
                         Error *err)
{
    if (!by->person_id || !by->month || !by->clinic_code.len) return true;
    Query *q = query_begin(store, settle_label_sql, err);
    if (!q) return false;
    bind_int64(q, 1, act->no);
    bind_int64(q, 2, by->month);
    bind_text(q, 3, by->label);
    bind_text(q, 4, by->clinic_code);
    bind_int64(q, 5, partial_number(by->birth));
    return settled(q, count, err);
}

bool waiting_settle(Store *store, const LedgerAct *act, const WaitingRow *by, bool corrects,
                    Error *err)
{
    int64_t count = 0;
    if (!settle_content(store, act, by, &count, err)) return false;
    if (!settle_dose(store, act, by, &count, err)) return false;
    if (!settle_row(store, act, by, &count, err)) return false;
    if (corrects && !settle_label(store, act, by, &count, err)) return false;
    if (!count) return true;
    Query *q = query_begin(store, settle_work_sql, err);
    if (!q) return false;
    bind_int64(q, 1, act->no);
    return query_run(q, err);
}

static const char same_row_sql[] =
    "SELECT row_id FROM intake_waiting WHERE to_act = 2147483647 AND month = $1 AND label = $2"
    " AND clinic_code = $3 AND birth IN (0, $4) AND row_id <> $5 ORDER BY row_id LIMIT 1";

bool waiting_same_row(Store *store, const WaitingRow *row, bool *waits, Error *err)
{
    *waits = false;
    if (!row->month || !row->clinic_code.len) return true;
    Query *q = query_begin(store, same_row_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->month);
    bind_text(q, 2, row->label);
    bind_text(q, 3, row->clinic_code);
    bind_int64(q, 4, partial_number(row->birth));
    bind_int64(q, 5, row->row_id);
    bool found = query_next(q);
    if (!query_end(q, err)) return false;
    *waits = found;
    return true;
}

// ---- asked by others

static const char any_sql[] =
    "SELECT (SELECT count(*) FROM (SELECT 1 AS one FROM intake_waiting WHERE to_act = 2147483647"
    " LIMIT 1) w) + (SELECT count(*) FROM (SELECT 1 AS one FROM claim LIMIT 1) c)";

bool waiting_any(Store *store, bool *any, Error *err)
{
    Query *q = query_begin(store, any_sql, err);
    if (!q) return false;
    bool found = query_next(q) && column_int64(q, 0) > 0;
    if (!query_end(q, err)) return false;
    *any = found;
    return true;
}

static const char returns_sql[] =
    "SELECT row_id, outcome, month, label, clinic_code, person_id, product_no, given_on, birth,"
    " addressee_no, content, items FROM intake_waiting WHERE to_act = 2147483647 AND outcome = 4"
    " AND items IS NOT NULL AND row_id IN"
    " (SELECT row_id FROM intake_waiting WHERE to_act = 2147483647 AND person_id = $1"
    " UNION SELECT w.row_id FROM intake_waiting w JOIN person p ON p.addressee_no = w.addressee_no"
    " WHERE w.to_act = 2147483647 AND p.person_id = $1"
    " UNION SELECT w.row_id FROM intake_waiting w JOIN match_version m ON m.birth = w.birth"
    " WHERE w.to_act = 2147483647 AND m.person_id = $1) ORDER BY row_id";

bool waiting_returns_of(Store *store, int32_t person_id, Arena *arena, WaitingRows *rows,
                        Error *err)
{
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

static const char doses_sql[] =
    "SELECT c.person_id, w.product_no, w.given_on FROM intake_waiting w"
    " JOIN intake_candidate c ON c.row_id = w.row_id WHERE w.to_act = 2147483647 AND w.outcome = 3"
    " AND w.given = 1 ORDER BY c.person_id, w.product_no, w.row_id";

bool waiting_doses_of_all(Store *store, Arena *arena, WaitingDoses *doses, Error *err)
{
    Query *q = query_begin(store, doses_sql, err);
    if (!q) return false;
    *doses = (WaitingDoses){0};
    while (query_next(q)) {
        *waiting_doses_push(doses, arena) = (WaitingDose){
            .person_id = (int32_t)column_int64(q, 0),
            .product_no = (int32_t)column_int64(q, 1),
            .given_on = partial_of_number(column_int64(q, 2)),
        };
    }
    return query_end(q, err);
}
