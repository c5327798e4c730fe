// The roster of staff, taken by two people: one reads the file and asks, another sees the difference and approves.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"

// In the list of every program's kinds of requests.
extern const ApprovalKind roster_kind;
// staff import FILE --reason R: E_FILE_LAYOUT when rows have faults, each told; else what the file would change is told and
// asked for. `changes` 0: it says what stands, nothing is asked.
MUST bool roster_ask(Act *act, Str path, Str reason, int64_t *approval_no, int64_t *changes, Error *err);
