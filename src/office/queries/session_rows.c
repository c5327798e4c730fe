// SPDX-License-Identifier: Apache-2.0
#include "session_rows.h"

#include <string.h>

static bool next_of(Store *store, const char *sql, int64_t *number, Error *err)
{
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    int64_t last = query_next(q) ? column_int64(q, 0) : 0;
    if (!query_end(q, err)) return false;
    *number = last + 1;
    return true;
}

static Sha256 digest_column(Query *q, int column, Arena *arena)
{
    Sha256 digest = {{0}};
    Bytes kept = column_bytes(q, column, arena);
    if (kept.len == (ptrdiff_t)sizeof digest.at) memcpy(digest.at, kept.at, sizeof digest.at);
    return digest;
}

static Instant instant_or_none(Query *q, int column)
{
    return column_is_null(q, column) ? 0 : column_instant(q, column);
}

static void bind_instant_or_null(Query *q, int place, Instant instant)
{
    if (instant)
        bind_instant(q, place, instant);
    else
        bind_null(q, place);
}

static void bind_number_or_null(Query *q, int place, int64_t number)
{
    if (number)
        bind_int64(q, place, number);
    else
        bind_null(q, place);
}

// ---- passwords

#define PASSWORD_COLUMNS                                                                          \
    "SELECT p.password_no, p.staff_no, s.name, p.salt, p.hash, p.rounds, p.set_at, p.set_by,"    \
    " p.record_no, p.ended_at, p.proof FROM staff_password p JOIN staff s ON s.staff_no = p.staff_no"

static const char passwords_sql[] =
    PASSWORD_COLUMNS " WHERE p.staff_no = $1 ORDER BY p.password_no DESC LIMIT $2";
static const char passwords_all_sql[] = PASSWORD_COLUMNS " ORDER BY p.password_no";

// A salt or hash of another length stays zero: no proof stands on it.
PasswordRow password_here(Query *q, Arena *arena)
{
    PasswordRow row = {.password_no = column_int64(q, 0),
                       .staff_no = column_int64(q, 1),
                       .name = column_text(q, 2, arena),
                       .kept = {.rounds = (int32_t)column_int64(q, 5)},
                       .set_at = column_instant(q, 6),
                       .set_by = column_text(q, 7, arena),
                       .record_no = column_int64(q, 8),
                       .ended = !column_is_null(q, 9),
                       .proof = column_bytes(q, 10, arena)};
    Bytes salt = column_bytes(q, 3, arena), hash = column_bytes(q, 4, arena);
    if (salt.len == PASSWORD_SALT_BYTES) memcpy(row.kept.salt, salt.at, PASSWORD_SALT_BYTES);
    if (hash.len == PASSWORD_HASH_BYTES) memcpy(row.kept.hash, hash.at, PASSWORD_HASH_BYTES);
    return row;
}

bool passwords_of(Store *store, int64_t staff_no, int most, Arena *arena, PasswordRows *rows,
                  Error *err)
{
    *rows = (PasswordRows){0};
    Query *q = query_begin(store, passwords_sql, err);
    if (!q) return false;
    bind_int64(q, 1, staff_no);
    bind_int64(q, 2, most);
    while (query_next(q)) *password_rows_push(rows, arena) = password_here(q, arena);
    return query_end(q, err);
}

Query *passwords_walk(Store *store, Error *err)
{
    return query_begin(store, passwords_all_sql, err);
}

static const char password_end_sql[] =
    "UPDATE staff_password SET ended_at = $1 WHERE staff_no = $2 AND ended_at IS NULL";
static const char password_last_sql[] = "SELECT max(password_no) FROM staff_password";
static const char password_add_sql[] =
    "INSERT INTO staff_password (password_no, staff_no, salt, hash, rounds, set_at, set_by,"
    " record_no, proof) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

bool password_next_no(Store *store, int64_t *password_no, Error *err)
{
    return next_of(store, password_last_sql, password_no, err);
}

bool password_add(Store *store, const PasswordRow *row, Error *err)
{
    Query *q = query_begin(store, password_end_sql, err);
    if (!q) return false;
    bind_instant(q, 1, row->set_at);
    bind_int64(q, 2, row->staff_no);
    if (!query_run(q, err)) return false;
    q = query_begin(store, password_add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->password_no);
    bind_int64(q, 2, row->staff_no);
    bind_bytes(q, 3, (Bytes){row->kept.salt, PASSWORD_SALT_BYTES});
    bind_bytes(q, 4, (Bytes){row->kept.hash, PASSWORD_HASH_BYTES});
    bind_int64(q, 5, row->kept.rounds);
    bind_instant(q, 6, row->set_at);
    bind_text(q, 7, row->set_by);
    bind_int64(q, 8, row->record_no);
    bind_bytes(q, 9, row->proof);
    return query_run(q, err);
}

static const char recorded_sql[] =
    "SELECT leaf_no, at FROM audit_leaf WHERE leaf_no >= $1 AND command IN ('card', 'password', 'revoke')"
    " AND command = $2 AND detail = $3 AND result = 1 ORDER BY leaf_no LIMIT 2";

static bool last_recorded(Store *store, const char *command, int64_t record_no, Str name, Instant at,
                          bool *recorded, Error *err)
{
    Query *q = query_begin(store, recorded_sql, err);
    if (!q) return false;
    bind_int64(q, 1, record_no);
    bind_text(q, 2, str_of(command));
    bind_text(q, 3, name);
    *recorded = query_next(q) && column_int64(q, 0) == record_no && column_instant(q, 1) == at &&
                !query_next(q);
    return query_end(q, err);
}

bool password_recorded(Store *store, const PasswordRow *row, bool *recorded, Error *err)
{
    return last_recorded(store, "password", row->record_no, row->name, row->set_at, recorded, err);
}

bool card_recorded(Store *store, const CardRow *row, bool *recorded, Error *err)
{
    return last_recorded(store, "card", row->record_no, row->name, row->bound_at, recorded, err);
}

enum { SIGN_IN_ACT = 8 };  // AuditAct, of a floor above

// Signing in, locking and signing out by the person, and what others did to her password and her card.
static const char session_told_sql[] =
    "SELECT leaf_no, command, act FROM audit_leaf WHERE act = 8 AND operator_name = $2 AND leaf_no >= $1 AND result = 1"
    " UNION ALL SELECT leaf_no, command, act FROM audit_leaf WHERE command IN ('card', 'password', 'revoke')"
    " AND command <> 'revoke' AND act = 2 AND detail = $2 AND leaf_no > $1 AND result = 1 ORDER BY leaf_no";

bool session_recorded(Store *store, const SessionRow *row, bool *recorded, bool *locked, Error *err)
{
    bool begun = false, over = false;
    Query *q = query_begin(store, session_told_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->record_no);
    bind_text(q, 2, row->name);
    *locked = false;
    while (query_next(q)) {
        Str command = column_view(q, 1);
        bool signs_in = str_equal(command, S("signin")), own = column_int64(q, 2) == SIGN_IN_ACT;
        if (column_int64(q, 0) == row->record_no)
            begun = signs_in;
        else
            over |= signs_in || !own || str_equal(command, S("signout"));
        if (str_equal(command, S("lock"))) *locked = true;
        if (str_equal(command, S("unlock"))) *locked = false;
    }
    *recorded = begun && !over;
    return query_end(q, err);
}

// ---- sign-ins

static const char sign_in_sql[] =
    "SELECT failures, last_at, last_terminal FROM staff_signin WHERE staff_no = $1";
static const char sign_in_save_sql[] =
    "INSERT INTO staff_signin (staff_no, failures, last_at, last_terminal) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (staff_no) DO UPDATE SET failures = excluded.failures,"
    " last_at = excluded.last_at, last_terminal = excluded.last_terminal";

bool sign_in_read(Store *store, int64_t staff_no, Arena *arena, SignInRow *row, Error *err)
{
    SignInRow read = {.staff_no = staff_no};
    Query *q = query_begin(store, sign_in_sql, err);
    if (!q) return false;
    bind_int64(q, 1, staff_no);
    if (query_next(q)) {
        read.failures = (int32_t)column_int64(q, 0);
        read.last_at = instant_or_none(q, 1);
        read.last_terminal = column_text(q, 2, arena);
    }
    if (!query_end(q, err)) return false;
    *row = read;
    return true;
}

bool sign_in_save(Store *store, const SignInRow *row, Error *err)
{
    Query *q = query_begin(store, sign_in_save_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->staff_no);
    bind_int64(q, 2, row->failures);
    bind_instant_or_null(q, 3, row->last_at);
    bind_text(q, 4, row->last_terminal);
    return query_run(q, err);
}

// ---- tries

static const char try_sql[] =
    "SELECT is_known, failures, closed_until, last_at FROM desk_try WHERE place = $1";
static const char try_save_sql[] =
    "INSERT INTO desk_try (place, name, is_known, failures, closed_until, last_at)"
    " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (place) DO UPDATE SET is_known = excluded.is_known,"
    " failures = excluded.failures, closed_until = excluded.closed_until,"
    " last_at = excluded.last_at";
static const char tries_open_sql[] =
    "UPDATE desk_try SET failures = 0, closed_until = 0 WHERE name = $1";
static const char tries_forget_sql[] =
    "DELETE FROM desk_try WHERE is_known = 0 AND last_at < $1 AND closed_until < $1";

bool try_read(Store *store, TryRow *row, Error *err)
{
    TryRow read = {.place = row->place, .name = row->name};
    Query *q = query_begin(store, try_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, sha256_bytes(&row->place));
    if (query_next(q)) {
        read.is_known = column_int64(q, 0) != 0;
        read.failures = (int32_t)column_int64(q, 1);
        read.closed_until = column_int64(q, 2);
        read.last_at = column_int64(q, 3);
    }
    if (!query_end(q, err)) return false;
    *row = read;
    return true;
}

bool try_save(Store *store, const TryRow *row, Error *err)
{
    Query *q = query_begin(store, try_save_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, sha256_bytes(&row->place));
    bind_bytes(q, 2, sha256_bytes(&row->name));
    bind_int64(q, 3, row->is_known);
    bind_int64(q, 4, row->failures);
    bind_instant(q, 5, row->closed_until);
    bind_instant(q, 6, row->last_at);
    return query_run(q, err);
}

bool tries_open(Store *store, const Sha256 *name, Error *err)
{
    Query *q = query_begin(store, tries_open_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, sha256_bytes(name));
    return query_run(q, err);
}

bool tries_forget(Store *store, Instant now, int64_t *gone, Error *err)
{
    Query *q = query_begin(store, tries_forget_sql, err);
    if (!q) return false;
    bind_instant(q, 1, now - TRIES_KEPT_DAYS * INSTANT_DAY);
    (void)query_next(q);
    *gone = query_changed(q);
    return query_end(q, err);
}

// ---- sessions

#define SESSION_COLUMNS                                                                          \
    "SELECT d.session_no, d.staff_no, s.name, d.cookie, d.purpose, d.began_at, d.seen_at,"      \
    " d.locked, d.record_no, d.ended_at, d.proof, d.card_key FROM desk_session d"                           \
    " JOIN staff s ON s.staff_no = d.staff_no"

static const char session_sql[] = SESSION_COLUMNS " WHERE d.cookie = $1";
static const char sessions_open_sql[] =
    SESSION_COLUMNS " WHERE d.staff_no = $1 AND d.ended_at IS NULL ORDER BY d.session_no";
static const char sessions_all_sql[] = SESSION_COLUMNS " ORDER BY d.session_no";

SessionRow session_here(Query *q, Arena *arena)
{
    return (SessionRow){.session_no = column_int64(q, 0),
                        .staff_no = column_int64(q, 1),
                        .name = column_text(q, 2, arena),
                        .cookie = digest_column(q, 3, arena),
                        .purpose = column_text(q, 4, arena),
                        .began_at = column_instant(q, 5),
                        .seen_at = column_instant(q, 6),
                        .locked = column_int64(q, 7) != 0,
                        .record_no = column_int64(q, 8),
                        .ended_at = instant_or_none(q, 9),
                        .proof = column_bytes(q, 10, arena),
                        .card = column_text(q, 11, arena)};
}

bool session_by_cookie(Store *store, const Sha256 *cookie, Arena *arena, SessionRow *row,
                       bool *found, Error *err)
{
    Query *q = query_begin(store, session_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, sha256_bytes(cookie));
    *found = query_next(q);
    if (*found) *row = session_here(q, arena);
    return query_end(q, err);
}

bool sessions_open(Store *store, int64_t staff_no, Arena *arena, SessionRows *rows, Error *err)
{
    *rows = (SessionRows){0};
    Query *q = query_begin(store, sessions_open_sql, err);
    if (!q) return false;
    bind_int64(q, 1, staff_no);
    while (query_next(q)) *session_rows_push(rows, arena) = session_here(q, arena);
    return query_end(q, err);
}

Query *sessions_walk(Store *store, Error *err)
{
    return query_begin(store, sessions_all_sql, err);
}

static const char session_last_sql[] = "SELECT max(session_no) FROM desk_session";
static const char session_add_sql[] =
    "INSERT INTO desk_session (session_no, cookie, staff_no, purpose, began_at, seen_at, locked,"
    " record_no, proof, card_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

bool session_next_no(Store *store, int64_t *session_no, Error *err)
{
    return next_of(store, session_last_sql, session_no, err);
}

bool session_add(Store *store, const SessionRow *row, Error *err)
{
    Query *q = query_begin(store, session_add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->session_no);
    bind_bytes(q, 2, sha256_bytes(&row->cookie));
    bind_int64(q, 3, row->staff_no);
    bind_text(q, 4, row->purpose);
    bind_instant(q, 5, row->began_at);
    bind_instant(q, 6, row->seen_at);
    bind_int64(q, 7, row->locked);
    bind_int64(q, 8, row->record_no);
    bind_bytes(q, 9, row->proof);
    bind_text(q, 10, row->card);
    return query_run(q, err);
}

static const char session_save_sql[] =
    "UPDATE desk_session SET purpose = $2, seen_at = $3, locked = $4, ended_at = $5,"
    " ended_record = $6, proof = $7 WHERE session_no = $1 AND ended_at IS NULL";

bool session_save(Store *store, const SessionRow *row, int64_t ended_record, Error *err)
{
    Query *q = query_begin(store, session_save_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->session_no);
    bind_text(q, 2, row->purpose);
    bind_instant(q, 3, row->seen_at);
    bind_int64(q, 4, row->locked);
    bind_instant_or_null(q, 5, row->ended_at);
    bind_number_or_null(q, 6, ended_record);
    bind_bytes(q, 7, row->proof);
    return query_run(q, err);
}
