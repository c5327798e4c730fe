// 提供の承認: an answer that waits for people goes out, or is refused, when a second one says so, who sees exactly what would
// go out (C-3.6-29).
//
// Bound   to the choice and to the answer's data as it stands: where a copy changes meanwhile the request lapses.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "approvals.h"
#include "answering.h"

// E_NOT_FOUND, E_CONFLICT: nothing of that number waits.
MUST bool held_ask(struct Act *act, int64_t provision_id, ProvisionChoice choice, Str reason, int64_t *approval_no,
                   Error *err);

extern const ApprovalKind held_kind;
