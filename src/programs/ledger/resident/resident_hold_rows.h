// Residents whose letters wait for the register (HoldCause of person_change.h), kept as open work.
//
// A person whom the ledger does not know yet is held by number: subject is then the 宛名番号.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger_act_rows.h"
#include "person_change.h"

// Begins or ends the hold that a change tells. `person_id` 0: the ledger does not know the person.
MUST bool resident_hold_store(Store *store, const LedgerAct *act, int32_t person_id,
                              const PersonChange *change, Error *err);
// A whole change came: what could not be told before has been told.
MUST bool resident_hold_healed(Store *store, const LedgerAct *act, int32_t person_id,
                               Str addressee_no, Error *err);
// Is any hold open? Asked once, so that a sync without holds costs nothing.
MUST bool resident_holds_open(Store *store, int64_t *open, Error *err);
// Do letters to this person wait? `held` is the code of the work that holds them (work_kind_named); {0}: they do not.
MUST bool resident_held(Store *store, int32_t person_id, KnownAt known, Str *held, Error *err);
