// SPDX-License-Identifier: Apache-2.0
#include "dose_judgement_rows.h"

#include <assert.h>

bool judgement_same(const DoseJudgement *a, const DoseJudgement *b)
{
    return a->legal_class == b->legal_class && a->status == b->status &&
           str_equal(a->series, b->series) && str_equal(a->position, b->position) &&
           str_equal(a->reasons, b->reasons);
}

static const char insert_sql[] =
    "INSERT INTO dose_judgement (dose_id, from_act, to_act, legal_class, status, series, position,"
    " reasons, rules) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

static void bind_judgement(Query *q, int32_t dose_id, int32_t from_act, int32_t to_act,
                           const DoseJudgement *judgement)
{
    assert(dose_id > 0);
    assert(from_act > 0);
    assert(judgement->legal_class != LEGAL_NOT_SAID && from_act < to_act);
    bind_int64(q, 1, dose_id);
    bind_int64(q, 2, from_act);
    bind_int64(q, 3, to_act);
    bind_int64(q, 4, (int64_t)judgement->legal_class);
    bind_int64(q, 5, (int64_t)judgement->status);
    bind_text(q, 6, judgement->series);
    bind_text(q, 7, judgement->position);
    bind_text(q, 8, judgement->reasons);
    if (judgement->rules)
        bind_int64(q, 9, judgement->rules);
    else
        bind_null(q, 9);
}

bool judgement_insert(Store *store, int32_t dose_id, int32_t from_act, int32_t to_act,
                      const DoseJudgement *judgement, Error *err)
{
    assert(dose_id > 0);
    Query *q = query_begin(store, insert_sql, err);
    if (!q) return false;
    bind_judgement(q, dose_id, from_act, to_act, judgement);
    return query_run(q, err);
}

bool judgements_insert(Store *store, int32_t from_act, const FreshJudgement *fresh, ptrdiff_t count,
                       Error *err)
{
    assert(count >= 0);
    assert(from_act > 0 && from_act < ACT_OPEN);
    Query *q = query_begin(store, insert_sql, err);
    if (!q) return false;
    for (ptrdiff_t i = 0; i < count; i++) {
        bind_judgement(q, fresh[i].dose_id, from_act, ACT_OPEN, fresh[i].judgement);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

static const char end_sql[] =
    "UPDATE dose_judgement SET to_act = $1 WHERE dose_id = $2 AND to_act = 2147483647";

static bool judgements_end(Store *store, const LedgerAct *act, const RenewedJudgements *judged, Error *err)
{
    assert(act->no > 0);
    Query *q = query_begin(store, end_sql, err);
    if (!q) return false;
    VEC_EACH (const RenewedJudgement, one, *judged) {
        if (!one->renews) continue;
        bind_int64(q, 1, act->no);
        bind_int64(q, 2, one->dose_id);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

static bool judgements_begin(Store *store, const LedgerAct *act, const RenewedJudgements *judged, Error *err)
{
    Query *q = query_begin(store, insert_sql, err);
    if (!q) return false;
    VEC_EACH (const RenewedJudgement, one, *judged) {
        DoseJudgement judgement = one->judgement;
        judgement.rules = act->rules;
        bind_judgement(q, one->dose_id, act->no, ACT_OPEN, &judgement);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

bool judgements_keep(Store *store, const LedgerAct *act, const RenewedJudgements *judged, Error *err)
{
    assert(!judged->count || act->rules);  // rule_use_note has said by which rules this act judges
    return judgements_end(store, act, judged, err) && judgements_begin(store, act, judged, err);
}
