// What a person says of something that did not fit, carried out.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "unified_work_rows.h"

// Inside the writing transaction; closes the work. E_CONFLICT: it cannot be accepted, the register must be mended.
MUST bool work_decide(Act *act, const UnifiedWork *work, const WorkDecision *decision, Arena scratch, Error *err);
// Whose records a look at it or a word on it concerns: the addressee number that was told, else the person's first. Zeroed: nobody's.
MUST bool work_whose(Store *store, const UnifiedWork *work, Arena scratch, AddresseeNo *whose, Error *err);
