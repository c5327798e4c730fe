// SPDX-License-Identifier: Apache-2.0
#include "person_correction.h"

#include <assert.h>

#include "claim_rows.h"

// Where that person has the dose already the claim was a second one.
static bool claims_move(Store *store, const LedgerAct *act, const PersonCorrection *c,
                        Arena scratch, Error *err)
{
    const DoseRow *old = &c->old->dose;
    if (!c->move.stores) return claims_end(store, act, &old->dose_id, 1, err);
    return claims_follow(store, act, old, &c->fresh.dose, NULL, scratch, err);
}

bool person_correction_store(Store *store, const LedgerAct *act, const PersonCorrection *c,
                             Arena scratch, Error *err)
{
    assert(act->no > 0);
    assert(c->move.refusal == MOVE_AGREED);
    DoseRecord fresh = c->fresh;
    fresh.dose.from_act = act->no;
    fresh.dose.to_act = ACT_OPEN;
    fresh.replaces = c->old->dose.dose_id;
    fresh.reason = DOSE_MOVED_REASON;
    // The claims first: they are found by the version that still stands.
    return claims_move(store, act, c, scratch, err) &&
           dose_end(store, c->old->dose.dose_id, act, err) &&
           (!c->move.stores || dose_insert(store, &fresh, err));
}
