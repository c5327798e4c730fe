// SPDX-License-Identifier: Apache-2.0
#include "stats_rows.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char days_sql[] = "SELECT day, CAST(sum(due) AS bigint), CAST(sum(late) AS bigint) FROM standing_day WHERE day >= $1"
                               " GROUP BY day ORDER BY day";

bool stood_days_read(Store *store, Day from, Arena *arena, StoodDays *days, Error *err)
{
    assert(from != DAY_NONE);
    enum { WEEK = 7 };
    *days = (StoodDays){0};
    Query *q = query_begin(store, days_sql, err);
    if (!q) return false;
    bind_day(q, 1, from);
    while (query_next(q)) {
        Day day = column_day(q, 0);
        bool same_week = days->count > 1 && day - days->at[days->count - 2].day < WEEK;
        StoodDay *row = same_week ? &days->at[days->count - 1] : stood_days_push(days, arena);
        *row = (StoodDay){day, column_int64(q, 1), column_int64(q, 2)};
    }
    return query_end(q, err);
}

// ---- senders

static const char files_sql[] =
    "SELECT f.name, f.row_count, f.accepted, f.warned, f.review, f.returned, f.duplicate,"
    " (SELECT c.name FROM clinic c WHERE c.to_act = 2147483647 AND f.name LIKE '%_' || c.clinic_code || '_%'"
    " ORDER BY c.clinic_id LIMIT 1)"
    " FROM intake_file f WHERE f.month BETWEEN $1 AND $2 ORDER BY f.file_no";

static Str sender_of(Str name)
{
    Cut prefix = str_cut(name, '_'), month = str_cut(prefix.tail, '_');
    return str_cut(month.tail, '_').head;
}

static SenderOutcomes *sender_row(SenderOutcomeRows *rows, Str sender, Arena *arena)
{
    VEC_EACH (SenderOutcomes, row, *rows)
        if (str_equal(row->sender, sender)) return row;
    SenderOutcomes *made = sender_outcomes_push(rows, arena);
    *made = (SenderOutcomes){.sender = str_copy(arena, sender)};
    return made;
}

static int by_returned(const void *left, const void *right)
{
    const SenderOutcomes *a = left, *b = right;
    if (a->returned != b->returned) return a->returned > b->returned ? -1 : 1;
    ptrdiff_t common = a->sender.len < b->sender.len ? a->sender.len : b->sender.len;
    return memcmp(a->sender.at, b->sender.at, (size_t)common);
}

bool sender_outcomes_read(Store *store, int32_t first, int32_t last, Arena *arena,
                          SenderOutcomeRows *rows, Error *err)
{
    assert(first <= last);
    *rows = (SenderOutcomeRows){0};
    Query *q = query_begin(store, files_sql, err);
    if (!q) return false;
    bind_int64(q, 1, first);
    bind_int64(q, 2, last);
    while (query_next(q)) {
        SenderOutcomes *row = sender_row(rows, sender_of(column_view(q, 0)), arena);
        row->rows += column_int64(q, 1);
        row->accepted += column_int64(q, 2);
        row->warned += column_int64(q, 3);
        row->review += column_int64(q, 4);
        row->returned += column_int64(q, 5);
        row->duplicate += column_int64(q, 6);
        if (!row->name.len) row->name = column_text(q, 7, arena);
    }
    if (rows->count) qsort(rows->at, (size_t)rows->count, sizeof *rows->at, by_returned);
    return query_end(q, err);
}
