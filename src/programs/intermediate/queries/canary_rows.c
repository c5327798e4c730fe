// SPDX-License-Identifier: Apache-2.0
#include "canary_rows.h"

#include "given_number_rows.h"

#include <assert.h>
#include <stdio.h>

#define CANARY_COLUMNS \
    "canary_no, unified_no, provider, dataset, days, since, asked_at, inquiry_no, read_at, result, as_of"

static CanaryRow canary_row(Query *q)
{
    Error unread = {0};
    CanaryRow row = {.canary_no = column_int64(q, 0),
                     .days = (int)column_int64(q, 4),
                     .since = column_instant(q, 5),
                     .asked_at = column_instant(q, 6),
                     .read_at = column_instant(q, 8),
                     .result = (LinkageResult)column_int64(q, 9),
                     .as_of = (Day)column_int64(q, 10)};
    (void)!unified_no_parse(column_view(q, 1), &row.person, &unread);
    (void)organisation_code_read(column_view(q, 2), &row.provider);
    (void)dataset_code_read(column_view(q, 3), &row.dataset);
    (void)inquiry_no_read(column_view(q, 7), &row.inquiry);
    return row;
}

static const char all_sql[] = "SELECT " CANARY_COLUMNS " FROM canary ORDER BY canary_no";

bool canaries(Store *store, Arena *arena, CanaryRows *rows, Error *err)
{
    *rows = (CanaryRows){0};
    Query *q = query_begin(store, all_sql, err);
    if (!q) return false;
    while (query_next(q)) *canary_rows_push(rows, arena) = canary_row(q);
    return query_end(q, err);
}

static const char save_sql[] =
    "INSERT INTO canary (" CANARY_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    " ON CONFLICT (canary_no) DO UPDATE SET asked_at = excluded.asked_at, inquiry_no = excluded.inquiry_no,"
    " read_at = excluded.read_at, result = excluded.result, as_of = excluded.as_of";

bool canary_save(Store *store, CanaryRow *row, Error *err)
{
    assert(row->since > 0);
    assert(row->days > 0);
    if (!row->canary_no && !given_short_next(store, S("canary"), &row->canary_no, err)) return false;
    Query *q = query_begin(store, save_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->canary_no);
    bind_text(q, 2, unified_text(&row->person));
    bind_text(q, 3, str_of(row->provider.digits));
    bind_text(q, 4, str_of(row->dataset.at));
    bind_int64(q, 5, row->days);
    bind_instant(q, 6, row->since);
    bind_instant(q, 7, row->asked_at);
    bind_text(q, 8, str_of(row->inquiry.digits));
    bind_instant(q, 9, row->read_at);
    bind_int64(q, 10, row->result);
    bind_int64(q, 11, row->as_of);
    return query_run(q, err);
}

static const char end_sql[] = "DELETE FROM canary WHERE canary_no = $1";

bool canary_end(Store *store, int64_t canary_no, bool *found, Error *err)
{
    Query *q = query_begin(store, end_sql, err);
    if (!q) return false;
    bind_int64(q, 1, canary_no);
    (void)query_next(q);
    *found = query_changed(q) == 1;
    return query_end(q, err);
}

static const char inquiry_sql[] = "INSERT INTO canary_inquiry (inquiry_no) VALUES ($1)";

// Twenty digits: a ledger's have sixteen at most.
bool canary_inquiry_next(Store *store, InquiryNo *inquiry, Error *err)
{
    int64_t number;
    *inquiry = (InquiryNo){{0}};
    if (!given_number_next(store, S("canary_inquiry"), 0, &number, err)) return false;
    (void)snprintf(inquiry->digits, sizeof inquiry->digits, "9%019lld", (long long)number);
    Query *q = query_begin(store, inquiry_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(inquiry->digits));
    return query_run(q, err);
}

// ---- how it stands

CanaryNo canary_row_objection(const CanaryRow *row, Instant now)
{
    return canary_objection(&(CanarySight){now, row->since, row->read_at, row->result, row->as_of, row->days});
}
