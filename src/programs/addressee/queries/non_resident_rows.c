// SPDX-License-Identifier: Apache-2.0
#include "non_resident_rows.h"

static const char last_count_sql[] = "SELECT coalesce(max(count_no), 0) FROM non_resident";

bool non_resident_last_count(Store *store, int64_t *count_no, Error *err)
{
    *count_no = 0;
    Query *q = query_begin(store, last_count_sql, err);
    if (!q) return false;
    if (query_next(q)) *count_no = column_int64(q, 0);
    return query_end(q, err);
}

static const char add_sql[] = "INSERT INTO non_resident (person_id, count_no) VALUES ($1, $2)";

bool non_resident_insert(Store *store, int64_t person_id, int64_t count_no, Error *err)
{
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_int64(q, 2, count_no);
    return query_run(q, err);
}

static const char check_sql[] =
    "INSERT INTO identity_check (check_no, person_id, change_no, checked_on, document, checked_by, recorded_at)"
    " SELECT coalesce(max(check_no), 0) + 1, CAST($1 AS integer), CAST($2 AS integer), CAST($3 AS integer),"
    " CAST($4 AS text), CAST($5 AS text), CAST($6 AS bigint) FROM identity_check";

bool identity_check_insert(Store *store, const IdentityCheck *check, Error *err)
{
    Query *q = query_begin(store, check_sql, err);
    if (!q) return false;
    bind_int64(q, 1, check->person_id);
    if (check->change_no)
        bind_int64(q, 2, check->change_no);
    else
        bind_null(q, 2);
    bind_day(q, 3, check->checked_on);
    bind_text(q, 4, check->document);
    bind_text(q, 5, check->checked_by);
    bind_instant(q, 6, check->recorded_at);
    return query_run(q, err);
}

static const char checks_sql[] =
    "SELECT person_id, coalesce(change_no, 0), checked_on, document, checked_by, recorded_at FROM identity_check"
    " WHERE person_id = $1 ORDER BY check_no DESC";

bool identity_checks_of(Store *store, int64_t person_id, Arena *arena, IdentityChecks *checks, Error *err)
{
    *checks = (IdentityChecks){0};
    Query *q = query_begin(store, checks_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    while (query_next(q))
        *identity_checks_push(checks, arena) = (IdentityCheck){.person_id = column_int64(q, 0),
                                                               .change_no = column_int64(q, 1),
                                                               .checked_on = column_day(q, 2),
                                                               .document = column_text(q, 3, arena),
                                                               .checked_by = column_text(q, 4, arena),
                                                               .recorded_at = column_instant(q, 5)};
    return query_end(q, err);
}

// The check that was made last; of one day the one that was recorded last.
#define LISTED                                                                                           \
    " FROM non_resident n JOIN person p ON p.person_id = n.person_id AND p.status = 4"                    \
    " JOIN register_version v ON v.person_id = p.person_id AND v.version_no = p.version_no"               \
    " JOIN identity_check c ON c.check_no = (SELECT l.check_no FROM identity_check l"                     \
    " WHERE l.person_id = p.person_id ORDER BY l.checked_on DESC, l.check_no DESC LIMIT 1)"

#define LISTED_COLUMNS                                                                                 \
    "SELECT p.person_id, p.status, p.version_no, p.number_id, p.household_key, p.protection, p.held,"    \
    " p.addressee_no, c.checked_on, c.document, c.checked_by, " STATE_COLUMNS_OF("v.") LISTED

enum { LISTED_NUMBER = 7, LISTED_CHECK = 8, LISTED_STATE = 11 };

static const char newest_sql[] = LISTED_COLUMNS " ORDER BY p.person_id DESC LIMIT $1";
static const char stale_sql[] = LISTED_COLUMNS " WHERE c.checked_on < $2 ORDER BY c.checked_on, p.person_id LIMIT $1";
static const char newest_count_sql[] = "SELECT count(*)" LISTED;
static const char stale_count_sql[] = "SELECT count(*)" LISTED " WHERE c.checked_on < $1";

static NonResidentRow row_of(Query *q, Arena *arena)
{
    Error unread = {0};
    NonResidentRow row = {.person = person_row(q),
                          .checked_on = column_day(q, LISTED_CHECK),
                          .document = column_text(q, LISTED_CHECK + 1, arena),
                          .checked_by = column_text(q, LISTED_CHECK + 2, arena)};
    (void)!addressee_no_parse(column_text(q, LISTED_NUMBER, arena), &row.who, NULL, &unread);
    state_read_told(q, LISTED_STATE, arena, &row.state);
    return row;
}

static bool counted(Store *store, const NonResidentsAsked *asked, int64_t *count, Error *err)
{
    bool stale = asked->checked_before != DAY_NONE;
    *count = 0;
    Query *q = query_begin(store, stale ? stale_count_sql : newest_count_sql, err);
    if (!q) return false;
    if (stale) bind_day(q, 1, asked->checked_before);
    if (query_next(q)) *count = column_int64(q, 0);
    return query_end(q, err);
}

bool non_residents_listed(Store *store, const NonResidentsAsked *asked, Arena *arena, NonResidentRows *rows,
                          int64_t *count, Error *err)
{
    bool stale = asked->checked_before != DAY_NONE;
    *rows = (NonResidentRows){0};
    if (!counted(store, asked, count, err)) return false;
    Query *q = query_begin(store, stale ? stale_sql : newest_sql, err);
    if (!q) return false;
    bind_int64(q, 1, asked->most);
    if (stale) bind_day(q, 2, asked->checked_before);
    while (query_next(q)) *non_resident_rows_push(rows, arena) = row_of(q, arena);
    return query_end(q, err);
}
