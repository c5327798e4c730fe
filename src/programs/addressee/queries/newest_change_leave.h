// Leaves word of the newest change (newest_change.h) beside the data, under the ledger's epoch (consumer_rows.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"

// As the open transaction sees it, which must be a writing one: two words never overtake each other.
MUST bool newest_change_leave(const Act *act, Arena scratch, Error *err);
