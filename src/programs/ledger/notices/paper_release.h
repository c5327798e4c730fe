// The papers of a batch that leave a screen: alone for a few people, for many by two of the office.
//
// Many    more people than `release-alone` (office/staff/numbers.h). Somebody else looks at the batch and approves it; whoever
//         asked takes its files on that day, each under a record of its own, while they are the files that were approved.
// Bound   to the batch's number and the digest of every file of it: one that is lost, changed or called back makes the
//         request lapse and the release end.
// Law     controls C-3.2-14 (what leaves is looked at by two), C-3.3-15 (many people's data leave with an approval).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "approvals.h"
#include "notice_batch_rows.h"

struct Act;

// In the ledger's list of kinds of requests.
extern const ApprovalKind paper_release_kind;

typedef enum PaperRelease { RELEASE_FREE, RELEASE_UNASKED, RELEASE_WAITS, RELEASE_GRANTED } PaperRelease;

// How it stands for whoever acts. RELEASE_FREE: it needs nobody else.
MUST bool paper_release_state(struct Act *act, const BatchRow *batch, PaperRelease *state, Error *err);
// In a transaction of its own, with its record.
MUST bool paper_release_ask(struct Act *act, const BatchRow *batch, Str reason, int64_t *approval_no, Error *err);
