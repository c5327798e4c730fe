// SPDX-License-Identifier: Apache-2.0
#include "session.h"

#include "actor_session.h"
#include "staff_name.h"
#include "ticket.h"

#define SECONDS ((Instant)1000000)

SignInRow sign_in_step(const SignInRow *was, bool right, Instant now)
{
    SignInRow next = *was;
    if (right) {
        next.failures = 0;
        next.closed_until = 0;
        next.last_at = now;
        return next;
    }
    next.failures++;
    if (next.failures < SESSION_TRIES) return next;
    int64_t seconds = SESSION_CLOSED_SECONDS;
    for (int i = SESSION_TRIES; i < next.failures && seconds < SESSION_CLOSED_MOST; i++)
        seconds *= 2;
    next.closed_until =
        now + (seconds < SESSION_CLOSED_MOST ? seconds : SESSION_CLOSED_MOST) * SECONDS;
    return next;
}

// ---- the trail

// What was done, in the open transaction. `name` is one of the staff; {0}: of nobody we know.
static bool record(const SessionDesk *desk, Str name, const char *command, const char *purpose,
                   AuditResult result, const char *detail, Error *err)
{
    const AuditLeaf leaf = {.at = desk->now,
                            .business_day = desk->business_day,
                            .operator_name = name.len ? name : S("(不明)"),
                            .program = str_of(desk->office->program->name),
                            .act = AUDIT_SIGN_IN,
                            .purpose = str_of(purpose),
                            .command = str_of(command),
                            .result = result,
                            .detail = str_of(detail)};
    return audit_append(desk->store, &desk->office->trail, &leaf, NULL, err);
}

static bool begin(const SessionDesk *desk, Error *err)
{
    return store_begin(desk->store, err);
}

static bool over(const SessionDesk *desk, bool done, Error *err)
{
    if (done && store_commit(desk->store, err)) return true;
    store_rollback(desk->store);
    return false;
}

// ---- whether it is the person

typedef struct Try {
    StaffRow staff;  // zero: there is no such name
    SignInRow row;
    PasswordRows passwords;
    bool right;
} Try;

static bool no_entry(Error *err)
{
    return FAIL(err, E_RIGHT,
                .words = S("名前かパスワードが違います。確かめて、もう一度入力してください。"
                           "続けて5回違うと、5分間使えなくなります。"));
}

static bool closed(Error *err)
{
    return FAIL(err, E_RIGHT,
                .words = S("続けて違うパスワードが入力されたため、この名前はしばらく使えません。"
                           "5分以上おいて、もう一度入力してください。"));
}

// A name that is none costs what one costs that is.
static bool password_right(Try *tried, Str password)
{
    static const PasswordKept nobody = {.rounds = PASSWORD_ROUNDS};
    bool known = tried->passwords.count > 0;
    bool right = password_is(password, known ? &tried->passwords.at[0].kept : &nobody);
    return known && right;
}

static bool try_read(const SessionDesk *desk, Str typed, Arena *arena, Try *tried, Error *err)
{
    Str name;
    bool found = false;
    Error unfit = {0};
    *tried = (Try){0};
    if (!staff_name_read(typed, arena, &name, &unfit)) return true;
    if (!staff_by_name(desk->store, name, arena, &tried->staff, &found, err)) return false;
    if (!found) return true;
    return sign_in_read(desk->store, tried->staff.staff_no, &tried->row, err) &&
           passwords_of(desk->store, tried->staff.staff_no, 1, arena, &tried->passwords, err);
}

// The password is stretched before the turn is taken: that takes a tenth of a second.
static bool try_password(const SessionDesk *desk, Str name, Str password, Arena *arena, Try *tried,
                         Error *err)
{
    if (password.len > PASSWORD_MOST) password.len = PASSWORD_MOST + 1;
    if (!try_read(desk, name, arena, tried, err)) return false;
    if (tried->row.closed_until > desk->now) return closed(err);
    tried->right = password_right(tried, password) && password.len <= PASSWORD_MOST;
    return true;
}

static bool refusal_kept(const SessionDesk *desk, const Try *tried, const char *command, Error *err)
{
    SignInRow row;
    if (!begin(desk, err)) return false;
    bool kept = true;
    if (tried->staff.staff_no) {
        kept = sign_in_read(desk->store, tried->staff.staff_no, &row, err);
        if (kept) row = sign_in_step(&row, false, desk->now);
        kept = kept && sign_in_save(desk->store, &row, err);
    }
    return over(
        desk,
        kept && record(desk, tried->staff.name, command, "office", AUDIT_REFUSED, "password", err),
        err);
}

// ---- sessions

static Sha256 digest_of(const SessionDesk *desk, Str cookie)
{
    return keys_index(desk->office->keys, S("desk cookie"),
                      (Bytes){(const unsigned char *)cookie.at, cookie.len});
}

bool session_begin(const SessionDesk *desk, const SignInAsked *asked, Arena *arena, Str *cookie,
                   Error *err)
{
    Try tried;
    if (!try_password(desk, asked->name, asked->password, arena, &tried, err)) return false;
    if (!tried.right) return refusal_kept(desk, &tried, "signin", err) && no_entry(err);
    if (!random_letters(SESSION_COOKIE_LETTERS, arena, cookie, err)) return false;
    const char *purpose = purpose_words(asked->purpose);
    SessionRow row = {.staff_no = tried.staff.staff_no,
                      .cookie = digest_of(desk, *cookie),
                      .purpose = str_of(purpose),
                      .began_at = desk->now,
                      .seen_at = desk->now};
    SignInRow in = sign_in_step(&tried.row, true, desk->now);
    if (!begin(desk, err)) return false;
    return over(
        desk,
        session_add(desk->store, &row, err) && sign_in_save(desk->store, &in, err) &&
            record(desk, tried.staff.name, "signin", purpose, AUDIT_DONE, "practice card", err),
        err);
}

bool session_find(const SessionDesk *desk, Str cookie, Arena *arena, Session *session, bool *found,
                  Error *err)
{
    *found = false;
    if (cookie.len != SESSION_COOKIE_LETTERS) return true;
    Sha256 digest = digest_of(desk, cookie);
    if (!session_by_cookie(desk->store, &digest, arena, &session->row, found, err)) return false;
    SessionRow *row = &session->row;
    *found = *found && desk->now - row->began_at < SESSION_HOURS * 3600 * SECONDS &&
             purpose_named(row->purpose, &session->purpose);
    if (!*found) return true;
    session->actor = actor_of_session(row->name, row->staff_no, arena);
    row->locked |= desk->now - row->seen_at > SESSION_AWAY_SECONDS * SECONDS;
    return true;
}

bool session_seen(const SessionDesk *desk, Session *session, Error *err)
{
    if (desk->now - session->row.seen_at < SESSION_SEEN_SECONDS * SECONDS) return true;
    session->row.seen_at = desk->now;
    return begin(desk, err) && over(desk, session_save(desk->store, &session->row, err), err);
}

static bool save_recorded(const SessionDesk *desk, Session *session, const char *command,
                          Error *err)
{
    return begin(desk, err) &&
           over(desk,
                session_save(desk->store, &session->row, err) &&
                    record(desk, session->row.name, command, purpose_words(session->purpose),
                           AUDIT_DONE, NULL, err),
                err);
}

bool session_lock(const SessionDesk *desk, Session *session, Error *err)
{
    session->row.locked = true;
    return save_recorded(desk, session, "lock", err);
}

bool session_unlock(const SessionDesk *desk, Session *session, Str password, Arena *arena,
                    Error *err)
{
    Try tried;
    if (!try_password(desk, session->row.name, password, arena, &tried, err)) return false;
    if (!tried.right) return refusal_kept(desk, &tried, "unlock", err) && no_entry(err);
    session->row.locked = false;
    session->row.seen_at = desk->now;
    SignInRow in = sign_in_step(&tried.row, true, desk->now);
    return begin(desk, err) &&
           over(desk,
                sign_in_save(desk->store, &in, err) &&
                    session_save(desk->store, &session->row, err) &&
                    record(desk, session->row.name, "unlock", purpose_words(session->purpose),
                           AUDIT_DONE, NULL, err),
                err);
}

bool session_change_purpose(const SessionDesk *desk, Session *session, Purpose purpose,
                            Arena *arena, Error *err)
{
    session->purpose = purpose;
    session->row.purpose = str_copy(arena, str_of(purpose_words(purpose)));
    session->row.seen_at = desk->now;
    return save_recorded(desk, session, "purpose", err);
}

bool session_leave(const SessionDesk *desk, Session *session, Error *err)
{
    return begin(desk, err) &&
           over(desk,
                session_end(desk->store, session->row.session_no, desk->now, err) &&
                    record(desk, session->row.name, "signout", purpose_words(session->purpose),
                           AUDIT_DONE, NULL, err),
                err);
}
