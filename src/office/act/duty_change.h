// A duty of somebody, given or taken away with the record of it: by a command, by a roster, by two people at a screen.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"

// Inside the act's open transaction. Fills the change's account and number of its record.
MUST bool duty_change(Act *act, DutyChange *change, DutyChanged *changed, Error *err);
// The record of a login that was bound.
AuditLeaf account_leaf(const Act *act, Str name, int64_t account);
