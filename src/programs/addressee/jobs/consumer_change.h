// What a consumer of the register is given (提供先の項目): asked for by one officer and granted by another.
//
// Law     controls F-2-04, C-3.2-14 (a second person). Bound to the right that stands: what changed meanwhile ends the request.
// After   the consumer is told everything anew (ConsumerView): what it may have comes, and what it may have no longer it erases
//         (the ledger, unified). The word about the newest change says that its copy is behind.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "consumer_rows.h"

// A transaction of its own. E_CONFLICT: it cannot be given that, has it already, or the same is asked for.
MUST bool consumer_ask(Act *act, const Consumer *consumer, ToldItems given, Str reason, int64_t *approval_no, Error *err);

extern const ApprovalKind consumer_kind;
