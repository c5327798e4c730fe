// A request as the pages of the box show it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "approval_rows.h"
#include "office_routes.h"

typedef struct RequestShown {
    const ApprovalKind *kind;  // NULL: this version has none of it
    Str kind_words;            // "接種記録の訂正"
    Str subject;               // masked as of today
    Str asked_at;
    Str until;    // how long somebody may still decide
    bool own;     // of the person of this visit
    ApprovalNo no;  // what granting it would meet
} RequestShown;

MUST bool request_shown(Visit *visit, const ApprovalRow *row, RequestShown *shown, Error *err);
// The number in the path of the visit. E_NOT_FOUND.
MUST bool request_asked(Visit *visit, ApprovalRow *row, Error *err);
Str request_number(const Visit *visit, const ApprovalRow *row);
