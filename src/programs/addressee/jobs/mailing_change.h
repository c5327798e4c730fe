// 送付先: entered and ended by hand, as requests that another officer grants.
//
// Law     controls F-2-03, C-3.2-14 (a second person). Bound to the person as he or she stands and to the addresses that stand: what
//         changed meanwhile ends the request.
// Hidden  of a protected person the address is entered and kept, is shown to nobody, and is not told to the ledger.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "mailing_address_rows.h"

typedef enum MailingChangeKind { MAILING_ADD, MAILING_END, MAILING_CHANGES } MailingChangeKind;

typedef struct MailingTyped {
    Str purpose, begins_on, ends_on;  // begins_on {0}: the business day
    Str postal_code, address, building;
    Str reason;
} MailingTyped;

// Asks for it: a transaction of its own. Errors name the item.
MUST bool mailing_ask(Act *act, const AddresseeNo *who, const MailingTyped *typed, int64_t *approval_no, Error *err);
// E_NOT_FOUND where this person has no such address that stands.
MUST bool mailing_ask_end(Act *act, const AddresseeNo *who, int64_t mailing_no, Str reason, int64_t *approval_no, Error *err);

extern const ApprovalKind mailing_kinds[MAILING_CHANGES];
