// SPDX-License-Identifier: Apache-2.0
#include "hold_rows.h"

static const char add_sql[] =
    "INSERT INTO person_hold (change_no, person_id, held, file_no, line) VALUES ($1, $2, $3, $4, $5)";

static const char held_sql[] = "UPDATE person SET held = $1 WHERE person_id = $2";

bool hold_write(RegisterWriter *writer, PersonRow *person, bool held, int64_t line, Error *err)
{
    Query *q = query_begin(writer->store, add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, writer->next_change++);
    bind_int64(q, 2, person->person_id);
    bind_int64(q, 3, held);
    bind_int64(q, 4, writer->file_no);
    bind_int64(q, 5, line);
    if (!query_run(q, err)) return false;
    q = query_begin(writer->store, held_sql, err);
    if (!q) return false;
    bind_int64(q, 1, held);
    bind_int64(q, 2, person->person_id);
    person->held = held;
    return query_run(q, err);
}

static const char between_sql[] =
    "SELECT h.change_no, p.addressee_no, h.held FROM person_hold h"
    " JOIN person p ON p.person_id = h.person_id"
    " WHERE h.change_no > $1 AND h.change_no <= CAST($2 AS bigint) ORDER BY h.change_no";

bool holds_between(Store *store, int64_t cursor, int64_t last, Arena *arena,
                   PersonChangeRows *holds, Error *err)
{
    *holds = (PersonChangeRows){0};
    Query *q = query_begin(store, between_sql, err);
    if (!q) return false;
    bind_int64(q, 1, cursor);
    bind_int64(q, 2, last);
    while (query_next(q))
        *person_changes_push(holds, arena) =
            person_change_stub(column_int64(q, 0), column_text(q, 1, arena),
                               column_int64(q, 2) ? HOLD_ROW_REFUSED : HOLD_ENDED);
    return query_end(q, err);
}
