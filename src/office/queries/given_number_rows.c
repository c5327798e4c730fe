// SPDX-License-Identifier: Apache-2.0
#include "given_number_rows.h"

#define COUNTS_FROM ((Instant)18262 * INSTANT_DAY)  // 2020-01-01: the counts of 31 years fit
#define COUNT_END   ((int64_t)1000000000000)
#define COUNT_EACH  (INSTANT_SECOND / 1000)

// `floor` is where a sequence goes on in an office that was put back; of one that never was it is below everything.
static const char next_sql[] =
    "INSERT INTO given_number (name, last) SELECT $1, CASE WHEN b.least > b.floor THEN b.least ELSE b.floor END + 1"
    " FROM (SELECT CAST($2 AS bigint) AS least, (coalesce((SELECT r.last FROM given_number r WHERE r.name = 'restored'), 0)"
    " - CAST($3 AS bigint)) / CAST($4 AS bigint) AS floor) b WHERE 1 = 1"
    " ON CONFLICT (name) DO UPDATE SET last = CASE WHEN given_number.last >= excluded.last THEN given_number.last + 1"
    " ELSE excluded.last END RETURNING last";

static bool next(Store *store, Str name, int64_t least, Instant from, int64_t each, int64_t *number, Error *err)
{
    Query *q = query_begin(store, next_sql, err);
    if (!q) return false;
    bind_text(q, 1, name);
    bind_int64(q, 2, least);
    bind_int64(q, 3, from);
    bind_int64(q, 4, each);
    if (query_next(q)) *number = column_int64(q, 0);
    return query_end(q, err);
}

bool given_number_next(Store *store, Str name, int64_t least, int64_t *number, Error *err)
{
    return next(store, name, least, 0, 1, number, err);
}

bool given_count_next(Store *store, Str name, int64_t least, int64_t *count, Error *err)
{
    int64_t given = 0;
    if (!next(store, name, least, COUNTS_FROM, COUNT_EACH, &given, err)) return false;
    if (given >= COUNT_END)
        return FAIL(err, E_LIMIT, .words = S("付けられる番号がなくなりました。コンピューターの日付が正しいか確かめ、管理者に知らせてください。"));
    *count = given;
    return true;
}

static const char leap_sql[] = "INSERT INTO given_number (name, last) VALUES ('restored', $1)"
                               " ON CONFLICT (name) DO UPDATE SET last = excluded.last";

bool given_numbers_leap(Store *store, Instant at, Error *err)
{
    Query *q = query_begin(store, leap_sql, err);
    if (!q) return false;
    bind_instant(q, 1, at);
    return query_run(q, err);
}
