// SPDX-License-Identifier: Apache-2.0
#include "session_rows.h"

#include <string.h>

static bool number_of(Store *store, const char *sql, int64_t *number, Error *err)
{
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    int64_t read = query_next(q) ? column_int64(q, 0) : 0;
    if (!query_end(q, err)) return false;
    *number = read;
    return true;
}

// ---- passwords

static const char passwords_sql[] =
    "SELECT salt, hash, rounds FROM staff_password WHERE staff_no = $1"
    " ORDER BY password_no DESC LIMIT $2";

static bool fits(Bytes salt, Bytes hash)
{
    return salt.len == PASSWORD_SALT_BYTES && hash.len == PASSWORD_HASH_BYTES;
}

bool passwords_of(Store *store, int64_t staff_no, int most, Arena *arena, PasswordRows *rows,
                  Error *err)
{
    *rows = (PasswordRows){0};
    Query *q = query_begin(store, passwords_sql, err);
    if (!q) return false;
    bind_int64(q, 1, staff_no);
    bind_int64(q, 2, most);
    while (query_next(q)) {
        Bytes salt = column_bytes(q, 0, arena), hash = column_bytes(q, 1, arena);
        if (!fits(salt, hash)) continue;
        PasswordRow *row = password_rows_push(rows, arena);
        row->staff_no = staff_no;
        row->kept.rounds = (int32_t)column_int64(q, 2);
        memcpy(row->kept.salt, salt.at, PASSWORD_SALT_BYTES);
        memcpy(row->kept.hash, hash.at, PASSWORD_HASH_BYTES);
    }
    return query_end(q, err);
}

static const char password_end_sql[] =
    "UPDATE staff_password SET ended_at = $1 WHERE staff_no = $2 AND ended_at IS NULL";
static const char password_last_sql[] = "SELECT max(password_no) FROM staff_password";
static const char password_add_sql[] =
    "INSERT INTO staff_password (password_no, staff_no, salt, hash, rounds, set_at, set_by)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";

bool password_set(Store *store, int64_t staff_no, const PasswordKept *kept, Str by, Instant now,
                  Error *err)
{
    int64_t last;
    Query *q = query_begin(store, password_end_sql, err);
    if (!q) return false;
    bind_instant(q, 1, now);
    bind_int64(q, 2, staff_no);
    if (!query_run(q, err) || !number_of(store, password_last_sql, &last, err)) return false;
    q = query_begin(store, password_add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, last + 1);
    bind_int64(q, 2, staff_no);
    bind_bytes(q, 3, (Bytes){kept->salt, PASSWORD_SALT_BYTES});
    bind_bytes(q, 4, (Bytes){kept->hash, PASSWORD_HASH_BYTES});
    bind_int64(q, 5, kept->rounds);
    bind_instant(q, 6, now);
    bind_text(q, 7, by);
    return query_run(q, err);
}

// ---- tries

static const char sign_in_sql[] =
    "SELECT failures, closed_until, last_at FROM staff_signin WHERE staff_no = $1";
static const char sign_in_update_sql[] =
    "UPDATE staff_signin SET failures = $2, closed_until = $3, last_at = $4 WHERE staff_no = $1";
static const char sign_in_add_sql[] =
    "INSERT INTO staff_signin (staff_no, failures, closed_until, last_at) VALUES ($1, $2, $3, $4)";

bool sign_in_read(Store *store, int64_t staff_no, SignInRow *row, Error *err)
{
    SignInRow read = {.staff_no = staff_no};
    Query *q = query_begin(store, sign_in_sql, err);
    if (!q) return false;
    bind_int64(q, 1, staff_no);
    if (query_next(q)) {
        read.failures = (int32_t)column_int64(q, 0);
        read.closed_until = column_int64(q, 1);
        read.last_at = column_int64(q, 2);
    }
    if (!query_end(q, err)) return false;
    *row = read;
    return true;
}

static void bind_sign_in(Query *q, const SignInRow *row)
{
    bind_int64(q, 1, row->staff_no);
    bind_int64(q, 2, row->failures);
    bind_instant(q, 3, row->closed_until);
    if (row->last_at)
        bind_instant(q, 4, row->last_at);
    else
        bind_null(q, 4);
}

bool sign_in_save(Store *store, const SignInRow *row, Error *err)
{
    Query *q = query_begin(store, sign_in_update_sql, err);
    if (!q) return false;
    bind_sign_in(q, row);
    int64_t changed = query_next(q) ? 0 : query_changed(q);
    if (!query_end(q, err)) return false;
    if (changed) return true;
    q = query_begin(store, sign_in_add_sql, err);
    if (!q) return false;
    bind_sign_in(q, row);
    return query_run(q, err);
}

// ---- sessions

static const char session_sql[] =
    "SELECT d.session_no, d.staff_no, s.name, d.purpose, d.began_at, d.seen_at, d.locked"
    " FROM desk_session d JOIN staff s ON s.staff_no = d.staff_no"
    " WHERE d.cookie = $1 AND d.ended_at IS NULL";

bool session_by_cookie(Store *store, const Sha256 *cookie, Arena *arena, SessionRow *row,
                       bool *found, Error *err)
{
    Query *q = query_begin(store, session_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, sha256_bytes(cookie));
    *found = query_next(q);
    if (*found)
        *row = (SessionRow){.session_no = column_int64(q, 0),
                            .staff_no = column_int64(q, 1),
                            .name = column_text(q, 2, arena),
                            .cookie = *cookie,
                            .purpose = column_text(q, 3, arena),
                            .began_at = column_instant(q, 4),
                            .seen_at = column_instant(q, 5),
                            .locked = column_int64(q, 6) != 0};
    return query_end(q, err);
}

static const char session_last_sql[] = "SELECT max(session_no) FROM desk_session";
static const char session_add_sql[] =
    "INSERT INTO desk_session (session_no, cookie, staff_no, purpose, began_at, seen_at, locked)"
    " VALUES ($1, $2, $3, $4, $5, $6, 0)";

bool session_add(Store *store, SessionRow *row, Error *err)
{
    int64_t last;
    if (!number_of(store, session_last_sql, &last, err)) return false;
    Query *q = query_begin(store, session_add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, last + 1);
    bind_bytes(q, 2, sha256_bytes(&row->cookie));
    bind_int64(q, 3, row->staff_no);
    bind_text(q, 4, row->purpose);
    bind_instant(q, 5, row->began_at);
    bind_instant(q, 6, row->seen_at);
    if (!query_run(q, err)) return false;
    row->session_no = last + 1;
    return true;
}

static const char session_save_sql[] =
    "UPDATE desk_session SET purpose = $2, seen_at = $3, locked = $4 WHERE session_no = $1";

bool session_save(Store *store, const SessionRow *row, Error *err)
{
    Query *q = query_begin(store, session_save_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->session_no);
    bind_text(q, 2, row->purpose);
    bind_instant(q, 3, row->seen_at);
    bind_int64(q, 4, row->locked);
    return query_run(q, err);
}

static const char session_end_sql[] = "UPDATE desk_session SET ended_at = $2 WHERE session_no = $1";

bool session_end(Store *store, int64_t session_no, Instant now, Error *err)
{
    Query *q = query_begin(store, session_end_sql, err);
    if (!q) return false;
    bind_int64(q, 1, session_no);
    bind_instant(q, 2, now);
    return query_run(q, err);
}

static const char sessions_end_sql[] =
    "UPDATE desk_session SET ended_at = $2 WHERE staff_no = $1 AND ended_at IS NULL";

bool sessions_end(Store *store, int64_t staff_no, Instant now, Error *err)
{
    Query *q = query_begin(store, sessions_end_sql, err);
    if (!q) return false;
    bind_int64(q, 1, staff_no);
    bind_instant(q, 2, now);
    return query_run(q, err);
}
