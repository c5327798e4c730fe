// SPDX-License-Identifier: Apache-2.0
#include "change_list_rows.h"

#include <assert.h>

#include "masked.h"
#include "partial_number.h"
#include "standing_rows.h"

// ---- a list is made

static const char next_sql[] = "SELECT coalesce(max(list_no), 0) + 1 FROM change_list";
static const char begin_sql[] =
    "INSERT INTO change_list (list_no, state, from_day, to_day, judged_by, act_no, made_at)"
    " VALUES ($1, 1, $2, $3, $4, $5, $6)";

static bool next_no(Store *store, int32_t *list_no, Error *err)
{
    Query *q = query_begin(store, next_sql, err);
    if (!q) return false;
    while (query_next(q)) *list_no = (int32_t)column_int64(q, 0);
    return query_end(q, err);
}

bool change_list_begin(Store *store, ChangeListRow *row, Error *err)
{
    assert(row->from < row->to);
    assert(row->judged_by.len > 0);
    assert(row->made_at > 0);
    if (!next_no(store, &row->list_no, err)) return false;
    Query *q = query_begin(store, begin_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->list_no);
    bind_day(q, 2, row->from);
    bind_day(q, 3, row->to);
    bind_text(q, 4, row->judged_by);
    bind_int64(q, 5, row->act_no);
    bind_instant(q, 6, row->made_at);
    return query_run(q, err);
}

static const char line_sql[] =
    "INSERT INTO change_line (list_no, place, way, person_id, series, cause, from_status, to_status,"
    " from_position, to_position, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

static Str there(Str text)
{
    return text.len ? text : S("");
}

bool change_lines_put(Store *store, int32_t list_no, const Changes *changes, ptrdiff_t first, ptrdiff_t count,
                      Error *err)
{
    assert(list_no > 0);
    assert(first >= 0 && first + count <= changes->rows.count);
    bool good = true;
    Query *q = query_begin(store, line_sql, err);
    if (!q) return false;
    for (ptrdiff_t i = first; good && i < first + count; i++) {
        const ChangeRow *row = &changes->rows.at[i];
        bind_int64(q, 1, list_no);
        bind_int64(q, 2, i + 1);
        bind_int64(q, 3, change_way(row));
        bind_int64(q, 4, row->person_id);
        bind_text(q, 5, group_id(changes->schedule, row->group));
        bind_text(q, 6, str_of(change_cause_text((ChangeCause)row->cause)));
        bind_text(q, 7, status_text(changes->schedule, (Status)row->from_status));
        bind_text(q, 8, status_text(changes->schedule, (Status)row->to_status));
        bind_text(q, 9, there(row->from_position));
        bind_text(q, 10, there(row->to_position));
        bind_text(q, 11, there(row->detail));
        good = query_again(q);
    }
    return query_end(q, err);
}

static const char older_sql[] =
    "UPDATE change_list SET state = 3 WHERE from_day = $1 AND to_day = $2 AND state = 2";
static const char whole_sql[] = "UPDATE change_list SET state = 2 WHERE list_no = $1 AND state = 1";

bool change_list_end(Store *store, const ChangeListRow *row, Error *err)
{
    assert(row->list_no > 0);
    Query *q = query_begin(store, older_sql, err);
    if (!q) return false;
    bind_day(q, 1, row->from);
    bind_day(q, 2, row->to);
    if (!query_run(q, err) || !(q = query_begin(store, whole_sql, err))) return false;
    bind_int64(q, 1, row->list_no);
    return query_run(q, err);
}

// ---- a list is read

static const char find_sql[] =
    "SELECT list_no, act_no, made_at FROM change_list WHERE from_day = $1 AND to_day = $2"
    " AND state = 2 AND judged_by = $3 ORDER BY list_no DESC LIMIT 1";

bool change_list_find(Store *store, Day from, Day to, Str judged_by, ChangeListRow *row, Error *err)
{
    *row = (ChangeListRow){.from = from, .to = to, .judged_by = judged_by};
    Query *q = query_begin(store, find_sql, err);
    if (!q) return false;
    bind_day(q, 1, from);
    bind_day(q, 2, to);
    bind_text(q, 3, judged_by);
    if (query_next(q)) {
        row->list_no = (int32_t)column_int64(q, 0);
        row->act_no = (int32_t)column_int64(q, 1);
        row->made_at = column_instant(q, 2);
    }
    return query_end(q, err);
}

static const char written_sql[] = "SELECT count(*) FROM person_last_act WHERE act_no > $1";

bool change_list_written(Store *store, int32_t act_no, int64_t *people, Error *err)
{
    assert(act_no >= 0);
    *people = 0;
    Query *q = query_begin(store, written_sql, err);
    if (!q) return false;
    bind_int64(q, 1, act_no);
    if (query_next(q)) *people = column_int64(q, 0);
    return query_end(q, err);
}

static const char counts_sql[] = "SELECT way, count(*) FROM change_line WHERE list_no = $1 GROUP BY way";

bool change_line_counts(Store *store, int32_t list_no, int64_t counts[CHANGE_WAYS], Error *err)
{
    for (int way = 0; way < CHANGE_WAYS; way++) counts[way] = 0;
    Query *q = query_begin(store, counts_sql, err);
    if (!q) return false;
    bind_int64(q, 1, list_no);
    while (query_next(q)) {
        int64_t way = column_int64(q, 0);
        if (way >= 0 && way < CHANGE_WAYS) counts[way] = column_int64(q, 1);
    }
    return query_end(q, err);
}

#define LINES                                                                                        \
    "SELECT l.person_id, p.addressee_no, p.name, p.birth, p.protected, l.series, l.cause,"           \
    " l.from_status, l.to_status, l.from_position, l.to_position, l.detail"                          \
    " FROM change_line l JOIN person p ON p.person_id = l.person_id WHERE l.list_no = $1"
#define PAGE " ORDER BY l.place LIMIT $2 OFFSET $3"
static const char all_sql[] = LINES PAGE;
static const char way_sql[] = LINES " AND l.way = $4" PAGE;

static int32_t status_named(const Schedule *schedule, Str text)
{
    for (int s = 0; s < status_count(schedule); s++)
        if (str_equal(status_text(schedule, (Status)s), text)) return s;
    return STATUS_NOT_TARGET;
}

static int16_t cause_named(Str text)
{
    for (int cause = 0; cause < CHANGE_CAUSES; cause++)
        if (str_equal(str_of(change_cause_text((ChangeCause)cause)), text)) return (int16_t)cause;
    return CHANGE_PERSON;
}

static ChangeRow row_here(Query *q, const Schedule *schedule, Arena *arena)
{
    Error unread;
    ChangeRow row = {
        .person_id = (int32_t)column_int64(q, 0),
        .name = masked(column_int64(q, 4) != 0, column_text(q, 2, arena)),
        .birth = partial_of_number(column_int64(q, 3)),
        .group = (int16_t)group_find(schedule, column_view(q, 5)),
        .cause = cause_named(column_view(q, 6)),
        .from_status = status_named(schedule, column_view(q, 7)),
        .to_status = status_named(schedule, column_view(q, 8)),
        .from_position = column_text(q, 9, arena),
        .to_position = column_text(q, 10, arena),
        .detail = column_text(q, 11, arena),
    };
    (void)!addressee_no_parse(column_view(q, 1), &row.who, NULL, &unread);
    return row;
}

bool change_lines_read(Store *store, const Schedule *schedule, int32_t list_no, ChangeWay way, int64_t behind,
                       int64_t most, Arena *arena, ChangeRows *rows, Error *err)
{
    assert(behind >= 0 && most > 0);
    *rows = (ChangeRows){0};
    Query *q = query_begin(store, way == CHANGE_WAYS ? all_sql : way_sql, err);
    if (!q) return false;
    bind_int64(q, 1, list_no);
    bind_int64(q, 2, most);
    bind_int64(q, 3, behind);
    if (way != CHANGE_WAYS) bind_int64(q, 4, way);
    while (query_next(q)) {
        ChangeRow row = row_here(q, schedule, arena);
        // A series that these rules do not know was judged by others: the list is not theirs.
        if (row.group != GROUP_NONE) *change_rows_push(rows, arena) = row;
    }
    return query_end(q, err);
}

// ---- a list goes

static const char over_sql[] =
    "SELECT coalesce(min(list_no), 0) FROM change_list WHERE state = 3 OR made_at < $1 OR (state = 1 AND made_at < $2)";
static const char lines_gone_sql[] =
    "DELETE FROM change_line WHERE list_no = $1 AND place <"
    " (SELECT min(place) FROM change_line WHERE list_no = $1) + $2";
static const char list_gone_sql[] = "DELETE FROM change_list WHERE list_no = $1";

static bool over_find(Store *store, Instant before, Instant broken, int32_t *list_no, Error *err)
{
    *list_no = 0;
    Query *q = query_begin(store, over_sql, err);
    if (!q) return false;
    bind_instant(q, 1, before);
    bind_instant(q, 2, broken);
    if (query_next(q)) *list_no = (int32_t)column_int64(q, 0);
    return query_end(q, err);
}

static bool lines_go(Store *store, int32_t list_no, int64_t most, int64_t *gone, Error *err)
{
    Query *q = query_begin(store, lines_gone_sql, err);
    if (!q) return false;
    bind_int64(q, 1, list_no);
    bind_int64(q, 2, most);
    bool run = query_next(q);
    (void)run;
    *gone = query_changed(q);
    return query_end(q, err);
}

static bool list_goes(Store *store, int32_t list_no, Error *err)
{
    Query *q = query_begin(store, list_gone_sql, err);
    if (!q) return false;
    bind_int64(q, 1, list_no);
    return query_run(q, err);
}

bool change_lists_forget(Store *store, Instant before, Instant broken, int64_t most, int64_t *gone, Error *err)
{
    assert(most > 0);
    int32_t list_no;
    for (*gone = 0; *gone < most;) {
        int64_t lines;
        if (!over_find(store, before, broken, &list_no, err)) return false;
        if (!list_no) return true;
        if (!lines_go(store, list_no, most, &lines, err)) return false;
        *gone += lines + (lines < most);
        if (lines < most && !list_goes(store, list_no, err)) return false;
    }
    return true;
}
