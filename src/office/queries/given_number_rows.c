// SPDX-License-Identifier: Apache-2.0
#include "given_number_rows.h"

#define SINCE_2020 ((Instant)18262 * INSTANT_DAY)

// How a sequence goes on in an office that was put back: at the moment since `from`, in steps of `each`, and never at `end`.
typedef struct Leap {
    Instant from, each;
    int64_t end;
} Leap;
static const Leap of_machines = {0, 1, INT64_MAX};
static const Leap of_twelve_digits = {SINCE_2020, INSTANT_SECOND / 1000, 1000000000000};
static const Leap of_people = {SINCE_2020, INSTANT_SECOND / 10, 10000000000};

// `floor` is where a sequence goes on in an office that was put back; of one that never was it is below everything.
static const char next_sql[] =
    "INSERT INTO given_number (name, last) SELECT $1, CASE WHEN b.least > b.floor THEN b.least ELSE b.floor END + 1"
    " FROM (SELECT CAST($2 AS bigint) AS least, (coalesce((SELECT r.last FROM given_number r WHERE r.name = 'restored'), 0)"
    " - CAST($3 AS bigint)) / CAST($4 AS bigint) AS floor) b WHERE 1 = 1"
    " ON CONFLICT (name) DO UPDATE SET last = CASE WHEN given_number.last >= excluded.last THEN given_number.last + 1"
    " ELSE excluded.last END RETURNING last";

static bool next(Store *store, Str name, int64_t least, const Leap *leap, int64_t *number, Error *err)
{
    int64_t given = 0;
    Query *q = query_begin(store, next_sql, err);
    if (!q) return false;
    bind_text(q, 1, name);
    bind_int64(q, 2, least);
    bind_int64(q, 3, leap->from);
    bind_int64(q, 4, leap->each);
    if (query_next(q)) given = column_int64(q, 0);
    if (!query_end(q, err)) return false;
    if (given >= leap->end)
        return FAIL(err, E_LIMIT, .words = S("付けられる番号がなくなりました。コンピューターの日付が正しいか確かめ、管理者に知らせてください。"));
    *number = given;
    return true;
}

bool given_number_next(Store *store, Str name, int64_t least, int64_t *number, Error *err)
{
    return next(store, name, least, &of_machines, number, err);
}

bool given_count_next(Store *store, Str name, int64_t *count, Error *err)
{
    return next(store, name, 0, &of_twelve_digits, count, err);
}

bool given_short_next(Store *store, Str name, int64_t *number, Error *err)
{
    return next(store, name, 0, &of_people, number, err);
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
