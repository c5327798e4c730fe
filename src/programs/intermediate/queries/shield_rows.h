// What this organisation hides of people (shield.h): how it stands, and what of it the core knows.
//
// Told    by the code that the person has here. A code that comes anew is told anew, and what was said under the one before is
//         taken back: it may have been a stranger's.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"
#include "instant.h"
#include "pairwise_code.h"
#include "shield.h"
#include "store.h"
#include "vec.h"

typedef struct ShieldRow {
    int64_t shield_no;  // 0: there is none yet
    UnifiedNo person;
    ProcedureCode procedure;  // empty: of every one
    Shield shield;
    Instant since;  // of how it stands
    Str reason;
    UnifiedNo merged_into;  // under which the person goes on; empty: under this one
} ShieldRow;
VEC(ShieldRows, ShieldRow, shield_rows);

// Zeros behind person and procedure where nothing was ever said.
MUST bool shield_find(Store *store, const UnifiedNo *person, const ProcedureCode *procedure, Arena *arena, ShieldRow *row,
                      Error *err);
MUST bool shield_of_no(Store *store, int64_t shield_no, Arena *arena, ShieldRow *row, Error *err);
// New where its number is 0; owes the core a word. Inside the writing transaction.
MUST bool shield_save(Store *store, ShieldRow *row, Error *err);
// The rows of `from` are those of a number that goes on as `to`, and the core hears no more of them. What it was told stays where `to`
// has no code yet, for it may be the one that comes; where `to` has one, it is taken back.
MUST bool shields_merge(Store *store, const UnifiedNo *from, const UnifiedNo *to, Error *err);
// Does the register protect a number that was merged into the row's? Of its procedure.
MUST bool shield_merged_protected(Store *store, const ShieldRow *row, bool *is, Error *err);
MUST bool shields_of(Store *store, const UnifiedNo *person, Arena *arena, ShieldRows *rows, Error *err);
MUST bool shields_standing(Store *store, Arena *arena, ShieldRows *rows, Error *err);
// What is hidden of the person where this procedure is asked for: bits of ShieldHides.
MUST bool shield_hides(Store *store, const UnifiedNo *person, const ProcedureCode *procedure, int *hides, Error *err);

// ---- what the core is owed

typedef struct ShieldDebt {
    int64_t shield_no;
    ProcedureCode procedure;
    int hides;
    PairwiseCode code;    // of today; zeroed: the person has none, and is known to the core as nobody
    PairwiseCode former;  // by which it was told; zeroed: never
} ShieldDebt;
VEC(ShieldDebts, ShieldDebt, shield_debts);

// Of those who have a code, or had one when it was told.
MUST bool shields_owing(Store *store, int most, Arena *arena, ShieldDebts *debts, Error *err);
// The core has heard it, unless it stands otherwise meanwhile.
MUST bool shield_paid(Store *store, const ShieldDebt *debt, Error *err);
// The person has another code: the core is told again.
MUST bool shields_again(Store *store, const UnifiedNo *person, Error *err);
