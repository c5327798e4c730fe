// All that one answer brings into the ledger, as one request: two people see each dose, and what enters is what they saw.
//
// Law     C-3.2-12, C-3.2-14 (second person); C-3.6-24.
// Bound   to the inquiry, to every dose of it, and to the person's doses as they stand: where one of them changes meanwhile the
//         request lapses as a whole, and is asked for anew.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "approvals.h"
#include "dose_change.h"

typedef struct AnswerEntries {
    int64_t inquiry_id;
    AddresseeNo who;
    Str reason;
    DoseChanges doses;  // entries, one at least
} AnswerEntries;

extern const ApprovalKind answer_enter_kind;

// Inside the writing transaction, with its record. `asked` false: the same waits already.
MUST bool answer_approval_ask(Ledger *ledger, const AnswerEntries *entries, const PersonRow *person, bool *asked, Error *err);
