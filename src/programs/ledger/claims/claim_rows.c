// SPDX-License-Identifier: Apache-2.0
#include "claim_rows.h"

#include <assert.h>

#include "counter_rows.h"
#include "partial_number.h"

static const char claim_insert_sql[] =
    "INSERT INTO claim (claim_id, row_id, person_id, dose_id, clinic_code, amount, copay, state,"
    " code, from_act, to_act) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

static void bind_yen(Query *q, int place, int64_t yen)
{
    if (yen >= 0)
        bind_int64(q, place, yen);
    else
        bind_null(q, place);
}

static void bind_claim(Query *q, const LedgerAct *act, const ClaimRow *claim)
{
    assert(claim->claim_id > 0 && claim->claim_id < PROVISIONAL);
    assert(claim->person_id > 0);
    assert(claim->dose_id >= 0 && claim->dose_id < PROVISIONAL);
    assert(claim->amount >= -1 && claim->copay >= -1);
    assert(act->no > 0);
    bind_int64(q, 1, claim->claim_id);
    bind_int64(q, 2, claim->row_id);
    bind_int64(q, 3, claim->person_id);
    if (claim->dose_id)
        bind_int64(q, 4, claim->dose_id);
    else
        bind_null(q, 4);
    bind_text(q, 5, claim->clinic_code);
    bind_yen(q, 6, claim->amount);
    bind_yen(q, 7, claim->copay);
    bind_int64(q, 8, (int64_t)claim->state);
    bind_text(q, 9, claim->code);
    bind_int64(q, 10, act->no);
    bind_int64(q, 11, ACT_OPEN);
}

bool claim_insert(Store *store, const LedgerAct *act, const ClaimRow *claim, Error *err)
{
    Query *q = query_begin(store, claim_insert_sql, err);
    if (!q) return false;
    bind_claim(q, act, claim);
    return query_run(q, err);
}

bool claims_insert(Store *store, const LedgerAct *act, const ClaimRows *claims, Error *err)
{
    Query *q = query_begin(store, claim_insert_sql, err);
    if (!q) return false;
    VEC_EACH (const ClaimRow, claim, *claims) {
        bind_claim(q, act, claim);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

static bool end_each(Store *store, const char *sql, const LedgerAct *act, const int32_t *ids,
                     ptrdiff_t count, Error *err)
{
    assert(act->no > 0);
    assert(count >= 0);
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    for (ptrdiff_t i = 0; i < count; i++) {
        bind_int64(q, 1, act->no);
        bind_int64(q, 2, ids[i]);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

static const char claims_end_sql[] =
    "UPDATE claim SET to_act = $1 WHERE dose_id = $2 AND to_act = 2147483647";

bool claims_end(Store *store, const LedgerAct *act, const int32_t *dose_ids, ptrdiff_t count,
                Error *err)
{
    return end_each(store, claims_end_sql, act, dose_ids, count, err);
}

static const char claims_end_not_given_sql[] =
    "UPDATE claim SET to_act = $1 WHERE to_act = 2147483647 AND dose_id IS NULL AND row_id ="
    " (SELECT row_id FROM not_given WHERE record_id = $2)";

bool claims_end_not_given(Store *store, const LedgerAct *act, const int32_t *record_ids,
                          ptrdiff_t count, Error *err)
{
    return end_each(store, claims_end_not_given_sql, act, record_ids, count, err);
}

static const char of_person_sql[] =
    "SELECT c.claim_id, c.row_id, c.person_id, c.dose_id, c.clinic_code, c.amount, c.copay, c.state,"
    " c.code, d.given_on FROM dose d JOIN claim c ON c.dose_id = d.dose_id"
    " WHERE d.person_id = $1 AND d.to_act = 2147483647 AND c.to_act = 2147483647"
    " ORDER BY c.claim_id";

static int64_t yen_of(Query *q, int column)
{
    return column_is_null(q, column) ? -1 : column_int64(q, column);
}

bool claims_of_person(Store *store, int32_t person_id, Arena *arena, ClaimStandings *claims,
                      Error *err)
{
    assert(person_id > 0);
    Query *q = query_begin(store, of_person_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    *claims = (ClaimStandings){0};
    while (query_next(q)) {
        *claim_standings_push(claims, arena) = (ClaimStanding){
            .claim = {.claim_id = (int32_t)column_int64(q, 0),
                      .row_id = (int32_t)column_int64(q, 1),
                      .person_id = (int32_t)column_int64(q, 2),
                      .dose_id = (int32_t)column_int64(q, 3),
                      .clinic_code = column_text(q, 4, arena),
                      .amount = yen_of(q, 5),
                      .copay = yen_of(q, 6),
                      .state = (IntakeClaim)column_int64(q, 7),
                      .code = column_text(q, 8, arena)},
            .given_on = partial_of_number(column_int64(q, 9)),
        };
    }
    return query_end(q, err);
}

static const char claim_end_sql[] = "UPDATE claim SET to_act = $1 WHERE claim_id = $2";

static bool claim_end(Store *store, const LedgerAct *act, int32_t claim_id, Error *err)
{
    assert(act->no > 0);
    assert(claim_id > 0);
    Query *q = query_begin(store, claim_end_sql, err);
    if (!q) return false;
    bind_int64(q, 1, act->no);
    bind_int64(q, 2, claim_id);
    return query_run(q, err);
}

bool claims_follow(Store *store, const LedgerAct *act, const DoseRow *old, const DoseRow *fresh,
                   int32_t *numbers, Arena scratch, Error *err)
{
    assert(old->dose_id != fresh->dose_id);
    ClaimStandings claims;
    if (!claims_of_person(store, old->person_id, &scratch, &claims, err)) return false;
    VEC_EACH (const ClaimStanding, standing, claims) {
        ClaimRow next = standing->claim;
        if (next.dose_id != old->dose_id) continue;
        next.dose_id = fresh->dose_id;
        next.person_id = fresh->person_id;
        if (numbers)
            next.claim_id = (*numbers)++;
        else if (!number_next(store, NUMBER_CLAIM, &next.claim_id, err))
            return false;
        if (!claim_end(store, act, standing->claim.claim_id, err) ||
            !claim_insert(store, act, &next, err))
            return false;
    }
    return true;
}

bool claim_turn(Store *store, const LedgerAct *act, const ClaimRow *before, ClaimRow next,
                Error *err)
{
    assert(next.dose_id == before->dose_id);  // a claim turns, its dose does not
    return claim_end(store, act, before->claim_id, err) &&
           number_next(store, NUMBER_CLAIM, &next.claim_id, err) &&
           claim_insert(store, act, &next, err);
}
