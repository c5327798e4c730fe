// 個人番号 of a non-resident, of whom no file of the register brings one: read off the paper by two people.
//
// Law     番号法 第16条 (the number is checked by a paper), 第19条; controls C-3.2-11 (check digit and document), C-3.2-14.
// Twice   the request keeps no number: its keyed index, by which what the second person types is known to be the same. Only
//         the transaction that grants seals it, into the one table where numbers are (number_rows.h), and unified hears of it by
//         /numbers.
// Taken   a number that somebody else here has is refused: it is one human being under two numbers, or a wrong paper.
// Screens have no box for it: 統合宛名 has the only one (decision 0227).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "identity.h"
#include "individual_no.h"

typedef struct NumberProof {
    Str document, checked_on;  // of number_documents; both must
    Str reason;
} NumberProof;

// Asks for it: a transaction of its own.
MUST bool number_entry_ask(Act *act, const AddresseeNo *who, const IndividualNo *number, const NumberProof *proof,
                           int64_t *approval_no, Error *err);
// Grants it, with the number that this second person has read: a transaction of its own. Another number is E_CONFLICT, and
// the request goes on waiting.
MUST bool number_entry_grant(Act *act, int64_t approval_no, const IndividualNo *number, Error *err);

extern const ApprovalKind number_entry_kind;
