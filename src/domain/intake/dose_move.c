// SPDX-License-Identifier: Apache-2.0
#include "dose_move.h"

DoseMove dose_move(const DoseMoveAsked *asked)
{
    if (!asked->stands) return (DoseMove){.refusal = MOVE_GONE};
    if (asked->from_person == asked->to_person) return (DoseMove){.refusal = MOVE_NOBODY};
    // A person has said whose it is: of the right person's doses it is one more report, no correction.
    KnownDose sent = *asked->sent;
    sent.corrects = false;
    SamenessVerdict same = dose_sameness(&sent, asked->known, asked->known_count);
    if (same.sameness == SAME_DOUBT)
        return (DoseMove){.refusal = MOVE_DOUBTFUL, .doubt = same.doubt};
    return (DoseMove){.stores = same.sameness == SAME_NONE, .same_as = same.ref};
}
