// Rows of passwords, of tries to sign in, and of sessions at a screen.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "password.h"
#include "sha256.h"
#include "store.h"
#include "vec.h"

typedef struct PasswordRow {
    int64_t staff_no;
    PasswordKept kept;
} PasswordRow;
VEC(PasswordRows, PasswordRow, password_rows);

// The newest first; the first is the one that counts.
MUST bool passwords_of(Store *store, int64_t staff_no, int most, Arena *arena, PasswordRows *rows,
                       Error *err);
// Ends the one that counts. Inside a writing transaction.
MUST bool password_set(Store *store, int64_t staff_no, const PasswordKept *kept, Str by,
                       Instant now, Error *err);

typedef struct SignInRow {
    int64_t staff_no;
    int32_t failures;
    Instant closed_until, last_at;  // 0: open, never
} SignInRow;

// Zero but for its number where nobody has tried.
MUST bool sign_in_read(Store *store, int64_t staff_no, SignInRow *row, Error *err);
MUST bool sign_in_save(Store *store, const SignInRow *row, Error *err);

typedef struct SessionRow {
    int64_t session_no, staff_no;
    Str name;  // of the member of staff
    Sha256 cookie;
    Str purpose;
    Instant began_at, seen_at;
    bool locked;
} SessionRow;

// One that has not ended. `found` false: there is none.
MUST bool session_by_cookie(Store *store, const Sha256 *cookie, Arena *arena, SessionRow *row,
                            bool *found, Error *err);
MUST bool session_add(Store *store, SessionRow *row, Error *err);  // gives the number
// Its purpose, when it was seen, whether it is locked.
MUST bool session_save(Store *store, const SessionRow *row, Error *err);
MUST bool session_end(Store *store, int64_t session_no, Instant now, Error *err);
MUST bool sessions_end(Store *store, int64_t staff_no, Instant now, Error *err);  // all of this person's
