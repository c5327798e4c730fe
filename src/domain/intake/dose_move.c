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
    // What stood for the right person once, and was taken away, is no dose that he or she has.
    bool has_it = same.sameness == SAME_DUPLICATE && !same.ended;
    return (DoseMove){.stores = !has_it, .same_as = has_it ? same.ref : 0};
}
