// SPDX-License-Identifier: Apache-2.0
#include "list_permit_rows.h"

#include <assert.h>

static Sha256 bound(const Keys *keys, int64_t permit_no, const ListPermit *permit, Arena scratch)
{
    char content[SHA256_TEXT_SIZE];
    assert(permit->asker.len > 0);
    Str all = str_format(&scratch, "%lld %td:%.*s %td:%.*s %s %d", (long long)permit_no, permit->asker.len,
                         STR(permit->asker), permit->asked.len, STR(permit->asked),
                         sha256_text(&permit->content, content), permit->day);
    return keys_index(keys, S("list permit"), (Bytes){(const unsigned char *)all.at, all.len});
}

static const char last_sql[] = "SELECT coalesce(max(permit_no), 0) FROM list_permit";
static const char insert_sql[] =
    "INSERT INTO list_permit (permit_no, asker, asked, content, day) VALUES ($1, $2, $3, $4, $5)";

bool list_permit_insert(Store *store, const Keys *keys, const ListPermit *permit, Arena scratch, Error *err)
{
    char content[SHA256_TEXT_SIZE];
    assert(permit->day != DAY_NONE);
    Query *q = query_begin(store, last_sql, err);
    if (!q) return false;
    int64_t permit_no = (query_next(q) ? column_int64(q, 0) : 0) + 1;
    if (!query_end(q, err) || !(q = query_begin(store, insert_sql, err))) return false;
    Sha256 mark = bound(keys, permit_no, permit, scratch);
    bind_int64(q, 1, permit_no);
    bind_text(q, 2, permit->asker);
    bind_text(q, 3, permit->asked);
    bind_text(q, 4, str_of(sha256_text(&mark, content)));
    bind_day(q, 5, permit->day);
    return query_run(q, err);
}

static const char open_sql[] = "SELECT permit_no, content FROM list_permit WHERE asker = $1 AND asked = $2 AND day = $3"
                               " AND taken_at IS NULL ORDER BY permit_no";

bool list_permit_find(Store *store, const Keys *keys, const ListPermit *permit, Arena scratch,
                      int64_t *permit_no, Error *err)
{
    char content[SHA256_TEXT_SIZE];
    Query *q = query_begin(store, open_sql, err);
    if (!q) return false;
    bind_text(q, 1, permit->asker);
    bind_text(q, 2, permit->asked);
    bind_day(q, 3, permit->day);
    *permit_no = 0;
    while (query_next(q)) {
        Sha256 mark = bound(keys, column_int64(q, 0), permit, scratch);
        bool stands = str_equal(column_view(q, 1), str_of(sha256_text(&mark, content)));
        if (stands && !*permit_no) *permit_no = column_int64(q, 0);
    }
    return query_end(q, err);
}

static const char take_sql[] =
    "UPDATE list_permit SET taken_at = $1, taken_record = $2 WHERE permit_no = $3 AND taken_at IS NULL";

bool list_permit_take(Store *store, const Keys *keys, const ListPermit *permit, Instant now, int64_t record_no,
                      Arena scratch, Error *err)
{
    int64_t permit_no;
    assert(record_no > 0);
    if (!list_permit_find(store, keys, permit, scratch, &permit_no, err)) return false;
    if (!permit_no)
        return FAIL(err, E_CONFLICT,
                    .words = S("この一覧はもう出したか、承認のあとに内容が変わりました。もう一度申請してください。"));
    Query *q = query_begin(store, take_sql, err);
    if (!q) return false;
    bind_instant(q, 1, now);
    bind_int64(q, 2, record_no);
    bind_int64(q, 3, permit_no);
    return query_run(q, err);
}
