// A held file waits for a second person: the request, and what it is bound to.
//
// Bound   to the bytes of the file (their keyed index), to what the guard saw, to who imported it, and to the
//         state of the register: another file applied meanwhile, or a row of the file's own changed by
//         other hands, and the request lapses (decision 0055).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "approvals.h"
#include "feed_files.h"

// The request as an auditor reads it, the same for the same file.
Bytes feed_approval_payload(const FeedFile *file, Arena *arena);

// For ApprovalKind.content: what stands of the file, and of what was applied last.
MUST bool feed_approval_content(struct Act *act, Bytes payload, Arena *arena, Sha256 *content, Error *err);

// Asks, inside the transaction that keeps the file as held.
MUST bool feed_approval_ask(struct Act *act, const ApprovalKind *kind, const FeedFile *file, Error *err);
// The request for the file that is open; 0: none is.
MUST bool feed_approval_find(struct Act *act, const ApprovalKind *kind, const FeedFile *file, int64_t *approval_no,
                             Error *err);
