// A row under review is settled by a person.
//
// Accepted  it is judged and stored by the intake's own steps, as if it had named that person for certain, with
//           its claim. Only a candidate of the row may be named: anybody else needs a second person.
// Returned  nothing is stored; the row waits for the clinic like every returned row.
// Turn      decided from a picture; the turn writes it, or decides it anew where others were at work.
// Either    the row's first outcome stays, the decision is a row of its own, in one transaction with its audit
//           leaf.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger.h"
#include "review_rows.h"

typedef struct ResolveTyped {
    ReviewAsked row;
    Str person;   // accept: 宛名番号
    Str code;     // return: "V132"
    Str vaccine;  // accept, of a row whose product nobody knew; {0}: not said
    // Accept, of a correction in doubt: the record of this person that it corrects, the record of somebody else that is
    // this person's, or that it is a dose of its own. At most one; no dose leaves its person but by `moves`.
    Str record, moves;  // {0}: not said
    bool apart;
    bool beyond;  // `person` may be nobody's candidate: two people say so (review_other.h)
    Str reason;
    bool at_screen;  // what is refused is told in words of the screen, not of the command
} ResolveTyped;

// Exactly one of `person` and `code`. E_MISSING, E_NOT_FOUND, E_CODE_UNKNOWN; E_CONFLICT: it was decided already,
// or cannot be stored for this person.
// What it would meet, and then: nothing is written. The same inside an open transaction, which the caller commits.
MUST bool resolve_row_try(Ledger *ledger, const ResolveTyped *typed, Error *err);
MUST bool resolve_row_in_turn(Ledger *ledger, const ResolveTyped *typed, ReviewDecision *decision, Error *err);
MUST bool resolve_row(Ledger *ledger, const ResolveTyped *typed, ReviewDecision *decision, Error *err);
