// One duty of one person, given for a term or taken away, by two people: one asks, another approves.
//
// Law  controls C-3.3-08: only what the work needs, with an end, approved by somebody else.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "duty_change.h"

// In the list of every program's kinds of requests.
extern const ApprovalKind duty_kind;

// `asked`: name, duty, given, and of a given one department and term. Inside the open transaction of the act that asks.
// E_CONFLICT: it is so already, or nobody else would look after the rights.
MUST bool duty_ask(Act *act, const DutyChange *asked, Str reason, int64_t *approval_no, Error *err);
