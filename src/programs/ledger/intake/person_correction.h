// An accepted correction of the person, into the store: the version of the wrong person ends, the dose goes on with the
// right one, and the claim with it.
//
// Inside the caller's transaction and act. dose_move.h decides.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "dose_move.h"
#include "dose_rows.h"

typedef struct PersonCorrection {
    DoseMove move;          // agreed (asserted)
    const DoseRecord *old;  // as it stands
    // What the accepted row says, as the right person's: `dose_id` new and the caller's; unused where nothing is
    // stored.
    DoseRecord fresh;
} PersonCorrection;

MUST bool person_correction_store(Store *store, const LedgerAct *act,
                                  const PersonCorrection *correction, Arena scratch, Error *err);
