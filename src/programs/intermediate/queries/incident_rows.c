// SPDX-License-Identifier: Apache-2.0
#include "incident_rows.h"

#include <assert.h>

#include "given_number_rows.h"

static const char add_sql[] =
    "INSERT INTO incident (incident_no, kind, at, unified_no, about)"
    " SELECT CAST($5 AS bigint), CAST($1 AS text), CAST($2 AS bigint),"
    " CAST($3 AS text), CAST($4 AS text) WHERE NOT EXISTS (SELECT 1 FROM incident WHERE kind = $1 AND unified_no = $3"
    " AND about = $4 AND done_at IS NULL)";

bool incident_add(Store *store, const Incident *incident, Error *err)
{
    assert(incident->kind.len > 0);
    assert(incident->at > 0);
    int64_t incident_no;
    Str person = unified_text(&incident->person);
    if (!given_short_next(store, S("incident"), &incident_no, err)) return false;
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_text(q, 1, incident->kind);
    bind_instant(q, 2, incident->at);
    bind_text(q, 3, person.len ? person : S(""));
    bind_text(q, 4, incident->about);
    bind_int64(q, 5, incident_no);
    return query_run(q, err);
}

static const char open_sql[] =
    "SELECT incident_no, kind, at, unified_no, about FROM incident WHERE done_at IS NULL ORDER BY incident_no";

bool incidents_open(Store *store, Arena *arena, IncidentRows *rows, Error *err)
{
    *rows = (IncidentRows){0};
    Query *q = query_begin(store, open_sql, err);
    if (!q) return false;
    while (query_next(q)) {
        Error nobody = {0};
        Incident row = {.incident_no = column_int64(q, 0),
                        .kind = column_text(q, 1, arena),
                        .at = column_instant(q, 2),
                        .about = column_text(q, 4, arena)};
        (void)!unified_no_parse(column_view(q, 3), &row.person, &nobody);
        *incidents_push(rows, arena) = row;
    }
    return query_end(q, err);
}

static const char done_sql[] = "UPDATE incident SET done_at = $2, done_by = $3 WHERE incident_no = $1 AND done_at IS NULL";

bool incident_done(Store *store, int64_t incident_no, Instant at, Str by, bool *found, Error *err)
{
    assert(at > 0);
    Query *q = query_begin(store, done_sql, err);
    if (!q) return false;
    bind_int64(q, 1, incident_no);
    bind_instant(q, 2, at);
    bind_text(q, 3, by);
    (void)query_next(q);
    *found = query_changed(q) == 1;
    return query_end(q, err);
}
