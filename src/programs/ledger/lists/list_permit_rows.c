// SPDX-License-Identifier: Apache-2.0
#include "list_permit_rows.h"

#include <assert.h>

static const char insert_sql[] =
    "INSERT INTO list_permit (permit_no, asker, asked, content, day)"
    " SELECT (SELECT coalesce(max(permit_no), 0) + 1 FROM list_permit), $1, $2, $3, CAST($4 AS integer)";

static void bind_permit(Query *q, const ListPermit *permit, const char *content)
{
    assert(permit->asker.len > 0);
    bind_text(q, 1, permit->asker);
    bind_text(q, 2, permit->asked);
    bind_text(q, 3, str_of(content));
    bind_day(q, 4, permit->day);
}

bool list_permit_insert(Store *store, const ListPermit *permit, Error *err)
{
    char content[SHA256_TEXT_SIZE];
    Query *q = query_begin(store, insert_sql, err);
    if (!q) return false;
    bind_permit(q, permit, sha256_text(&permit->content, content));
    return query_run(q, err);
}

#define OPEN_PERMIT \
    "SELECT min(permit_no) FROM list_permit WHERE asker = $1 AND asked = $2 AND content = $3 AND day = $4 AND taken_at IS NULL"

bool list_permit_there(Store *store, const ListPermit *permit, bool *there, Error *err)
{
    char content[SHA256_TEXT_SIZE];
    Query *q = query_begin(store, OPEN_PERMIT, err);
    if (!q) return false;
    bind_permit(q, permit, sha256_text(&permit->content, content));
    *there = query_next(q) && !column_is_null(q, 0);
    return query_end(q, err);
}

static const char take_sql[] =
    "UPDATE list_permit SET taken_at = $5 WHERE permit_no = (" OPEN_PERMIT ")";

bool list_permit_take(Store *store, const ListPermit *permit, Instant now, Error *err)
{
    char content[SHA256_TEXT_SIZE];
    Query *q = query_begin(store, take_sql, err);
    if (!q) return false;
    bind_permit(q, permit, sha256_text(&permit->content, content));
    bind_instant(q, 5, now);
    bool ran = !query_next(q) && query_changed(q) == 1;
    if (!query_end(q, err)) return false;
    return ran || FAIL(err, E_CONFLICT,
                       .words = S("この一覧はもう出したか、承認のあとに内容が変わりました。もう一度申請してください。"));
}
