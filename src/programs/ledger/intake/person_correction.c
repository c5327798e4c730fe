// SPDX-License-Identifier: Apache-2.0
#include "person_correction.h"

#include <assert.h>

#include "claims.h"

// The claim asks for the same money for the same dose, of another person; where that person has the dose already it
// was a second one.
static bool claims_move(Store *store, const LedgerAct *act, const PersonCorrection *c,
                        Arena scratch, Error *err)
{
    ClaimStandings claims;
    const DoseRow *old = &c->old->dose;
    if (!c->move.stores) return claims_end(store, act, old->dose_id, err);
    if (!claims_of_person(store, old->person_id, &scratch, &claims, err)) return false;
    VEC_EACH (const ClaimStanding, standing, claims) {
        ClaimRow next = standing->claim;
        if (next.dose_id != old->dose_id) continue;
        next.dose_id = c->fresh.dose.dose_id;
        next.person_id = c->fresh.dose.person_id;
        if (!claim_turn(store, act, &standing->claim, next, err)) return false;
    }
    return true;
}

bool person_correction_store(Store *store, const LedgerAct *act, const PersonCorrection *c,
                             Arena scratch, Error *err)
{
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
