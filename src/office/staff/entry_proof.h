// What lets somebody in at a screen, proven: a password, a card and a session are rows that only our keys can have written.
//
// Each row carries a keyed digest of all that decides about it: whose it is (number and name), by which record it
// came, and its content. A row that SQL put in or changed opens nothing (session.h), and audit verify names it.
// A row that was true once and is put back is known by what it misses: a later record of a password or a card stands in the
// trail, a session has been seen too long ago.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "seal.h"
#include "session_rows.h"

// Without what it proves already: `row->proof` is not looked at.
Sha256 password_proof(const Keys *keys, const PasswordRow *row, Arena scratch);
Sha256 card_proof(const Keys *keys, const CardRow *row, Arena scratch);
Sha256 session_proof(const Keys *keys, const SessionRow *row, Arena scratch);

bool password_proven(const Keys *keys, const PasswordRow *row, Arena scratch);
bool card_proven(const Keys *keys, const CardRow *row, Arena scratch);
bool session_proven(const Keys *keys, const SessionRow *row, Arena scratch);

// Every such row. `trouble`: which is not ours, in words; {0}: none.
MUST bool entry_verify(Store *store, const Keys *keys, Arena *arena, Str *trouble, Error *err);
