// Rows of passwords, of tries to sign in, and of sessions at a screen.
//
// A row of a password or a session says nothing by itself: entry_proof.h tells whether our programs wrote it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "card_rows.h"
#include "password.h"
#include "sha256.h"
#include "store.h"
#include "vec.h"

typedef struct PasswordRow {
    int64_t password_no, staff_no;
    Str name;  // of the member of staff
    PasswordKept kept;
    Instant set_at;
    Str set_by;
    int64_t record_no;  // of the act that set it; 0: of before records were kept
    bool ended;
    Bytes proof;
} PasswordRow;
VEC(PasswordRows, PasswordRow, password_rows);

// The newest first; the first is the one that counts.
MUST bool passwords_of(Store *store, int64_t staff_no, int most, Arena *arena, PasswordRows *rows,
                       Error *err);
MUST bool password_next_no(Store *store, int64_t *password_no, Error *err);
// Ends the one that counts; this one does from now on. Inside a writing transaction.
MUST bool password_add(Store *store, const PasswordRow *row, Error *err);
Query *passwords_walk(Store *store, Error *err);  // all of everybody
PasswordRow password_here(Query *q, Arena *arena);

// Does the record of this password stand in the trail, and is none of a later one of the same person there?
MUST bool password_recorded(Store *store, const PasswordRow *row, bool *recorded, Error *err);
MUST bool card_recorded(Store *store, const CardRow *row, bool *recorded, Error *err);

// The last sign-in of a member of staff, and what was tried in vain since.
typedef struct SignInRow {
    int64_t staff_no;
    int32_t failures;
    Instant last_at;  // 0: never
    Str last_terminal;
} SignInRow;

// Zero but for its number where nobody has tried.
MUST bool sign_in_read(Store *store, int64_t staff_no, Arena *arena, SignInRow *row, Error *err);
MUST bool sign_in_save(Store *store, const SignInRow *row, Error *err);

typedef struct TryRow {
    Sha256 place, name;  // of a name at a place, of the name alone
    bool is_known;
    int32_t failures;
    Instant closed_until, last_at;  // 0: open, never
} TryRow;

// Zero but for its place and name where nobody has tried.
MUST bool try_read(Store *store, TryRow *row, Error *err);
MUST bool try_save(Store *store, const TryRow *row, Error *err);
MUST bool tries_open(Store *store, const Sha256 *name, Error *err);  // at every place
// Forgets what was tried more than TRIES_KEPT_DAYS before `now` where nobody ever signed in; `gone`: how many.
enum { TRIES_KEPT_DAYS = 1 };
MUST bool tries_forget(Store *store, Instant now, int64_t *gone, Error *err);

typedef struct SessionRow {
    int64_t session_no, staff_no;
    Str name;  // of the member of staff
    Sha256 cookie;
    Str purpose;
    Str card;  // the key of the card with which it was begun; {0}: the card of an office for practice
    Instant began_at, seen_at;
    bool locked;
    int64_t record_no;  // of the sign-in
    Instant ended_at;   // 0: not yet
    Bytes proof;
} SessionRow;
VEC(SessionRows, SessionRow, session_rows);

// `found` false: there is none. It may have ended.
MUST bool session_by_cookie(Store *store, const Sha256 *cookie, Arena *arena, SessionRow *row,
                            bool *found, Error *err);
// Those of a member of staff that have not ended.
MUST bool sessions_open(Store *store, int64_t staff_no, Arena *arena, SessionRows *rows,
                        Error *err);
MUST bool session_next_no(Store *store, int64_t *session_no, Error *err);
MUST bool session_add(Store *store, const SessionRow *row, Error *err);
// Its purpose, when it was seen, whether it is locked, and when it ended by which record (0: it has not).
MUST bool session_save(Store *store, const SessionRow *row, int64_t ended_record, Error *err);
// Does the trail say that this session was begun, and nothing that ends it: a later sign-in or sign-out of the person, a new
// password or card that somebody gave her? `locked`: as it says last.
MUST bool session_recorded(Store *store, const SessionRow *row, bool *recorded, bool *locked, Error *err);
Query *sessions_walk(Store *store, Error *err);  // all of everybody
SessionRow session_here(Query *q, Arena *arena);
