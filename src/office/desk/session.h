// Sessions at a screen: signing in with name and password, locking, ending, and who a cookie is.
//
// A session is a row: any process knows it, and one that dies takes nothing with it. The browser holds 43
// random letters; the row a keyed digest of them, and a proof that our programs wrote it (entry_proof.h).
// Factors a card and the password of whoever's it is: the card says who, at a door of its own (web_server.h). An office
//         for practice emulates it: there a name is typed, and no other office takes one.
// Age     whose password is older than the office's password-days, or was given by somebody else, opens nothing but the page
//         on which it is changed.
// One     a person has one session: signing in ends every other one of hers, and the one that the browser held.
// Lock    the office's lock-seconds (numbers.h) without a request, or told so. Only the same person's password opens it; after
//         SESSION_TRIES wrong ones the session is over.
// Tries   are counted for a name, as typed, at a place: in a browser in which that name signed in before, else at an
//         address. SESSION_TRIES wrong ones close the name there for five minutes, each further one for twice as
//         long, an hour at most. So a stranger shuts nobody out, and learns not whether the name is one: it takes as
//         long, closes as soon and is told in the same words.
// Record  every sign-in, refusal, lock and end stands in the trail before it is answered: who was proven, where.
// Law     controls C-3.2-03, C-3.2-09, C-3.3-01 to C-3.3-05; 番号法 安全管理措置 (アクセス者の識別と認証).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "numbers.h"
#include "route.h"
#include "session_rows.h"

enum {
    SESSION_SEEN_SECONDS = 20,  // so often is it written down that a session is in use
    SESSION_HOURS = 12,         // from sign-in to its end, whatever happens
    SESSION_TRIES = 5,
    SESSION_CLOSED_SECONDS = 300,
    SESSION_CLOSED_MOST = 3600,
    SESSION_COOKIE_LETTERS = 43,
    SESSION_PASSWORDS_KEPT = 12,  // that may not come back
    PASSWORD_LEAST = 12,         // characters
    PASSWORD_MOST = 200,         // bytes
};

typedef struct Session {
    SessionRow row;
    Purpose purpose;
    const Actor *actor;
    OfficeNumbers numbers;      // of the office, as they count at this request
    bool renews;                // nothing is opened before the password was changed
    bool of_another;            // for somebody else knows it
    int64_t password_days_left;
} Session;

// Where sessions are kept, when we are asked, and by which browser.
typedef struct SessionDesk {
    const Office *office;
    Store *store;
    Instant now;
    Day business_day;
    Str peer;   // its address
    Str place;  // what it holds since somebody signed in with it; {0}: nothing
    bool practice;  // an emulated card is always there
    Str card;       // the key of the card that was shown; {0}: none
} SessionDesk;

// What comes of one try, without clock and store.
TryRow try_step(const TryRow *was, bool right, Instant now);

typedef struct SignInAsked {
    Str name, password;
    Purpose purpose;
    const Session *left;  // that the browser was in; NULL: none
} SignInAsked;

// What the browser is given.
typedef struct SessionBegun {
    Str cookie;
    Str place;  // {0}: it keeps the one it has
} SessionBegun;

// How a session is known by the cookie of its browser.
Sha256 session_digest(const Keys *keys, Str cookie);

// E_RIGHT with words that do not tell whether the name is one.
MUST bool session_begin(const SessionDesk *desk, const SignInAsked *asked, Arena *arena,
                        SessionBegun *begun, Error *err);
// Whose card was shown. `found` false: none, or nobody's.
MUST bool session_card_holder(const SessionDesk *desk, Arena *arena, StaffRow *holder, bool *found,
                              Error *err);
// `found` false: no cookie, or one of no session that lasts. A session that was away is locked.
MUST bool session_find(const SessionDesk *desk, Str cookie, Arena *arena, Session *session,
                       bool *found, Error *err);
// The person has just asked for something.
MUST bool session_seen(const SessionDesk *desk, Session *session, Arena scratch, Error *err);
MUST bool session_lock(const SessionDesk *desk, Session *session, Arena scratch, Error *err);
// One wrong password too many ends it: `session->row.ended_at` then says so.
MUST bool session_unlock(const SessionDesk *desk, Session *session, Str password, Arena *arena,
                         Error *err);
// The person's own new password, behind the one of now; the session goes on. One wrong one too many ends it, as at a lock.
// E_RIGHT: it is not the one of now; E_LENGTH, E_CONFLICT: the new one is none.
MUST bool session_change_password(const SessionDesk *desk, Session *session, Str now, Str fresh, Arena *arena,
                                  Error *err);
MUST bool session_change_purpose(const SessionDesk *desk, Session *session, Purpose purpose,
                                 Arena *arena, Error *err);
MUST bool session_leave(const SessionDesk *desk, Session *session, Arena scratch, Error *err);
// Opens every place to a name that was closed to it, inside an open transaction.
MUST bool session_tries_open(Store *store, const Keys *keys, Str name, Error *err);
// Ends all of a person, inside the open transaction of the record that says why.
MUST bool sessions_end(Store *store, const Keys *keys, int64_t staff_no, Instant now,
                       int64_t record_no, Arena scratch, Error *err);

// password NAME: gives somebody a password, read from standard input.
extern const Door office_password;
// card NAME FILE.crt | card NAME --end: whose card is whose.
extern const Door office_card;
