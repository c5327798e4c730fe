// SPDX-License-Identifier: Apache-2.0
#include "waiting_dose_rows.h"

#include <assert.h>

#include "partial_number.h"
#include "work_rows.h"

// A row that a person returned waits for the clinic since (review_rows.h); before, it waited for a decision.
#define DOSES_WAITING(whose)                                                              \
    "SELECT c.person_id, w.product_no, w.given_on FROM intake_waiting w"                  \
    " JOIN intake_candidate c ON c.row_id = w.row_id"                                     \
    " LEFT JOIN intake_decision x ON x.row_id = w.row_id AND x.act_no > $1 AND x.to_act = 2147483647" \
    " WHERE " STANDS("w.", "$1") " AND (w.outcome = 3 OR x.row_id IS NOT NULL)"           \
    " AND w.given = 1" whose " ORDER BY c.person_id, w.product_no, w.row_id"

static const char all_sql[] = DOSES_WAITING("");
static const char person_sql[] = DOSES_WAITING(" AND c.person_id = $2");

static bool take_doses(Query *q, Arena *arena, WaitingDoses *doses, Error *err)
{
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

bool waiting_doses_of_all(Store *store, KnownAt known, Arena *arena, WaitingDoses *doses, Error *err)
{
    Query *q = query_begin(store, all_sql, err);
    if (!q) return false;
    bind_as_known(q, 1, known);
    return take_doses(q, arena, doses, err);
}

bool waiting_doses_of_person(Store *store, int32_t person_id, KnownAt known, Arena *arena, WaitingDoses *doses,
                             Error *err)
{
    assert(person_id > 0);
    Query *q = query_begin(store, person_sql, err);
    if (!q) return false;
    bind_as_known(q, 1, known);
    bind_int64(q, 2, person_id);
    return take_doses(q, arena, doses, err);
}

static ptrdiff_t first_of_person(const WaitingDoses *doses, int32_t person_id)
{
    ptrdiff_t low = 0, high = doses->count;
    while (low < high) {
        ptrdiff_t middle = low + (high - low) / 2;
        if (doses->at[middle].person_id < person_id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool dose_waits(const WaitingDoses *doses, const Judge *judge, int32_t person_id, int group)
{
    assert(person_id > 0);
    assert(group >= 0 && group < group_count(judge->schedule));
    ptrdiff_t i = first_of_person(doses, person_id);
    for (; i < doses->count && doses->at[i].person_id == person_id; i++) {
        int32_t product = doses->at[i].product_no;
        if (!product || judge->views[product].series >> group & 1) return true;
    }
    return false;
}

Str dose_waits_kind(const WaitingDoses *doses, const Judge *judge, int32_t person_id, int group)
{
    assert(person_id > 0);
    return dose_waits(doses, judge, person_id, group) ? work_row_of(WORK_REVIEW).kind : (Str){0};
}
