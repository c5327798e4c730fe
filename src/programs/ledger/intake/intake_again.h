// What a change of the register makes of rows that were returned and of claims that hung on where somebody lived.
//
// A returned row is judged anew, without storing it: where it would not be returned today it is listed as work
// (return_changed) until it is sent again. A claim whose dose now lies behind a confirmed move or death is held and
// listed (claim_moved), and received again when the move is cancelled.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger.h"
#include "ledger_act_rows.h"

typedef struct IntakeAgain IntakeAgain;

// Inside the open transaction that stores the changes. Reads nothing before a person needs it.
IntakeAgain *intake_again(Ledger *ledger, const LedgerAct *act, Arena *arena);
void intake_again_close(IntakeAgain *again);  // NULL is fine

// Once all changes of the batch are stored, for everybody whom one of them concerned.
MUST bool intake_again_person(IntakeAgain *again, int32_t person_id, Arena scratch, Error *err);
