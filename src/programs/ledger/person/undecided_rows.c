// SPDX-License-Identifier: Apache-2.0
#include "undecided_rows.h"

#include <assert.h>

#include "partial_number.h"

#define PERSON_COLUMNS \
    "p.person_id, p.addressee_no, p.name, p.birth, p.sex, p.status, p.protected, a.business_day"

static void take_row(Query *q, Arena *arena, UndecidedRow *row)
{
    Error unread;
    *row = (UndecidedRow){.person = {.person_id = (int32_t)column_int64(q, 0),
                                     .name = column_text(q, 2, arena),
                                     .birth = partial_of_number(column_int64(q, 3)),
                                     .sex = (int32_t)column_int64(q, 4),
                                     .status = (int32_t)column_int64(q, 5),
                                     .is_protected = column_int64(q, 6) != 0},
                          .since = column_day(q, 7)};
    (void)!addressee_no_parse(column_view(q, 1), &row->person.who, NULL, &unread);
}

static const char replaced_sql[] =
    "SELECT " PERSON_COLUMNS ", f.value, f.source, a.done_by FROM person_fact f"
    " JOIN person p ON p.person_id = f.person_id JOIN act a ON a.act_no = f.from_act"
    " WHERE f.kind = $1 AND f.to_act = 2147483647 AND p.withdrawn = 0 AND NOT EXISTS"
    " (SELECT 1 FROM person_fact n WHERE n.person_id = f.person_id AND n.kind = $2"
    " AND n.to_act = 2147483647) ORDER BY f.from_act, f.fact_id";

bool facts_replaced(Store *store, Str kind, Str replacement, Arena *arena, UndecidedRows *rows,
                    Error *err)
{
    assert(kind.len > 0 && replacement.len > 0);
    Query *q = query_begin(store, replaced_sql, err);
    if (!q) return false;
    bind_text(q, 1, kind);
    bind_text(q, 2, replacement);
    while (query_next(q)) {
        UndecidedRow *row = undecided_push(rows, arena);
        take_row(q, arena, row);
        row->value = column_text(q, 8, arena);
        row->source = column_text(q, 9, arena);
        row->who = column_text(q, 10, arena);
    }
    return query_end(q, err);
}

static const char running_sql[] =
    "SELECT " PERSON_COLUMNS ", f.subject, f.since, f.until, f.source FROM person_fact f"
    " JOIN person p ON p.person_id = f.person_id JOIN act a ON a.act_no = f.from_act"
    " WHERE f.kind = $1 AND f.to_act = 2147483647 AND p.withdrawn = 0 AND p.status = 1"
    " AND f.since <= $2 AND (f.until IS NULL OR f.until >= $2) ORDER BY f.from_act, f.fact_id";

bool facts_running(Store *store, Str kind, Day day, Arena *arena, UndecidedRows *rows, Error *err)
{
    assert(kind.len > 0);
    assert(day != DAY_NONE);
    Query *q = query_begin(store, running_sql, err);
    if (!q) return false;
    bind_text(q, 1, kind);
    bind_day(q, 2, day);
    while (query_next(q)) {
        UndecidedRow *row = undecided_push(rows, arena);
        take_row(q, arena, row);
        row->subject = column_text(q, 8, arena);
        row->from = column_day(q, 9);
        row->until = column_day(q, 10);
        row->source = column_text(q, 11, arena);
    }
    return query_end(q, err);
}

static const char births_sql[] =
    "SELECT " PERSON_COLUMNS " FROM person p JOIN act a ON a.act_no = p.from_act"
    " WHERE p.birth % 100 = 0 AND p.withdrawn = 0 AND p.status = 1 ORDER BY p.person_id";

bool births_vague(Store *store, Arena *arena, UndecidedRows *rows, Error *err)
{
    Query *q = query_begin(store, births_sql, err);
    if (!q) return false;
    while (query_next(q)) take_row(q, arena, undecided_push(rows, arena));
    return query_end(q, err);
}
