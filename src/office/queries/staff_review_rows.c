// SPDX-License-Identifier: Apache-2.0
#include "staff_review_rows.h"

static const char reviews_sql[] =
    "SELECT staff_no, keeps, words, reviewed_by, reviewed_at, record_no FROM staff_review"
    " WHERE staff_no = $1 OR $1 = 0 ORDER BY review_no DESC";
static const char review_add_sql[] =
    "INSERT INTO staff_review (review_no, staff_no, keeps, words, reviewed_at, reviewed_by, record_no)"
    " SELECT coalesce(max(review_no), 0) + 1, $1, $2, $3, $4, $5, $6 FROM staff_review";

bool staff_reviews_read(Store *store, int64_t staff_no, Arena *arena, StaffReviewRows *rows, Error *err)
{
    *rows = (StaffReviewRows){0};
    Query *q = query_begin(store, reviews_sql, err);
    if (!q) return false;
    bind_int64(q, 1, staff_no);
    while (query_next(q))
        *staff_reviews_push(rows, arena) = (StaffReviewRow){.staff_no = column_int64(q, 0),
                                                            .keeps = column_int64(q, 1) != 0,
                                                            .words = column_text(q, 2, arena),
                                                            .reviewed_by = column_text(q, 3, arena),
                                                            .reviewed_at = column_instant(q, 4),
                                                            .record_no = column_int64(q, 5)};
    return query_end(q, err);
}

bool staff_review_add(Store *store, const StaffReviewRow *row, Error *err)
{
    Query *q = query_begin(store, review_add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->staff_no);
    bind_int64(q, 2, row->keeps);
    bind_text(q, 3, row->words);
    bind_instant(q, 4, row->reviewed_at);
    bind_text(q, 5, row->reviewed_by);
    bind_int64(q, 6, row->record_no);
    return query_run(q, err);
}
