// A row under review is somebody's who is none of its candidates: one clerk says so, and a second one decides.
//
// Bound   to the row as it waits and to the last act on that person: decided, sent again or changed by others, the
//         request lapses (decision 0146). Until then the row is nobody's next one (review_question_rows.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "resolve.h"

extern const ApprovalKind review_other_kind;

// Asks, in a transaction of its own with its record. `typed->beyond` is set. Errors as of resolve_row, which it tries.
MUST bool review_other_ask(Ledger *ledger, const ResolveTyped *typed, int64_t *approval_no, Error *err);
// Rows whose request is over without having been carried out are anybody's next ones again.
MUST bool review_requests_settle(Act *act, Error *err);
