// SPDX-License-Identifier: Apache-2.0
#include "claims.h"

static const char claim_insert_sql[] =
    "INSERT INTO claim (claim_id, row_id, person_id, dose_id, clinic_code, amount, copay, state,"
    " code, from_act, to_act) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 2147483647)";

bool claim_insert(Store *store, const LedgerAct *act, const ClaimRow *claim, Error *err)
{
    Query *q = query_begin(store, claim_insert_sql, err);
    if (!q) return false;
    bind_int64(q, 1, claim->claim_id);
    bind_int64(q, 2, claim->row_id);
    bind_int64(q, 3, claim->person_id);
    if (claim->dose_id)
        bind_int64(q, 4, claim->dose_id);
    else
        bind_null(q, 4);
    bind_text(q, 5, claim->clinic_code);
    if (claim->amount >= 0)
        bind_int64(q, 6, claim->amount);
    else
        bind_null(q, 6);
    if (claim->copay >= 0)
        bind_int64(q, 7, claim->copay);
    else
        bind_null(q, 7);
    bind_int64(q, 8, (int64_t)claim->state);
    bind_text(q, 9, claim->code);
    bind_int64(q, 10, act->no);
    return query_run(q, err);
}

static const char claims_end_sql[] =
    "UPDATE claim SET to_act = $1 WHERE dose_id = $2 AND to_act = 2147483647";

bool claims_end(Store *store, const LedgerAct *act, int32_t dose_id, Error *err)
{
    Query *q = query_begin(store, claims_end_sql, err);
    if (!q) return false;
    bind_int64(q, 1, act->no);
    bind_int64(q, 2, dose_id);
    return query_run(q, err);
}

static const char claims_end_not_given_sql[] =
    "UPDATE claim SET to_act = $1 WHERE to_act = 2147483647 AND dose_id IS NULL AND row_id ="
    " (SELECT row_id FROM not_given WHERE record_id = $2)";

bool claims_end_not_given(Store *store, const LedgerAct *act, int32_t record_id, Error *err)
{
    Query *q = query_begin(store, claims_end_not_given_sql, err);
    if (!q) return false;
    bind_int64(q, 1, act->no);
    bind_int64(q, 2, record_id);
    return query_run(q, err);
}
