// 副本 as they are laid down: a message of a delivery, its records, and the sweep at the end of a whole one.
//
// Law     linkage.md 5.2; C-3.6-33, C-3.6-35, C-3.6-36.
// Inside the open writing transaction of the act.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "approvals.h"
#include "copy_code_table.h"
#include "copy_record_rows.h"

// The answer's bytes; the same again for the same message.
MUST bool copies_laid(Act *act, const RelayBatch *batch, Arena *arena, Str *answer, int64_t *refused, Error *err);

// 副本の全件の反映: what a FULL did not name, more than a twentieth of all, goes when a second person says so.
extern const ApprovalKind copies_sweep_kind;
