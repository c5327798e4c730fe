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

// Of what would go out, as both people see it on their screens: "3F9A-77C2-0B1D-55E1". Keyed: it tells nobody else anything.
Str held_summary(const struct Act *act, const Answerable *answer, Arena *arena);

// Which answers have a request that waits for the second person.
typedef struct HeldRequest {
    int64_t provision_id, approval_no;
    Str asker;
} HeldRequest;
VEC(HeldRequests, HeldRequest, held_requests);
MUST bool held_requested(struct Act *act, Arena *arena, HeldRequests *rows, Error *err);
const HeldRequest *held_request_of(const HeldRequests *rows, int64_t provision_id);  // NULL: nobody has asked yet

extern const ApprovalKind held_kind;
