// What clinics ask to be paid for, one claim per row that was stored. A new state is a new row.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "dose_rows.h"
#include "intake.h"
#include "ledger_act_rows.h"
#include "vec.h"

typedef struct ClaimRow {
    int32_t claim_id, row_id, person_id;
    int32_t dose_id;  // 0: examined only or stopped
    Str clinic_code;
    int64_t amount, copay;  // yen; -1: the clinic said nothing
    IntakeClaim state;
    Str code;  // why it is held or returned
} ClaimRow;
VEC(ClaimRows, ClaimRow, claim_rows);

MUST bool claim_insert(Store *store, const LedgerAct *act, const ClaimRow *claim, Error *err);
MUST bool claims_insert(Store *store, const LedgerAct *act, const ClaimRows *claims, Error *err);
// The claims of one person's doses that stand, each with the day of its dose.
typedef struct ClaimStanding {
    ClaimRow claim;
    PartialDate given_on;
} ClaimStanding;
VEC(ClaimStandings, ClaimStanding, claim_standings);
MUST bool claims_of_person(Store *store, int32_t person_id, Arena *arena, ClaimStandings *claims,
                           Error *err);
// A new state of it: the row before ends with the act, `next` is numbered here.
MUST bool claim_turn(Store *store, const LedgerAct *act, const ClaimRow *before, ClaimRow next,
                     Error *err);

// A new version of a dose, or the same dose of another person: its claims ask for the same money as before. Called
// while `old` still stands. `numbers`: where the caller counts the claims of this transaction; NULL: he does not.
MUST bool claims_follow(Store *store, const LedgerAct *act, const DoseRow *old,
                        const DoseRow *fresh, int32_t *numbers, Arena scratch, Error *err);
// The claims of doses, of examinations stand no longer: a correction brings its own.
MUST bool claims_end(Store *store, const LedgerAct *act, const int32_t *dose_ids, ptrdiff_t count,
                     Error *err);
MUST bool claims_end_not_given(Store *store, const LedgerAct *act, const int32_t *record_ids,
                               ptrdiff_t count, Error *err);
