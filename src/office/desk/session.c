// SPDX-License-Identifier: Apache-2.0
#include "session.h"

#include "actor_session.h"
#include "entry_proof.h"
#include "logging.h"
#include "password_change.h"
#include "secret.h"
#include "staff_name.h"
#include "staff_rows.h"
#include "ticket.h"

#define SECONDS ((Instant)1000000)
// As rows and index of the trail spell them (session_rows.c).
_Static_assert(AUDIT_CHANGE == 2 && AUDIT_SIGN_IN == 8, "kept in the rows");

TryRow try_step(const TryRow *was, bool right, Instant now)
{
    TryRow next = *was;
    next.last_at = now;
    next.closed_until = 0;
    next.is_known |= right;
    next.failures = right ? 0 : was->failures + 1;
    if (next.failures < SESSION_TRIES) return next;
    int64_t seconds = SESSION_CLOSED_SECONDS;
    for (int i = SESSION_TRIES; i < next.failures && seconds < SESSION_CLOSED_MOST; i++)
        seconds *= 2;
    next.closed_until =
        now + (seconds < SESSION_CLOSED_MOST ? seconds : SESSION_CLOSED_MOST) * SECONDS;
    return next;
}

// ---- the trail

// What was done, or refused, to whom; `proven`: by her, who is that.
typedef struct Told {
    Str name;  // {0}: of nobody we know
    int64_t staff_no;
    bool proven;
    const char *command, *purpose;
    AuditResult result;
    const char *detail;
} Told;

// In the open transaction.
static bool record(const SessionDesk *desk, const Told *told, Arena scratch, Error *err)
{
    AuditLeaf leaf = {.at = desk->now,
                      .business_day = desk->business_day,
                      .operator_name = told->name.len ? told->name : S("(不明)"),
                      .terminal = desk->peer,
                      .program = str_of(desk->office->program->name),
                      .act = AUDIT_SIGN_IN,
                      .purpose = str_of(told->purpose),
                      .command = str_of(told->command),
                      .result = told->result,
                      .detail = str_of(told->detail)};
    if (told->proven)
        leaf.proven = str_format(&scratch, "staff:%lld %.*s", (long long)told->staff_no,
                                 STR(told->name));
    return audit_append(desk->store, &desk->office->trail, &leaf, NULL, err);
}

static Told told_of(const Session *session, const char *command)
{
    return (Told){.name = session->row.name,
                  .staff_no = session->row.staff_no,
                  .proven = true,
                  .command = command,
                  .purpose = purpose_words(session->purpose),
                  .result = AUDIT_DONE};
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

// ---- rows that prove themselves

static bool save(Store *store, const Keys *keys, SessionRow *row, int64_t ended_record,
                 Arena scratch, Error *err)
{
    Sha256 proof = session_proof(keys, row, scratch);
    row->proof = sha256_bytes(&proof);
    bool saved = session_save(store, row, ended_record, err);
    row->proof = (Bytes){0};
    return saved;
}

static bool add(const SessionDesk *desk, SessionRow *row, Arena scratch, Error *err)
{
    if (!session_next_no(desk->store, &row->session_no, err)) return false;
    Sha256 proof = session_proof(desk->office->keys, row, scratch);
    row->proof = sha256_bytes(&proof);
    bool added = session_add(desk->store, row, err);
    row->proof = (Bytes){0};
    return added;
}

// A row that is not ours stays as it is, for audit verify to name.
static bool end_row(Store *store, const Keys *keys, SessionRow *row, Instant now, int64_t record_no,
                    Arena scratch, Error *err)
{
    if (row->ended_at || !session_proven(keys, row, scratch)) return true;
    row->ended_at = now;
    return save(store, keys, row, record_no, scratch, err);
}

bool sessions_end(Store *store, const Keys *keys, int64_t staff_no, Instant now, int64_t record_no,
                  Arena scratch, Error *err)
{
    SessionRows rows;
    if (!sessions_open(store, staff_no, &scratch, &rows, err)) return false;
    VEC_EACH (SessionRow, row, rows)
        if (!end_row(store, keys, row, now, record_no, scratch, err)) return false;
    return true;
}

// ---- whether it is the person

typedef struct Try {
    StaffRow staff;  // zero: there is no such name
    TryRow row;
    PasswordRow password;
    bool has_password, right;
} Try;

static Str minutes_left(Instant until, Instant now, Arena *arena)
{
    int64_t minutes = (until - now + 60 * SECONDS - 1) / (60 * SECONDS);
    return str_format(arena, "%lld", (long long)minutes);
}

static bool closed(const SessionDesk *desk, const TryRow *row, Arena *arena, Error *err)
{
    Str minutes = minutes_left(row->closed_until, desk->now, arena);
    return FAIL(err, E_RIGHT,
                .words = str_format(arena,
                                    "続けて違うパスワードが入力されたため、この名前はここではしばらく"
                                    "使えません。%.*s分おいて、もう一度入力してください。",
                                    STR(minutes)));
}

static bool no_entry(const SessionDesk *desk, const TryRow *row, Arena *arena, Error *err)
{
    if (row->closed_until > desk->now) return closed(desk, row, arena, err);
    return FAIL(err, E_RIGHT,
                .words = str_format(arena,
                                    "%sかパスワードが違います。確かめて、もう一度入力してください。"
                                    "あと%d回違うと、5分間使えなくなります。",
                                    desk->practice ? "名前" : "カード",
                                    SESSION_TRIES - row->failures));
}

static Sha256 name_key(const Keys *keys, Str name)
{
    return keys_index(keys, S("desk try name"), (Bytes){(const unsigned char *)name.at, name.len});
}

bool session_tries_open(Store *store, const Keys *keys, Str name, Error *err)
{
    Sha256 key = name_key(keys, name);
    return tries_open(store, &key, err);
}

static TryRow place_of(const SessionDesk *desk, Str name, const char *kind, Str which,
                       Arena scratch)
{
    const Keys *keys = desk->office->keys;
    Str place = str_format(&scratch, "%td:%.*s%s:%.*s", name.len, STR(name), kind, STR(which));
    return (TryRow){.place = keys_index(keys, S("desk try"),
                                        (Bytes){(const unsigned char *)place.at, place.len}),
                    .name = name_key(keys, name)};
}

// Whoever signed in with this browser before is not kept out by what strangers try at its address.
static bool place_read(const SessionDesk *desk, Str name, Arena scratch, TryRow *row, Error *err)
{
    if (!desk->practice) {  // nobody tries with another one's card
        *row = place_of(desk, name, "card", desk->card, scratch);
        return try_read(desk->store, row, err);
    }
    if (desk->place.len == SESSION_COOKIE_LETTERS) {
        *row = place_of(desk, name, "browser", desk->place, scratch);
        if (!try_read(desk->store, row, err)) return false;
        if (row->is_known) return true;
    }
    *row = place_of(desk, name, "address", desk->peer, scratch);
    return try_read(desk->store, row, err);
}

// A row that is not ours, or that was true once and has been put back, is no password.
static bool password_counts(const SessionDesk *desk, Try *tried, Arena *arena, Error *err)
{
    PasswordRows rows;
    bool recorded = false;
    if (!passwords_of(desk->store, tried->staff.staff_no, 1, arena, &rows, err)) return false;
    if (!rows.count) return true;
    tried->password = rows.at[0];
    bool ours = !tried->password.ended &&
                password_proven(desk->office->keys, &tried->password, *arena);
    if (ours && !password_recorded(desk->store, &tried->password, &recorded, err)) return false;
    tried->has_password = ours && recorded;
    if (!tried->has_password)
        log_line(LOG_ERROR, "event=password_row_not_ours row=%lld",
                 (long long)tried->password.password_no);
    return true;
}

bool session_card_holder(const SessionDesk *desk, Arena *arena, StaffRow *holder, bool *found,
                         Error *err)
{
    CardRow card;
    bool recorded = false;
    *holder = (StaffRow){0};
    *found = false;
    if (!desk->card.len || !card_by_key(desk->store, desk->card, arena, &card, found, err))
        return !desk->card.len;
    bool ours = *found && card_proven(desk->office->keys, &card, *arena);
    if (ours && !card_recorded(desk->store, &card, &recorded, err)) return false;
    if (*found && !recorded)
        log_line(LOG_ERROR, "event=card_row_not_ours row=%lld", (long long)card.card_no);
    *found = recorded;
    return !recorded || staff_by_number(desk->store, card.staff_no, arena, holder, found, err);
}

// Whose password is asked for: of whose session it is, of whom the card says, or, where it is emulated, of that name.
static bool person_read(const SessionDesk *desk, Str name, Arena *arena, Try *tried, Error *err)
{
    bool found = false;
    if (tried->staff.staff_no) return password_counts(desk, tried, arena, err);
    bool read = desk->practice
                    ? staff_by_name(desk->store, name, arena, &tried->staff, &found, err)
                    : session_card_holder(desk, arena, &tried->staff, &found, err);
    if (!read) return false;
    if (!found) tried->staff = (StaffRow){0};
    return !found || password_counts(desk, tried, arena, err);
}

// A name that is none costs what one costs that is.
static bool password_right(const Try *tried, Str password)
{
    static const PasswordKept nobody = {.rounds = PASSWORD_ROUNDS};
    bool right =
        password_is(password, tried->has_password ? &tried->password.kept : &nobody);
    return tried->has_password && right;
}

// The password is stretched before the turn is taken: that takes a tenth of a second.
static bool try_password(const SessionDesk *desk, Str name, Str password, Arena *arena, Try *tried,
                         Error *err)
{
    if (tried->row.closed_until > desk->now) return true;
    if (!person_read(desk, name, arena, tried, err)) return false;
    if (password.len > PASSWORD_MOST) password.len = PASSWORD_MOST + 1;
    tried->right = password_right(tried, password) && password.len <= PASSWORD_MOST;
    return true;
}

static bool failure_counted(const SessionDesk *desk, Try *tried, Arena *arena, Error *err)
{
    SignInRow in;
    int64_t ignored;
    TryRow row = tried->row;
    if (!try_read(desk->store, &row, err)) return false;  // others may have tried
    tried->row = try_step(&row, false, desk->now);
    if (!tries_forget(desk->store, desk->now, &ignored, err) ||
        !try_save(desk->store, &tried->row, err))
        return false;
    if (tried->row.closed_until) log_line(LOG_WARN, "event=sign_in_closed");
    if (!tried->staff.staff_no) return true;
    if (!sign_in_read(desk->store, tried->staff.staff_no, arena, &in, err)) return false;
    in.failures++;
    return sign_in_save(desk->store, &in, err);
}

// What is refused while the place is closed is recorded too, and closes it no longer.
static bool refused(const SessionDesk *desk, Try *tried, const char *command, Arena *arena,
                    Error *err)
{
    bool shut = tried->row.closed_until > desk->now;
    const Told told = {.name = tried->staff.name,
                       .command = command,
                       .purpose = "office",
                       .result = AUDIT_REFUSED,
                       .detail = shut ? "closed" : "password"};
    if (!begin(desk, err)) return false;
    bool kept = shut || failure_counted(desk, tried, arena, err);
    return over(desk, kept && record(desk, &told, *arena, err), err);
}

// ---- sessions

Sha256 session_digest(const Keys *keys, Str cookie)
{
    return keys_index(keys, S("desk cookie"), (Bytes){(const unsigned char *)cookie.at, cookie.len});
}

// From now on this browser is a place of its own for that name.
static bool place_known(const SessionDesk *desk, Str name, Str place, Arena scratch, Error *err)
{
    const TryRow known = place_of(desk, name, "browser", place, scratch);
    TryRow row = try_step(&known, true, desk->now);
    return try_save(desk->store, &row, err);
}

static bool entered(const SessionDesk *desk, const SignInAsked *asked, const Try *tried, Str place,
                    SessionRow *row, Arena scratch, Error *err)
{
    const SignInRow in = {tried->staff.staff_no, 0, desk->now, desk->peer};
    const Told told = {.name = tried->staff.name,
                       .staff_no = tried->staff.staff_no,
                       .proven = true,
                       .command = "signin",
                       .purpose = purpose_words(asked->purpose),
                       .result = AUDIT_DONE,
                       .detail = desk->practice ? "練習用のカード" : "カード"};
    const Keys *keys = desk->office->keys;
    TryRow settled = try_step(&tried->row, true, desk->now);
    settled.is_known = tried->row.is_known;  // an address is nobody's own
    SessionRow left = asked->left ? asked->left->row : (SessionRow){.ended_at = desk->now};
    return audit_next_no(desk->store, &row->record_no, err) &&
           sessions_end(desk->store, keys, row->staff_no, desk->now, row->record_no, scratch,
                        err) &&
           (left.staff_no == row->staff_no ||
            end_row(desk->store, keys, &left, desk->now, row->record_no, scratch, err)) &&
           add(desk, row, scratch, err) && try_save(desk->store, &settled, err) &&
           (!desk->practice || place_known(desk, asked->name, place, scratch, err)) &&
           sign_in_save(desk->store, &in, err) && record(desk, &told, scratch, err);
}

// Whoever has left, or has not begun, is told so behind the right password, and gets no session.
static bool in_office(const SessionDesk *desk, const Try *tried, Arena *arena, Error *err)
{
    bool stands = false;
    Day today = instant_day_in_japan(desk->now);
    const Told told = {.name = tried->staff.name,
                       .staff_no = tried->staff.staff_no,
                       .proven = true,
                       .command = "signin",
                       .purpose = "office",
                       .result = AUDIT_REFUSED,
                       .detail = "term"};
    if (!staff_in_office(desk->store, tried->staff.staff_no, today, &stands, err) || stands) return stands;
    return begin(desk, err) && over(desk, record(desk, &told, *arena, err), err) &&
           FAIL(err, E_RIGHT,
                .words = S("いまは、職務の期間の中にありません。名簿の開始日と終了日を、所属長に確かめてください。"));
}

bool session_begin(const SessionDesk *desk, const SignInAsked *asked, Arena *arena,
                   SessionBegun *begun, Error *err)
{
    Str name;
    Error unfit = {0};
    Try tried = {0};
    SignInAsked read = *asked;
    if (!desk->practice) read.name = (Str){0};  // the card says who it is
    if (desk->practice && staff_name_read(asked->name, arena, &name, &unfit)) read.name = name;
    if (!place_read(desk, read.name, *arena, &tried.row, err) ||
        !try_password(desk, read.name, read.password, arena, &tried, err))
        return false;
    if (!tried.right)
        return refused(desk, &tried, "signin", arena, err) &&
               no_entry(desk, &tried.row, arena, err);
    if (!in_office(desk, &tried, arena, err)) return false;
    *begun = (SessionBegun){0};
    bool placed = desk->place.len == SESSION_COOKIE_LETTERS || !desk->practice;
    if (!random_letters(SESSION_COOKIE_LETTERS, arena, &begun->cookie, err) ||
        (!placed && !random_letters(SESSION_COOKIE_LETTERS, arena, &begun->place, err)))
        return false;
    SessionRow row = {.staff_no = tried.staff.staff_no,
                      .name = tried.staff.name,
                      .cookie = session_digest(desk->office->keys, begun->cookie),
                      .purpose = str_of(purpose_words(asked->purpose)),
                      .card = desk->practice ? (Str){0} : desk->card,
                      .began_at = desk->now,
                      .seen_at = desk->now};
    Str place = placed ? desk->place : begun->place;
    return begin(desk, err) &&
           over(desk, entered(desk, &read, &tried, place, &row, *arena, err), err);
}

// How old the password is with which the session was begun.
static bool password_aged(const SessionDesk *desk, Session *session, Arena scratch, Error *err)
{
    PasswordRows rows;
    int64_t days = session->numbers.at[NUMBER_PASSWORD_DAYS];
    if (!passwords_of(desk->store, session->row.staff_no, 1, &scratch, &rows, err)) return false;
    if (!rows.count) return true;
    PasswordStanding stands = password_standing(&rows.at[0], desk->now, days, desk->practice);
    session->renews = stands != PASSWORD_HOLDS;
    session->of_another = stands == PASSWORD_OF_ANOTHER;
    session->password_days_left = password_days_left(&rows.at[0], desk->now, days);
    return true;
}

bool session_find(const SessionDesk *desk, Str cookie, Arena *arena, Session *session, bool *found,
                  Error *err)
{
    *found = false;
    if (cookie.len != SESSION_COOKIE_LETTERS) return true;
    Sha256 digest = session_digest(desk->office->keys, cookie);
    if (!session_by_cookie(desk->store, &digest, arena, &session->row, found, err)) return false;
    SessionRow *row = &session->row;
    bool ours = *found && session_proven(desk->office->keys, row, *arena), recorded = false, locked = false;
    // One that has ended says so itself; one that says it has not is asked of the trail.
    if (ours && !row->ended_at && !session_recorded(desk->store, row, &recorded, &locked, err)) return false;
    if (*found && !row->ended_at && !recorded) {
        log_line(LOG_ERROR, "event=session_row_not_ours row=%lld", (long long)row->session_no);
        *found = false;
    }
    if (!*found) return true;
    row->locked |= locked;
    *found = !row->ended_at &&
             desk->now - row->began_at < SESSION_HOURS * 3600 * SECONDS &&
             purpose_named(row->purpose, &session->purpose);
    if (!*found) return true;
    session->actor = actor_of_session(row->name, row->staff_no, arena);
    if (!office_numbers(desk->store, *arena, &session->numbers, err)) return false;
    row->locked |= desk->now - row->seen_at > session->numbers.at[NUMBER_LOCK_SECONDS] * SECONDS;
    return password_aged(desk, session, *arena, err);
}

bool session_seen(const SessionDesk *desk, Session *session, Arena scratch, Error *err)
{
    if (desk->now - session->row.seen_at < SESSION_SEEN_SECONDS * SECONDS) return true;
    session->row.seen_at = desk->now;
    return begin(desk, err) &&
           over(desk, save(desk->store, desk->office->keys, &session->row, 0, scratch, err), err);
}

// In a transaction of its own; a session that has an end gets it by this record.
static bool save_recorded(const SessionDesk *desk, Session *session, const Told *told,
                          Arena scratch, Error *err)
{
    int64_t record_no;
    if (!begin(desk, err)) return false;
    bool saved = audit_next_no(desk->store, &record_no, err) &&
                 save(desk->store, desk->office->keys, &session->row,
                      session->row.ended_at ? record_no : 0, scratch, err) &&
                 record(desk, told, scratch, err);
    return over(desk, saved, err);
}

bool session_lock(const SessionDesk *desk, Session *session, Arena scratch, Error *err)
{
    const Told told = told_of(session, "lock");
    session->row.locked = true;
    return save_recorded(desk, session, &told, scratch, err);
}

// Only whoever holds the session tries here: she is told how often, and it ends.
static bool holder_refused(const SessionDesk *desk, Session *session, Try *tried, const char *command,
                           Arena *arena, Error *err)
{
    Told told = told_of(session, "signout");
    if (!refused(desk, tried, command, arena, err)) return false;
    if (tried->row.failures < SESSION_TRIES) return no_entry(desk, &tried->row, arena, err);
    told.proven = false;
    told.detail = "password";
    session->row.ended_at = desk->now;
    return save_recorded(desk, session, &told, *arena, err) &&
           FAIL(err, E_RIGHT,
                .words = S("続けて違うパスワードが入力されたため、サインアウトしました。"
                           "もう一度サインインしてください。"));
}

static bool holder_tries(const SessionDesk *desk, const Session *session, Str password, Arena *arena,
                         Try *tried, Error *err)
{
    Str number = str_format(arena, "%lld", (long long)session->row.session_no);
    tried->row = place_of(desk, session->row.name, "session", number, *arena);
    return try_read(desk->store, &tried->row, err) &&
           try_password(desk, session->row.name, password, arena, tried, err);
}

static bool holder_settled(const SessionDesk *desk, const Try *tried, Error *err)
{
    TryRow settled = try_step(&tried->row, true, desk->now);
    settled.is_known = false;
    return try_save(desk->store, &settled, err);
}

bool session_unlock(const SessionDesk *desk, Session *session, Str password, Arena *arena,
                    Error *err)
{
    Try tried = {0};
    if (!holder_tries(desk, session, password, arena, &tried, err)) return false;
    tried.right = tried.right && str_equal(session->row.card, desk->practice ? (Str){0} : desk->card);
    if (!tried.right) return holder_refused(desk, session, &tried, "unlock", arena, err);
    session->row.locked = false;
    session->row.seen_at = desk->now;
    const Told told = told_of(session, "unlock");
    return begin(desk, err) &&
           over(desk,
                holder_settled(desk, &tried, err) &&
                    save(desk->store, desk->office->keys, &session->row, 0, *arena, err) &&
                    record(desk, &told, *arena, err),
                err);
}

static bool password_changed(const SessionDesk *desk, const Session *session, const Try *tried,
                             const PasswordKept *kept, Arena scratch, Error *err)
{
    PasswordNew fresh = {&tried->staff, kept, desk->now, tried->staff.name, 0};
    Told told = told_of(session, "password");
    told.detail = str_z(&scratch, tried->staff.name);
    return audit_next_no(desk->store, &fresh.record_no, err) &&
           password_begin(desk->store, desk->office->keys, &fresh, scratch, err) &&
           holder_settled(desk, tried, err) && record(desk, &told, scratch, err);
}

bool session_change_password(const SessionDesk *desk, Session *session, Str now, Str fresh, Arena *arena,
                             Error *err)
{
    PasswordKept kept;
    Try tried = {.staff = {.staff_no = session->row.staff_no, .name = session->row.name}};
    if (!holder_tries(desk, session, now, arena, &tried, err)) return false;
    if (!tried.right) return holder_refused(desk, session, &tried, "password", arena, err);
    if (!password_fit(desk->store, &tried.staff, fresh, arena, err) ||
        !password_keep(fresh, PASSWORD_ROUNDS, &kept, err))
        return false;
    bool changed = begin(desk, err) &&
                   over(desk, password_changed(desk, session, &tried, &kept, *arena, err), err);
    bytes_wipe(&kept, sizeof kept);
    session->renews = session->renews && !changed;
    return changed;
}

bool session_change_purpose(const SessionDesk *desk, Session *session, Purpose purpose,
                            Arena *arena, Error *err)
{
    session->purpose = purpose;
    session->row.purpose = str_copy(arena, str_of(purpose_words(purpose)));
    session->row.seen_at = desk->now;
    const Told told = told_of(session, "purpose");
    return save_recorded(desk, session, &told, *arena, err);
}

bool session_leave(const SessionDesk *desk, Session *session, Arena scratch, Error *err)
{
    const Told told = told_of(session, "signout");
    session->row.ended_at = desk->now;
    return save_recorded(desk, session, &told, scratch, err);
}
