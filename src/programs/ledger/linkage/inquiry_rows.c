// SPDX-License-Identifier: Apache-2.0
#include "inquiry_rows.h"

#include "copy_layout.h"

#include <assert.h>

#include "given_number_rows.h"

#define INQUIRY_COLUMNS                                                                                      \
    "i.inquiry_id, i.person_id, p.addressee_no, p.protected, i.municipality, i.moved_on, i.undisclosed,"     \
    " i.reason, i.asked_by, i.asked_at, i.sent_at, i.refusal, i.state, i.result, i.as_of, i.settled_at,"     \
    " coalesce(i.astray_no, 0), i.settled_how, p.name, coalesce(i.file_no, 0), coalesce(i.items, 0)"
#define FROM_INQUIRY " FROM inquiry i JOIN person p ON p.person_id = i.person_id "

static bool row_read(Query *q, Arena *arena, InquiryRow *row, Error *err)
{
    *row = (InquiryRow){.inquiry_id = column_int64(q, 0),
                        .person_id = (int32_t)column_int64(q, 1),
                        .is_protected = column_int64(q, 3) != 0,
                        .moved_on = column_day(q, 5),
                        .undisclosed = column_int64(q, 6) != 0,
                        .reason = column_text(q, 7, arena),
                        .asked_by = column_text(q, 8, arena),
                        .asked_at = column_instant(q, 9),
                        .sent_at = column_is_null(q, 10) ? 0 : column_instant(q, 10),
                        .refusal = column_text(q, 11, arena),
                        .state = (InquiryState)column_int64(q, 12),
                        .result = (LinkageResult)column_int64(q, 13),
                        .as_of = column_day(q, 14),
                        .settled_at = column_is_null(q, 15) ? 0 : column_instant(q, 15),
                        .astray_no = column_int64(q, 16),
                        .settled_how = column_text(q, 17, arena),
                        .name = column_text(q, 18, arena),
                        .file_no = column_int64(q, 19),
                        .items = column_int64(q, 20)};
    if (!row->items) row->items = DOSE_ITEMS_ALL;
    return addressee_no_parse(column_view(q, 2), &row->who, NULL, err) &&
           municipality_code_parse(column_view(q, 4), &row->municipality, NULL, err);
}

static bool rows_read(Query *q, Arena *arena, InquiryRows *rows, Error *err)
{
    bool good = true;
    Error closing = {0};
    *rows = (InquiryRows){0};
    while (good && query_next(q)) good = row_read(q, arena, inquiry_rows_push(rows, arena), err);
    if (query_end(q, &closing)) return good;
    if (good) *err = closing;
    return false;
}

Instant inquiry_late(Day as_of)
{
    return instant_day_begins(as_of - INQUIRY_LATE_DAYS);
}

// ---- asking

static const char add_sql[] =
    "INSERT INTO inquiry (inquiry_id, person_id, municipality, moved_on, undisclosed, reason, asked_by, asked_at,"
    " state, result, file_no, items) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, $9, $10)";

bool inquiry_row_add(Store *store, InquiryRow *row, Error *err)
{
    assert(row->person_id > 0);
    if (!given_short_next(store, S("inquiry"), &row->inquiry_id, err)) return false;
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->inquiry_id);
    bind_int64(q, 2, row->person_id);
    bind_text(q, 3, municipality_text(&row->municipality));
    bind_day(q, 4, row->moved_on);
    bind_int64(q, 5, row->undisclosed);
    bind_text(q, 6, row->reason);
    bind_text(q, 7, row->asked_by);
    bind_instant(q, 8, row->asked_at);
    if (row->file_no)
        bind_int64(q, 9, row->file_no);
    else
        bind_null(q, 9);
    bind_int64(q, 10, row->items ? row->items : DOSE_ITEMS_ALL);
    return query_run(q, err);
}

static const char unsent_sql[] = "SELECT " INQUIRY_COLUMNS FROM_INQUIRY
                                 "WHERE i.sent_at IS NULL AND i.refusal IS NULL AND i.settled_at IS NULL AND (i.file_no IS NULL"
                                 " OR EXISTS (SELECT 1 FROM inquiry_file f WHERE f.file_no = i.file_no AND f.granted_at > 0))"
                                 " ORDER BY i.inquiry_id LIMIT $1";

bool inquiries_unsent(Store *store, int most, Arena *arena, InquiryRows *rows, Error *err)
{
    assert(most > 0);
    Query *q = query_begin(store, unsent_sql, err);
    if (!q) return false;
    bind_int64(q, 1, most);
    return rows_read(q, arena, rows, err);
}

static const char sent_sql[] = "UPDATE inquiry SET sent_at = $2, refusal = $3 WHERE inquiry_id = $1";

bool inquiry_sent(Store *store, int64_t inquiry_id, Instant at, Str refusal, Error *err)
{
    assert(inquiry_id > 0);
    assert(at > 0);
    Query *q = query_begin(store, sent_sql, err);
    if (!q) return false;
    bind_int64(q, 1, inquiry_id);
    if (refusal.len)
        bind_null(q, 2);
    else
        bind_instant(q, 2, at);
    bind_text(q, 3, refusal);
    return query_run(q, err);
}

// ---- reading

static const char find_sql[] = "SELECT " INQUIRY_COLUMNS ", i.answer" FROM_INQUIRY "WHERE i.inquiry_id = $1";

bool inquiry_row_find(Store *store, int64_t inquiry_id, Arena *arena, InquiryRow *row, Error *err)
{
    bool good = true;
    Error closing = {0};
    *row = (InquiryRow){0};
    Query *q = query_begin(store, find_sql, err);
    if (!q) return false;
    bind_int64(q, 1, inquiry_id);
    if (query_next(q)) {
        good = row_read(q, arena, row, err);
        row->answer = column_bytes(q, 21, arena);
    }
    if (query_end(q, &closing)) return good;
    if (good) *err = closing;
    return false;
}

static const char list_sql[] = "SELECT " INQUIRY_COLUMNS FROM_INQUIRY
                               "WHERE (CAST($1 AS bigint) = 0 OR i.settled_at IS NULL)"
                               " AND (CAST($2 AS bigint) = 0 OR i.file_no = $2) ORDER BY i.inquiry_id DESC";

bool inquiries_list(Store *store, bool open, int64_t file_no, Arena *arena, InquiryRows *rows, Error *err)
{
    Query *q = query_begin(store, list_sql, err);
    if (!q) return false;
    bind_int64(q, 1, open);
    bind_int64(q, 2, file_no);
    return rows_read(q, arena, rows, err);
}

static const char waiting_sql[] =
    "SELECT " INQUIRY_COLUMNS FROM_INQUIRY
    "WHERE i.settled_at IS NULL AND (i.refusal IS NOT NULL OR i.astray_no IS NOT NULL OR i.result <> 0"
    " OR i.asked_at < $1) ORDER BY i.inquiry_id";

bool inquiries_waiting(Store *store, Instant late, Arena *arena, InquiryRows *rows, Error *err)
{
    Query *q = query_begin(store, waiting_sql, err);
    if (!q) return false;
    bind_instant(q, 1, late);
    return rows_read(q, arena, rows, err);
}

static const char of_person_sql[] = "SELECT " INQUIRY_COLUMNS FROM_INQUIRY "WHERE i.person_id = $1 ORDER BY i.inquiry_id DESC";

bool inquiries_of_person(Store *store, int32_t person_id, Arena *arena, InquiryRows *rows, Error *err)
{
    assert(person_id > 0);
    Query *q = query_begin(store, of_person_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    return rows_read(q, arena, rows, err);
}

// ---- what came

static const char stands_sql[] = "UPDATE inquiry SET state = $2, result = $3, as_of = $4, told_at = $5,"
                                 " answer = coalesce($6, answer), astray_no = NULL WHERE inquiry_id = $1";

bool inquiry_stands(Store *store, int64_t inquiry_id, const InquiryNews *news, Error *err)
{
    assert(inquiry_id > 0);
    Query *q = query_begin(store, stands_sql, err);
    if (!q) return false;
    bind_int64(q, 1, inquiry_id);
    bind_int64(q, 2, news->state);
    bind_int64(q, 3, news->result);
    bind_day(q, 4, news->as_of);
    bind_instant(q, 5, news->at);
    bind_bytes(q, 6, news->answer);
    return query_run(q, err);
}

static const char goes_astray_sql[] = "UPDATE inquiry SET astray_no = $2 WHERE inquiry_id = $1";

bool inquiry_goes_astray(Store *store, int64_t inquiry_id, int64_t astray_no, Error *err)
{
    assert(inquiry_id > 0);
    Query *q = query_begin(store, goes_astray_sql, err);
    if (!q) return false;
    bind_int64(q, 1, inquiry_id);
    bind_int64(q, 2, astray_no);
    return query_run(q, err);
}

static const char astray_sql[] = "SELECT " INQUIRY_COLUMNS FROM_INQUIRY
                                 "WHERE i.astray_no IS NOT NULL AND i.settled_at IS NULL ORDER BY i.astray_no";

bool inquiries_astray(Store *store, Arena *arena, InquiryRows *rows, Error *err)
{
    Query *q = query_begin(store, astray_sql, err);
    return q && rows_read(q, arena, rows, err);
}

static const char waits_sql[] =
    "INSERT INTO inquiry_news (feed_no, about, since) VALUES ($1, $2, $3) ON CONFLICT (feed_no) DO NOTHING";

bool inquiry_news_waits(Store *store, const InquiryNewsUnread *news, bool *added, Error *err)
{
    Query *q = query_begin(store, waits_sql, err);
    if (!q) return false;
    bind_int64(q, 1, news->feed_no);
    bind_text(q, 2, news->about);
    bind_instant(q, 3, news->since);
    (void)query_next(q);
    *added = query_changed(q) > 0;
    return query_end(q, err);
}

static const char over_sql[] = "DELETE FROM inquiry_news WHERE feed_no = $1";

bool inquiry_news_over(Store *store, int64_t feed_no, Error *err)
{
    Query *q = query_begin(store, over_sql, err);
    if (!q) return false;
    bind_int64(q, 1, feed_no);
    return query_run(q, err);
}

static const char unread_sql[] = "SELECT feed_no, about, since FROM inquiry_news ORDER BY feed_no";

bool inquiry_news_unread(Store *store, Arena *arena, InquiryNewsUnreads *rows, Error *err)
{
    *rows = (InquiryNewsUnreads){0};
    Query *q = query_begin(store, unread_sql, err);
    if (!q) return false;
    while (query_next(q))
        *inquiry_news_unreads_push(rows, arena) =
            (InquiryNewsUnread){column_int64(q, 0), column_text(q, 1, arena), column_instant(q, 2)};
    return query_end(q, err);
}

static const char answers_forget_sql[] =
    "UPDATE inquiry SET answer = NULL WHERE answer IS NOT NULL AND settled_at < $1";

bool inquiry_answers_forget(Store *store, Instant settled_before, int64_t *gone, Error *err)
{
    Query *q = query_begin(store, answers_forget_sql, err);
    if (!q) return false;
    bind_instant(q, 1, settled_before);
    (void)query_next(q);
    *gone = query_changed(q);
    return query_end(q, err);
}

static const char settle_sql[] =
    "UPDATE inquiry SET settled_at = $2, settled_by = $3, settled_how = $4 WHERE inquiry_id = $1";

bool inquiry_settle(Store *store, int64_t inquiry_id, Str by, Str how, Instant at, Error *err)
{
    assert(inquiry_id > 0);
    assert(how.len > 0);
    assert(at > 0);
    Query *q = query_begin(store, settle_sql, err);
    if (!q) return false;
    bind_int64(q, 1, inquiry_id);
    bind_instant(q, 2, at);
    bind_text(q, 3, by);
    bind_text(q, 4, how);
    return query_run(q, err);
}

// ---- the cursor

static const char cursor_sql[] = "SELECT next_no FROM inquiry_cursor WHERE cursor_no = 1";

bool inquiry_cursor_read(Store *store, int64_t *next_no, Error *err)
{
    *next_no = 0;
    Query *q = query_begin(store, cursor_sql, err);
    if (!q) return false;
    if (query_next(q)) *next_no = column_int64(q, 0);
    return query_end(q, err);
}

static const char cursor_keep_sql[] = "INSERT INTO inquiry_cursor (cursor_no, next_no) VALUES (1, $1)"
                                      " ON CONFLICT (cursor_no) DO UPDATE SET next_no = $1";

bool inquiry_cursor_keep(Store *store, int64_t next_no, Error *err)
{
    Query *q = query_begin(store, cursor_keep_sql, err);
    if (!q) return false;
    bind_int64(q, 1, next_no);
    return query_run(q, err);
}
