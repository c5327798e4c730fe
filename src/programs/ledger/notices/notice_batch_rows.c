// SPDX-License-Identifier: Apache-2.0
#include "notice_batch_rows.h"

#include <assert.h>

static const char batches_sql[] =
    "SELECT r.run_no, r.as_of, r.reprint_of, r.held, a.done_by, a.done_at,"
    " (SELECT count(*) FROM notice n WHERE n.run_no = r.run_no AND n.to_act = 2147483647),"
    " (SELECT count(*) FROM notice n WHERE n.run_no = r.run_no AND n.to_act < 2147483647),"
    " coalesce((SELECT n.kind FROM notice n WHERE n.run_no ="
    "  CASE WHEN r.reprint_of > 0 THEN r.reprint_of ELSE r.run_no END ORDER BY n.notice_id LIMIT 1), ''),"
    " (SELECT count(*) FROM notice_file f WHERE f.run_no = r.run_no AND f.fate = 0),"
    " (SELECT count(*) FROM notice_file f WHERE f.run_no = r.run_no AND f.fate = 1),"
    " (SELECT count(*) FROM notice_file f WHERE f.run_no = r.run_no AND f.fate = 2), r.sent"
    " FROM notice_run r JOIN act a ON a.act_no = r.act_no ORDER BY r.run_no DESC LIMIT $1";

Str batch_number(const BatchRow *row, Arena *arena)
{
    CivilDate d = civil_of(row->as_of);
    return str_format(arena, "%s%s%04d%02d%02d-%03d", row->reprint ? "C" : "", row->reminder ? "R" : "N", d.year,
                      d.month, d.day, row->run_no);
}

static void row_take(Query *q, Arena *arena, BatchRow *row)
{
    Str kind = column_view(q, 8);
    *row = (BatchRow){.run_no = (int32_t)column_int64(q, 0),
                      .as_of = column_day(q, 1),
                      .reprint = column_int64(q, 2) > 0,
                      .held = column_int64(q, 3),
                      .done_by = column_text(q, 4, arena),
                      .done_at = column_instant(q, 5),
                      .letters = column_int64(q, 6),
                      .taken_back = column_int64(q, 7),
                      .reminder = str_equal(kind, S("reminder")),
                      .files_waiting = column_int64(q, 9),
                      .files_there = column_int64(q, 10),
                      .files_lost = column_int64(q, 11),
                      .sent = column_int64(q, 12)};
    row->number = batch_number(row, arena);
}

bool batch_rows_read(Store *store, int most, Arena *arena, BatchRows *rows, Error *err)
{
    assert(most > 0);
    *rows = (BatchRows){0};
    Query *q = query_begin(store, batches_sql, err);
    if (!q) return false;
    bind_int64(q, 1, most);
    while (query_next(q)) row_take(q, arena, batch_rows_push(rows, arena));
    return query_end(q, err);
}

bool batch_row_find(Store *store, Str number, Arena *arena, BatchRow *row, bool *found, Error *err)
{
    BatchRows all;
    *found = false;
    if (!batch_rows_read(store, INT32_MAX, arena, &all, err)) return false;
    VEC_EACH (const BatchRow, one, all) {
        if (!str_equal(one->number, number)) continue;
        *row = *one;
        *found = true;
    }
    return true;
}

static const char letters_sql[] =
    "SELECT p.addressee_no, p.name, p.protected, p.status, p.withdrawn, n.series, n.position, n.to_act, n.person_id"
    " FROM notice n JOIN person p ON p.person_id = n.person_id WHERE n.run_no = $1"
    " ORDER BY n.person_id, n.series, n.notice_id LIMIT $2 OFFSET $3";

bool batch_letters_read(Store *store, int32_t run_no, int64_t after, int most, Arena *arena,
                        BatchLetters *letters, bool *more, Error *err)
{
    assert(run_no > 0);
    assert(most > 0);
    assert(after >= 0);
    enum { RESIDENT = 1, DEAD = 3 };
    Error unread;
    *letters = (BatchLetters){0};
    Query *q = query_begin(store, letters_sql, err);
    if (!q) return false;
    bind_int64(q, 1, run_no);
    bind_int64(q, 2, most + 1);
    bind_int64(q, 3, after);
    while (query_next(q)) {
        int64_t status = column_int64(q, 3);
        BatchLetter *letter = batch_letters_push(letters, arena);
        *letter = (BatchLetter){.name = column_text(q, 1, arena),
                                .is_protected = column_int64(q, 2) != 0,
                                .dead = status == DEAD,
                                .gone = status != RESIDENT || column_int64(q, 4),
                                .series = column_text(q, 5, arena),
                                .position = column_text(q, 6, arena),
                                .taken_back = column_int64(q, 7) < INT32_MAX,
                                .person_id = (int32_t)column_int64(q, 8)};
        (void)!addressee_no_parse(column_view(q, 0), &letter->who, NULL, &unread);
    }
    *more = letters->count > most;
    if (*more) letters->count = most;
    return query_end(q, err);
}
