// SPDX-License-Identifier: Apache-2.0
#include "staff_term_rows.h"

static const char terms_sql[] =
    "SELECT s.name, d.duty, coalesce(t.department, ''), t.begins_on, t.ends_on, min(d.granted_by), min(d.granted_at),"
    " coalesce(t.wards, '')"
    " FROM staff_duty d JOIN staff s ON s.staff_no = d.staff_no LEFT JOIN staff_term t ON t.grant_no = d.grant_no"
    " WHERE d.ended_at IS NULL GROUP BY s.name, d.duty, t.department, t.begins_on, t.ends_on, t.wards"
    " ORDER BY s.name, d.duty, coalesce(t.begins_on, -2147483647), coalesce(t.ends_on, 0)";
static const char term_add_sql[] =
    "INSERT INTO staff_term (grant_no, department, begins_on, ends_on, wards)"
    " SELECT max(grant_no), $1, $2, $3, $4 FROM staff_duty";
bool staff_terms_read(Store *store, Arena *arena, StaffTermRows *rows, Error *err)
{
    *rows = (StaffTermRows){0};
    Query *q = query_begin(store, terms_sql, err);
    if (!q) return false;
    while (query_next(q)) {
        bool limited = !column_is_null(q, 3);
        *staff_terms_push(rows, arena) =
            (StaffTermRow){.name = column_text(q, 0, arena),
                           .duty = column_text(q, 1, arena),
                           .department = column_text(q, 2, arena),
                           .limited = limited,
                           .begins_on = limited ? column_day(q, 3) : DAY_MIN,
                           .ends_on = limited ? column_day(q, 4) : DAY_MAX,
                           .granted_by = column_text(q, 5, arena),
                           .granted_at = column_instant(q, 6),
                           .wards = column_text(q, 7, arena)};
    }
    return query_end(q, err);
}

bool staff_term_add(Store *store, Str department, Day begins_on, Day ends_on, Str wards, Error *err)
{
    Query *q = query_begin(store, term_add_sql, err);
    if (!q) return false;
    bind_text(q, 1, department);
    bind_day(q, 2, begins_on);
    bind_day(q, 3, ends_on);
    bind_text(q, 4, wards.at ? wards : S(""));
    return query_run(q, err);
}
