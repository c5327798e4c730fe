// Sessions at a screen: signing in with name and password, locking, ending, and who a cookie is.
//
// A session is a row: any process knows it, and one that dies takes nothing with it. The browser holds 43
// random letters; the row a keyed digest of them. The card is the second factor: of an office for practice it
// is emulated; no other office opens its screens yet.
// Lock    SESSION_AWAY_SECONDS without a request, or told so. Only the same person's password opens it.
// Tries   SESSION_TRIES wrong passwords close the name for five minutes, each further one for twice as long,
//         an hour at most. A name that is none takes as long as one that is.
// Record  every sign-in, refusal, lock and end stands in the trail before it is answered.
// Law     controls C-3.2-03, C-3.3-01 to C-3.3-04; 番号法 安全管理措置 (アクセス者の識別と認証).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "route.h"
#include "session_rows.h"

enum {
    SESSION_AWAY_SECONDS = 120,
    SESSION_SEEN_SECONDS = 20,  // so often is it written down that a session is in use
    SESSION_HOURS = 12,         // from sign-in to its end, whatever happens
    SESSION_TRIES = 5,
    SESSION_CLOSED_SECONDS = 300,
    SESSION_CLOSED_MOST = 3600,
    SESSION_COOKIE_LETTERS = 43,
    SESSION_PASSWORDS_KEPT = 5,  // that may not come back
    PASSWORD_LEAST = 12,         // characters
    PASSWORD_MOST = 200,         // bytes
};

typedef struct Session {
    SessionRow row;
    Purpose purpose;
    const Actor *actor;
} Session;

// Where sessions are kept, and when we are asked.
typedef struct SessionDesk {
    const Office *office;
    Store *store;
    Instant now;
    Day business_day;
} SessionDesk;

// What comes of one try, without clock and store.
SignInRow sign_in_step(const SignInRow *was, bool right, Instant now);

typedef struct SignInAsked {
    Str name, password;
    Purpose purpose;
} SignInAsked;

// `cookie`: what the browser is given. E_RIGHT with words that do not tell whether the name is one.
MUST bool session_begin(const SessionDesk *desk, const SignInAsked *asked, Arena *arena,
                        Str *cookie, Error *err);
// `found` false: no cookie, or one of no session that lasts. A session that was away is locked.
MUST bool session_find(const SessionDesk *desk, Str cookie, Arena *arena, Session *session,
                       bool *found, Error *err);
// The person has just asked for something.
MUST bool session_seen(const SessionDesk *desk, Session *session, Error *err);
MUST bool session_lock(const SessionDesk *desk, Session *session, Error *err);
MUST bool session_unlock(const SessionDesk *desk, Session *session, Str password, Arena *arena,
                         Error *err);
MUST bool session_change_purpose(const SessionDesk *desk, Session *session, Purpose purpose,
                                 Arena *arena, Error *err);
MUST bool session_leave(const SessionDesk *desk, Session *session, Error *err);

// password NAME: gives somebody a password, read from standard input.
extern const Door office_password;
