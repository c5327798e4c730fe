// SPDX-License-Identifier: Apache-2.0
#include "staff_rows.h"

#define STAFF_COLUMNS "SELECT staff_no, name, account FROM staff"
static const char by_name_sql[] = STAFF_COLUMNS " WHERE name = $1";
static const char by_account_sql[] = STAFF_COLUMNS " WHERE account = $1";
static const char by_number_sql[] = STAFF_COLUMNS " WHERE staff_no = $1";
static const char bind_sql[] = "UPDATE staff SET account = $1 WHERE staff_no = $2";
static const char count_sql[] = "SELECT count(*), count(account) FROM staff";
static const char last_sql[] = "SELECT max(staff_no) FROM staff";
static const char add_sql[] =
    "INSERT INTO staff (staff_no, name, registered_at, registered_by) VALUES ($1, $2, $3, $4)";
static const char holds_sql[] =
    "SELECT count(*) FROM staff s JOIN staff_duty d ON d.staff_no = s.staff_no"
    " WHERE s.name = $1 AND d.programme = $2 AND d.duty = $3 AND d.ended_at IS NULL";
static const char last_grant_sql[] = "SELECT max(grant_no) FROM staff_duty";
static const char duty_add_sql[] =
    "INSERT INTO staff_duty (grant_no, staff_no, programme, duty, granted_at, granted_by)"
    " VALUES ($1, $2, $3, $4, $5, $6)";
static const char duty_end_sql[] = "UPDATE staff_duty SET ended_at = $1, ended_by = $2"
                                   " WHERE staff_no = $3 AND duty = $4 AND ended_at IS NULL";
static const char setting_sql[] = "SELECT value FROM office_setting WHERE name = $1";
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

bool staff_bind(Store *store, int64_t staff_no, int64_t account, Error *err)
{
    Query *q = query_begin(store, bind_sql, err);
    if (!q) return false;
    bind_int64(q, 1, account);
    bind_int64(q, 2, staff_no);
    return query_run(q, err);
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

bool staff_holds(Store *store, Str name, Str programme, Str duty, bool *holds, Error *err)
{
    int64_t grants;
    Query *q = query_begin(store, holds_sql, err);
    if (!q) return false;
    bind_text(q, 1, name);
    bind_text(q, 2, programme);
    bind_text(q, 3, duty);
    if (!number_of(q, &grants, err)) return false;
    *holds = grants > 0;
    return true;
}

bool staff_duty_add(Store *store, int64_t staff_no, Str programme, Str duty, Str granted_by,
                    Instant now, Error *err)
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
    return query_run(q, err);
}

bool staff_duty_end(Store *store, int64_t staff_no, Str duty, Str ended_by, Instant now,
                    int64_t *ended, Error *err)
{
    Query *q = query_begin(store, duty_end_sql, err);
    if (!q) return false;
    bind_instant(q, 1, now);
    bind_text(q, 2, ended_by);
    bind_int64(q, 3, staff_no);
    bind_text(q, 4, duty);
    int64_t changed = query_next(q) ? 0 : query_changed(q);
    if (!query_end(q, err)) return false;
    *ended = changed;
    return true;
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
