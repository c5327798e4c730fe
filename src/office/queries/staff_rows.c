// SPDX-License-Identifier: Apache-2.0
#include "staff_rows.h"

enum { DUTY_BYTES = 1 << 16 };

#define STAFF_COLUMNS "SELECT staff_no, name, account FROM staff"
static const char by_name_sql[] = STAFF_COLUMNS " WHERE name = $1";
static const char by_account_sql[] = STAFF_COLUMNS " WHERE account = $1";
static const char by_number_sql[] = STAFF_COLUMNS " WHERE staff_no = $1";
static const char bind_sql[] =
    "UPDATE staff SET account = $1, account_record = $2 WHERE staff_no = $3";
static const char last_bind_sql[] = "SELECT max(bind_no) FROM staff_login";
static const char bind_add_sql[] =
    "INSERT INTO staff_login (bind_no, staff_no, account, record_no) VALUES ($1, $2, $3, $4)";
// Whoever ever shared a login is one; what proves this one.
static const char marks_sql[] =
    "WITH RECURSIVE one (staff_no) AS (SELECT CAST($1 AS bigint)"
    " UNION SELECT staff_no FROM staff_login WHERE account = $2"
    " UNION SELECT b.staff_no FROM one o JOIN staff_login a ON a.staff_no = o.staff_no"
    " JOIN staff_login b ON b.account = a.account)"
    " SELECT 'staff' AS kind, staff_no AS number FROM one WHERE staff_no > 0"
    " UNION SELECT 'uid', a.account FROM one o JOIN staff_login a ON a.staff_no = o.staff_no"
    " UNION SELECT 'uid', CAST($2 AS bigint) WHERE CAST($2 AS bigint) >= 0 ORDER BY kind, number";
static const char count_sql[] = "SELECT count(*), count(account) FROM staff";
static const char last_sql[] = "SELECT max(staff_no) FROM staff";
static const char add_sql[] =
    "INSERT INTO staff (staff_no, name, registered_at, registered_by) VALUES ($1, $2, $3, $4)";
static const char last_grant_sql[] = "SELECT max(grant_no) FROM staff_duty";
static const char duty_add_sql[] =
    "INSERT INTO staff_duty (grant_no, staff_no, programme, duty, granted_at, granted_by, granted_record)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";
static const char duty_end_sql[] =
    "UPDATE staff_duty SET ended_at = $1, ended_by = $2, ended_record = $5"
    " WHERE staff_no = $3 AND duty = $4 AND ended_at IS NULL";
// A duty is given in every programme at once.
static const char duties_sql[] =
    "SELECT s.name, s.account, d.duty, min(d.granted_at), min(d.granted_by), t.department, t.begins_on, t.ends_on, t.wards"
    " FROM staff s LEFT JOIN staff_duty d ON d.staff_no = s.staff_no AND d.ended_at IS NULL"
    " LEFT JOIN staff_term t ON t.grant_no = d.grant_no"
    " GROUP BY s.name, s.account, d.duty, t.department, t.begins_on, t.ends_on, t.wards"
    " ORDER BY s.name, d.duty NULLS FIRST, t.begins_on NULLS FIRST, t.ends_on";
static const char setting_sql[] = "SELECT value FROM office_setting WHERE name = $1";
static const char setting_remove_sql[] = "DELETE FROM office_setting WHERE name = $1";
static const char setting_add_sql[] = "INSERT INTO office_setting (name, value) VALUES ($1, $2)";

// One number, 0 where there is no row or no value.
static bool number_of(Query *q, int64_t *number, Error *err)
{
    int64_t read = query_next(q) ? column_int64(q, 0) : 0;
    if (!query_end(q, err)) return false;
    *number = read;
    return true;
}

static bool number_read(Store *store, const char *sql, int64_t *number, Error *err)
{
    Query *q = query_begin(store, sql, err);
    return q && number_of(q, number, err);
}

static bool staff_one(Query *q, Arena *arena, StaffRow *row, bool *found, Error *err)
{
    bool there = query_next(q);
    if (there)
        *row = (StaffRow){
            .staff_no = column_int64(q, 0),
            .name = column_text(q, 1, arena),
            .account = column_is_null(q, 2) ? NO_ACCOUNT : column_int64(q, 2),
        };
    *found = there;
    return query_end(q, err);
}

bool staff_by_name(Store *store, Str name, Arena *arena, StaffRow *row, bool *found, Error *err)
{
    Query *q = query_begin(store, by_name_sql, err);
    if (!q) return false;
    bind_text(q, 1, name);
    return staff_one(q, arena, row, found, err);
}

static bool by_int64(Store *store, const char *sql, int64_t key, Arena *arena, StaffRow *row,
                     bool *found, Error *err)
{
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    bind_int64(q, 1, key);
    return staff_one(q, arena, row, found, err);
}

bool staff_by_account(Store *store, int64_t account, Arena *arena, StaffRow *row, bool *found,
                      Error *err)
{
    return by_int64(store, by_account_sql, account, arena, row, found, err);
}

bool staff_by_number(Store *store, int64_t staff_no, Arena *arena, StaffRow *row, bool *found,
                     Error *err)
{
    return by_int64(store, by_number_sql, staff_no, arena, row, found, err);
}

static bool bind_kept(Store *store, int64_t staff_no, int64_t account, int64_t record_no,
                      Error *err)
{
    int64_t last;
    if (!number_read(store, last_bind_sql, &last, err)) return false;
    Query *q = query_begin(store, bind_add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, last + 1);
    bind_int64(q, 2, staff_no);
    bind_int64(q, 3, account);
    bind_int64(q, 4, record_no);
    return query_run(q, err);
}

bool staff_bind(Store *store, int64_t staff_no, int64_t account, int64_t record_no, Error *err)
{
    Query *q = query_begin(store, bind_sql, err);
    if (!q) return false;
    bind_int64(q, 1, account);
    bind_int64(q, 2, record_no);
    bind_int64(q, 3, staff_no);
    return query_run(q, err) && bind_kept(store, staff_no, account, record_no, err);
}

bool staff_marks(Store *store, int64_t staff_no, int64_t account, Arena *arena, Str *marks,
                 Error *err)
{
    Text text = {0};
    Query *q = query_begin(store, marks_sql, err);
    if (!q) return false;
    bind_int64(q, 1, staff_no);
    bind_int64(q, 2, account);
    while (query_next(q))
        text_addf(&text, arena, "%s%.*s:%lld", text_str(&text).len ? " " : "",
                  STR(column_text(q, 0, arena)), (long long)column_int64(q, 1));
    *marks = text_str(&text);
    return query_end(q, err);
}

bool staff_count(Store *store, int64_t *count, int64_t *bound, Error *err)
{
    Query *q = query_begin(store, count_sql, err);
    if (!q) return false;
    bool there = query_next(q);
    int64_t all = there ? column_int64(q, 0) : 0, with = there ? column_int64(q, 1) : 0;
    if (!query_end(q, err)) return false;
    *count = all;
    *bound = with;
    return true;
}

bool staff_add(Store *store, Str name, Str registered_by, Instant now, int64_t *staff_no,
               Error *err)
{
    int64_t last;
    if (!number_read(store, last_sql, &last, err)) return false;
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, last + 1);
    bind_text(q, 2, name);
    bind_instant(q, 3, now);
    bind_text(q, 4, registered_by);
    if (!query_run(q, err)) return false;
    *staff_no = last + 1;
    return true;
}

// ---- duties that stand

// Of before records were kept here: an upgrade writes how many there were into a record of its own.
#define OFFICE_LEAF(name) name ".purpose = 'office' AND " name ".result = 1"
// As its index says it (db/office/0022_office_shown.sql).
#define ENTRY_LEAF(name) name ".command IN ('card', 'password', 'revoke')"
#define GRANTS_BEFORE                                                                      \
    "(SELECT coalesce(max(u.rows_taken), 0) FROM audit_leaf u WHERE u.command = 'records'" \
    " AND " OFFICE_LEAF("u") ")"

// A duty counts when the record that gave it stands in the trail, and none that took it away stands behind that. What
// the record says of its term is compared here, for SQL cannot spell a day.
#define DUTY_STANDS                                                                                              \
    "SELECT s.name, d.duty, t.begins_on, t.ends_on, g.command, g.detail, g.operator_name, t.wards FROM staff s"  \
    " JOIN staff_duty d ON d.staff_no = s.staff_no LEFT JOIN staff_term t ON t.grant_no = d.grant_no"            \
    " LEFT JOIN audit_leaf g ON g.leaf_no = d.granted_record AND " OFFICE_LEAF("g")                              \
    " WHERE d.ended_at IS NULL AND (g.leaf_no IS NOT NULL OR (d.granted_record IS NULL AND d.grant_no BETWEEN 1" \
    " AND " GRANTS_BEFORE ")) AND NOT EXISTS (SELECT 1 FROM audit_leaf r WHERE " ENTRY_LEAF("r")                           \
    " AND r.command = 'revoke'"                                                                                  \
    " AND r.detail = s.name || ' ' || d.duty AND r.leaf_no > coalesce(d.granted_record, 0) AND " OFFICE_LEAF("r") ")"

static const char holds_sql[] = DUTY_STANDS " AND s.name = $1 AND d.programme = $2 AND d.duty = $3";
static const char in_office_sql[] = DUTY_STANDS " AND s.staff_no = $1";

Str staff_grant_text(Str name, Str duty, Day begins_on, Day ends_on, Str wards, Arena *arena)
{
    char first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
    if (begins_on == DAY_NONE) return str_format(arena, "%.*s %.*s", STR(name), STR(duty));
    return str_format(arena, "%.*s %.*s %s to %s%s%.*s", STR(name), STR(duty), day_text(begins_on, first),
                      day_text(ends_on, last), wards.len ? " in " : "", STR(wards));
}

static bool record_says(Query *q, Str name, Str duty, Day begins_on, Day ends_on, Arena scratch)
{
    Str wards = column_text(q, 7, &scratch);
    Str command = column_text(q, 4, &scratch), detail = column_text(q, 5, &scratch), by = column_text(q, 6, &scratch);
    if (!str_present(command)) return true;
    if (str_equal(command, S("found"))) return str_equal(by, name);
    if (str_equal(command, S("account"))) return str_equal(by, name) && str_equal(duty, S("represent"));
    // The record of a version that did not tell terms has none.
    return str_equal(command, S("grant")) &&
           (str_equal(detail, staff_grant_text(name, duty, DAY_NONE, DAY_NONE, wards, &scratch)) ||
            str_equal(detail, staff_grant_text(name, duty, begins_on, ends_on, wards, &scratch)));
}

static bool duty_here(Query *q, Day day, Arena scratch)
{
    Day begins_on = column_day(q, 2), ends_on = column_day(q, 3);
    return (begins_on == DAY_NONE || (begins_on <= day && day <= ends_on)) &&
           record_says(q, column_text(q, 0, &scratch), column_text(q, 1, &scratch), begins_on, ends_on, scratch);
}

static bool any_duty(Query *q, Day day, bool *any, Error *err)
{
    Arena scratch = arena_reserve(DUTY_BYTES);
    *any = false;
    while (query_next(q)) *any |= duty_here(q, day, scratch);
    arena_release(scratch);
    return query_end(q, err);
}

// Two grants reach what either reaches.
static void held_add(Query *q, Arena *arena, StaffHeld *held)
{
    Str wards = column_text(q, 7, arena);
    bool whole = !wards.len || (held->holds && !held->wards.len);
    if (!whole && held->holds) wards = str_format(arena, "%.*s %.*s", STR(held->wards), STR(wards));
    *held = (StaffHeld){true, whole ? (Str){0} : wards};
}

static bool held_read(Query *q, Day day, Arena *arena, StaffHeld *held, Error *err)
{
    Arena scratch = arena_reserve(DUTY_BYTES);
    *held = (StaffHeld){0};
    while (query_next(q))
        if (duty_here(q, day, scratch)) held_add(q, arena, held);
    arena_release(scratch);
    return query_end(q, err);
}

bool staff_holds(Store *store, Str name, Str programme, Str duty, Day day, Arena *arena, StaffHeld *held, Error *err)
{
    Query *q = query_begin(store, holds_sql, err);
    if (!q) return false;
    bind_text(q, 1, name);
    bind_text(q, 2, programme);
    bind_text(q, 3, duty);
    return held_read(q, day, arena, held, err);
}

bool staff_in_office(Store *store, int64_t staff_no, Day day, bool *in_office, Error *err)
{
    Query *q = query_begin(store, in_office_sql, err);
    if (!q) return false;
    bind_int64(q, 1, staff_no);
    return any_duty(q, day, in_office, err);
}

bool staff_duty_add(Store *store, int64_t staff_no, Str programme, Str duty, Str granted_by,
                    Instant now, int64_t record_no, Error *err)
{
    int64_t last;
    if (!number_read(store, last_grant_sql, &last, err)) return false;
    Query *q = query_begin(store, duty_add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, last + 1);
    bind_int64(q, 2, staff_no);
    bind_text(q, 3, programme);
    bind_text(q, 4, duty);
    bind_instant(q, 5, now);
    bind_text(q, 6, granted_by);
    bind_int64(q, 7, record_no);
    return query_run(q, err);
}

bool staff_duty_end(Store *store, int64_t staff_no, Str duty, Str ended_by, Instant now,
                    int64_t record_no, int64_t *ended, Error *err)
{
    Query *q = query_begin(store, duty_end_sql, err);
    if (!q) return false;
    bind_instant(q, 1, now);
    bind_text(q, 2, ended_by);
    bind_int64(q, 3, staff_no);
    bind_text(q, 4, duty);
    bind_int64(q, 5, record_no);
    int64_t changed = query_next(q) ? 0 : query_changed(q);
    if (!query_end(q, err)) return false;
    *ended = changed;
    return true;
}

bool staff_grants_last(Store *store, int64_t *grant_no, Error *err)
{
    return number_read(store, last_grant_sql, grant_no, err);
}

const char staff_duty_owed_sql[] =
    "SELECT d.grant_no FROM staff_duty d JOIN staff s ON s.staff_no = d.staff_no"
    " LEFT JOIN audit_leaf g ON g.leaf_no = d.granted_record AND g.at = d.granted_at"
    " AND " OFFICE_LEAF(
        "g") " AND ((g.command = 'grant' AND substr(g.detail || ' ', 1, length(s.name || d.duty) + 2)"
             " = s.name || ' ' || d.duty || ' ')"
             " OR (g.command = 'found' AND g.operator_name = s.name)"
             " OR (g.command = 'account' AND g.operator_name = s.name AND d.duty = 'represent'))"
             " LEFT JOIN audit_leaf e ON e.leaf_no = d.ended_record AND e.at = d.ended_at"
             " AND " OFFICE_LEAF(
                 "e") " AND e.command = 'revoke' AND e.detail = s.name || ' ' || d.duty"
                      " WHERE (d.granted_record IS NOT NULL OR d.grant_no NOT BETWEEN 1 AND " GRANTS_BEFORE
                      ")"
                      " AND (g.leaf_no IS NULL OR (d.ended_at IS NOT NULL AND e.leaf_no IS NULL)"
                      // A duty that was taken away and is there again, without having been given anew.
                      " OR (d.ended_at IS NULL AND EXISTS (SELECT 1 FROM audit_leaf r WHERE r.command = 'revoke'"
                      " AND r.leaf_no > d.granted_record AND " OFFICE_LEAF(
                          "r") " AND r.detail = s.name || ' ' || d.duty)))"
                               " ORDER BY d.grant_no LIMIT 1";

const char staff_account_owed_sql[] =
    "SELECT s.staff_no FROM staff s LEFT JOIN audit_leaf a ON a.leaf_no = s.account_record"
    " AND " OFFICE_LEAF(
        "a") " AND ((a.command = 'account'"
             " AND a.detail = s.name || ' uid:' || CAST(s.account AS text))"
             " OR (a.command = 'found' AND a.operator_name = s.name"
             " AND a.proven = 'uid:' || CAST(s.account AS text)))"
             " WHERE s.account IS NOT NULL AND a.leaf_no IS NULL ORDER BY s.staff_no LIMIT 1";

bool staff_duties_read(Store *store, Arena *arena, StaffDutyRows *rows, Error *err)
{
    *rows = (StaffDutyRows){0};
    Query *q = query_begin(store, duties_sql, err);
    if (!q) return false;
    while (query_next(q))
        *staff_duties_push(rows, arena) =
            (StaffDutyRow){.name = column_text(q, 0, arena),
                           .account = column_is_null(q, 1) ? NO_ACCOUNT : column_int64(q, 1),
                           .duty = column_text(q, 2, arena),
                           .granted_at = column_instant(q, 3),
                           .granted_by = column_text(q, 4, arena),
                           .department = column_text(q, 5, arena),
                           .begins_on = column_day(q, 6),
                           .ends_on = column_day(q, 7),
                           .wards = column_text(q, 8, arena)};
    return query_end(q, err);
}

bool office_setting_read(Store *store, Str name, Arena *arena, Str *value, Error *err)
{
    Query *q = query_begin(store, setting_sql, err);
    if (!q) return false;
    bind_text(q, 1, name);
    Str read = query_next(q) ? column_text(q, 0, arena) : (Str){0};
    if (!query_end(q, err)) return false;
    *value = read;
    return true;
}

bool office_setting_add(Store *store, Str name, Str value, Error *err)
{
    Query *q = query_begin(store, setting_add_sql, err);
    if (!q) return false;
    bind_text(q, 1, name);
    bind_text(q, 2, value);
    return query_run(q, err);
}

bool office_setting_remove(Store *store, Str name, Error *err)
{
    Query *q = query_begin(store, setting_remove_sql, err);
    if (!q) return false;
    bind_text(q, 1, name);
    return query_run(q, err);
}
