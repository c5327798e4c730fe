// SPDX-License-Identifier: Apache-2.0
#include "waiting_dose_rows.h"

#include "partial_number.h"
#include "work_rows.h"

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
    ptrdiff_t i = first_of_person(doses, person_id);
    for (; i < doses->count && doses->at[i].person_id == person_id; i++) {
        int32_t product = doses->at[i].product_no;
        if (!product || judge->views[product].series >> group & 1) return true;
    }
    return false;
}

Str dose_waits_kind(const WaitingDoses *doses, const Judge *judge, int32_t person_id, int group)
{
    return dose_waits(doses, judge, person_id, group) ? work_row_of(WORK_REVIEW).kind : (Str){0};
}
