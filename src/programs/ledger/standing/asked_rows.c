// SPDX-License-Identifier: Apache-2.0
#include "asked_rows.h"

#include <assert.h>
#include <stdlib.h>

#include "partial_number.h"
#include "stale_set.h"
#include "standing_columns.h"
#include "work_rows.h"

enum { AT_NUMBER = STANDING_COLUMN_COUNT, AT_NAME, AT_BIRTH, AT_PROTECTED };

struct AskedRows {
    Query *q;
    const Schedule *schedule;
    Arena texts;
    PositionsMet met;
};

#define ASKED                                                               \
    "SELECT " STANDING_COLUMNS(                                             \
        "s.") ", p.addressee_no, p.name, p.birth, p.protected"              \
              " FROM standing s JOIN person p ON p.person_id = s.person_id" \
              " WHERE s.status IN ('due', 'late') AND s.person_id NOT IN (" STALE_PERSONS_SQL ")"
#define IN_TIME " AND s.last_safe BETWEEN $3 AND $4"

static const char all_sql[] = ASKED IN_TIME " ORDER BY s.person_id, s.series";
static const char series_sql[] =
    ASKED IN_TIME " AND s.series = $5 ORDER BY s.last_safe, s.person_id";

// The next rows of a page. A page of one series reads its own index.
#define PAGE " AND ($5 = '' OR s.ward = $5)"
static const char page_sql[] =
    ASKED IN_TIME PAGE " AND (s.last_safe, s.person_id, s.series) > ($6, $7, $8)"
                       " ORDER BY s.last_safe, s.person_id, s.series LIMIT $9";
static const char page_series_sql[] =
    ASKED IN_TIME PAGE " AND s.series = $9 AND (s.last_safe, s.person_id, s.series) > ($6, $7, $8)"
                       " ORDER BY s.last_safe, s.person_id LIMIT $10";

// $1 and $2 of STALE_PERSONS_SQL: nobody was touched after the last act of all, or judged for days before the first one.
static void stale_bind(Query *q, const AskedWanted *wanted)
{
    bind_int64(q, 1, wanted->stale_too ? INT32_MAX : wanted->state->act_no);
    bind_day(q, 2, wanted->stale_too ? DAY_MIN : wanted->as_of);
}

static bool rows_open(Store *store, const Schedule *schedule, const char *sql,
                      const AskedWanted *wanted, bool streamed, Arena *arena, AskedRows **rows,
                      Error *err)
{
    enum { TEXTS_BYTES = 8 << 10 };  // of one person's name and ward
    char *texts = NEW(arena, char, TEXTS_BYTES);
    AskedRows *made = NEW(arena, AskedRows, 1);
    *made =
        (AskedRows){.q = streamed ? query_stream(store, sql, err) : query_begin(store, sql, err),
                    .schedule = schedule,
                    .texts = {texts, texts + TEXTS_BYTES}};
    if (!made->q) return false;
    stale_bind(made->q, wanted);
    bind_int64(made->q, 3, wanted->last_safe_least);
    bind_int64(made->q, 4, wanted->last_safe_most);
    *rows = made;
    return true;
}

bool asked_rows_begin(Store *store, const Schedule *schedule, const AskedWanted *wanted,
                      Arena *arena, AskedRows **rows, Error *err)
{
    assert(wanted->as_of != DAY_NONE);
    assert(wanted->last_safe_least <= wanted->last_safe_most);
    bool one = str_present(wanted->series);
    if (!rows_open(store, schedule, one ? series_sql : all_sql, wanted, true, arena, rows, err))
        return false;
    if (one) bind_text((*rows)->q, 5, wanted->series);
    return true;
}

bool asked_page_begin(Store *store, const Schedule *schedule, const AskedWanted *wanted,
                      const AskedPage *page, Arena *arena, AskedRows **rows, Error *err)
{
    assert(wanted->as_of != DAY_NONE);
    assert(page->count > 0);
    bool one = str_present(wanted->series);
    if (!rows_open(store, schedule, one ? page_series_sql : page_sql, wanted, false, arena, rows,
                   err))
        return false;
    Query *q = (*rows)->q;
    bind_text(q, 5, str_present(page->ward) ? page->ward : S(""));
    bind_int64(q, 6, page->after.last_safe);
    bind_int64(q, 7, page->after.person_id);
    bind_text(q, 8, str_present(page->after.series) ? page->after.series : S(""));
    if (one) bind_text(q, 9, wanted->series);
    bind_int64(q, one ? 10 : 9, page->count);
    return true;
}

bool asked_rows_next(AskedRows *rows, AskedRow *row)
{
    Query *q = rows->q;
    Error unread;
    if (!query_next(q)) return false;
    Arena texts = rows->texts;
    *row = (AskedRow){
        .person_id = (int32_t)column_int64(q, AT_PERSON),
        .name = column_text(q, AT_NAME, &texts),
        .birth = partial_of_number(column_int64(q, AT_BIRTH)),
        .is_protected = column_int64(q, AT_PROTECTED) != 0,
        .ward = column_text(q, AT_WARD, &texts),
        .next = next_standing_read(q, rows->schedule, &rows->met),
    };
    (void)!addressee_no_parse(column_view(q, AT_NUMBER), &row->who, NULL, &unread);
    return true;
}

bool asked_rows_end(AskedRows *rows, Error *err)
{
    return query_end(rows->q, err);
}

// ---- next doses by month

struct MonthCounts {
    Query *q;
    const Schedule *schedule;
    PositionsMet met;
};

static const char months_sql[] =
    "SELECT series, position, month, sum(people) FROM ("
    "SELECT series, position, month, persons AS people FROM standing_month WHERE month <= $3"
    " UNION ALL SELECT series, position, month, -1 FROM standing WHERE contraindicated = 0 AND month <= $3"
    " AND person_id IN (" STALE_PERSONS_SQL ")"
    ") AS counted GROUP BY series, position, month";

bool month_counts_begin(Store *store, const Schedule *schedule, const StandingState *state, Day as_of,
                        int32_t month_most, Arena *arena, MonthCounts **counts, Error *err)
{
    assert(as_of != DAY_NONE);
    assert(state->act_no != STANDING_MAKING);
    MonthCounts *made = NEW(arena, MonthCounts, 1);
    *made = (MonthCounts){.q = query_begin(store, months_sql, err), .schedule = schedule};
    if (!made->q) return false;
    bind_int64(made->q, 1, state->act_no);
    bind_day(made->q, 2, as_of);
    bind_int64(made->q, 3, month_most);
    *counts = made;
    return true;
}

bool month_counts_next(MonthCounts *counts, MonthCount *count)
{
    Query *q = counts->q;
    if (!query_next(q)) return false;
    *count = (MonthCount){.next = {.group = (int16_t)group_find(counts->schedule, column_view(q, 0)),
                                   .position = position_met(counts->schedule, &counts->met, column_view(q, 1)),
                                   .month = (int32_t)column_int64(q, 2)},
                          .people = column_int64(q, 3)};
    return true;
}

bool month_counts_end(MonthCounts *counts, Error *err)
{
    return query_end(counts->q, err);
}

// ---- counts

struct AskedCounts {
    Query *q;
    Arena texts;
};

static const char counts_sql[] =
    "SELECT series, ward, sum(people) FROM ("
    "SELECT series, ward, persons AS people FROM standing_count"
    " WHERE status IN ('due', 'late') AND last_safe BETWEEN $3 AND $4"
    " UNION ALL SELECT series, ward, -1 FROM standing WHERE status IN ('due', 'late')"
    " AND last_safe BETWEEN $3 AND $4 AND person_id IN (" STALE_PERSONS_SQL ")"
    ") AS counted GROUP BY series, ward";

bool asked_counts_begin(Store *store, const AskedWanted *wanted, Arena *arena, AskedCounts **counts,
                        Error *err)
{
    assert(wanted->as_of != DAY_NONE);
    enum { TEXTS_BYTES = 512 };
    char *texts = NEW(arena, char, TEXTS_BYTES);
    AskedCounts *made = NEW(arena, AskedCounts, 1);
    *made = (AskedCounts){query_begin(store, counts_sql, err), {texts, texts + TEXTS_BYTES}};
    if (!made->q) return false;
    stale_bind(made->q, wanted);
    bind_int64(made->q, 3, wanted->last_safe_least);
    bind_int64(made->q, 4, wanted->last_safe_most);
    *counts = made;
    return true;
}

bool asked_counts_next(AskedCounts *counts, AskedCount *count)
{
    if (!query_next(counts->q)) return false;
    Arena texts = counts->texts;
    *count = (AskedCount){column_text(counts->q, 0, &texts), column_text(counts->q, 1, &texts),
                          column_int64(counts->q, 2)};
    return true;
}

bool asked_counts_end(AskedCounts *counts, Error *err)
{
    return query_end(counts->q, err);
}

// ---- holds

static const char holds_sql[] =
    "SELECT person_id, kind FROM work WHERE to_act = 2147483647"
    " AND kind IN ('register_held', 'change_held') AND person_id > 0 ORDER BY person_id, work_id";

bool holds_read(Store *store, Arena *arena, HoldRows *holds, Error *err)
{
    *holds = (HoldRows){0};
    Query *q = query_begin(store, holds_sql, err);
    if (!q) return false;
    while (query_next(q))
        *holds_push(holds, arena) =
            (Hold){(int32_t)column_int64(q, 0), work_kind_named(column_view(q, 1))};
    return query_end(q, err);
}

static int hold_order(const void *left, const void *right)
{
    int32_t a = ((const Hold *)left)->person_id, b = ((const Hold *)right)->person_id;
    return (a > b) - (a < b);
}

// The first of several, as a pass takes it.
Str hold_of(const HoldRows *holds, int32_t person_id)
{
    assert(person_id > 0);
    const Hold asked = {.person_id = person_id};
    if (!holds->count) return (Str){0};
    const Hold *found =
        bsearch(&asked, holds->at, (size_t)holds->count, sizeof *holds->at, hold_order);
    if (!found) return (Str){0};
    while (found > holds->at && found[-1].person_id == person_id) found--;
    return found->code;
}
