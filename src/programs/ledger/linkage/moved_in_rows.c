// SPDX-License-Identifier: Apache-2.0
#include "moved_in_rows.h"

#include <assert.h>

#include "partial_number.h"

// A move that was taken back stands no longer; of several the last one counts. Refused by unified or the intermediate
// server is not asked.
#define MOVED_IN                                                                                             \
    "SELECT " PERSON_ROW ","                                                                                 \
    " v.event_reason, v.occurred_on, v.from_municipality, v.municipality_code,"                              \
    " (CASE WHEN EXISTS (SELECT 1 FROM inquiry i WHERE i.person_id = p.person_id"                            \
    "  AND i.moved_on = v.occurred_on AND i.refusal IS NULL) THEN 1 ELSE 0 END)"                             \
    " FROM resident_version v JOIN person p ON p.person_id = v.person_id"                                    \
    " WHERE v.to_act = 2147483647 AND v.event_reason IN (11, 13, 14, 15) AND p.withdrawn = 0"                \
    " AND NOT EXISTS (SELECT 1 FROM resident_version w WHERE w.person_id = v.person_id"                      \
    "  AND w.to_act = 2147483647 AND w.event_reason IN (11, 13, 14, 15)"                                     \
    "  AND (w.version_no > v.version_no OR (w.version_no = v.version_no AND w.version_id > v.version_id)))"

static const char since_sql[] = MOVED_IN " AND v.occurred_on >= $1 ORDER BY v.occurred_on, p.person_id";
static const char of_sql[] = MOVED_IN " AND v.person_id = $1 ORDER BY v.occurred_on, p.person_id";

static bool row_read(Query *q, Arena *arena, MovedInRow *row, Error *err)
{
    *row = (MovedInRow){.person = person_row_of(q, arena),
                        .event_reason = (int32_t)column_int64(q, 8),
                        .moved_on = column_day(q, 9),
                        .from = column_text(q, 10, arena),
                        .here = column_text(q, 11, arena),
                        .asked = column_int64(q, 12) != 0};
    return addressee_no_parse(column_view(q, 1), &row->person.who, NULL, err);
}

bool moved_in_since(Store *store, Day since, Arena *arena, MovedInRows *rows, Error *err)
{
    assert(since != DAY_NONE);
    bool good = true;
    Error closing = {0};
    *rows = (MovedInRows){0};
    Query *q = query_begin(store, since_sql, err);
    if (!q) return false;
    bind_day(q, 1, since);
    while (good && query_next(q)) good = row_read(q, arena, moved_ins_push(rows, arena), err);
    if (query_end(q, &closing)) return good;
    if (good) *err = closing;
    return false;
}

bool moved_in_of(Store *store, int32_t person_id, Arena *arena, MovedInRow *row, Error *err)
{
    assert(person_id > 0);
    bool good = true;
    Error closing = {0};
    *row = (MovedInRow){0};
    Query *q = query_begin(store, of_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    if (query_next(q)) good = row_read(q, arena, row, err);
    if (query_end(q, &closing)) return good;
    if (good) *err = closing;
    return false;
}
