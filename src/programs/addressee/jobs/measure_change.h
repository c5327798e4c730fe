// 支援措置 entered and ended by officers, beside what the register's files say.
//
// Enter   one person, at once: hiding a place never waits. Whoever has a measure already gets the new dates (延長).
//         The household is covered with it (protection.h), and every clear copy of its place is sealed.
// End     a request: another officer grants it, and no date ends anything (linkage.md 6.4, 8). It ends what bears on
//         the person, a measure or the household's; while the register's files still say 1, they begin it again.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "identity.h"
#include "measure.h"

typedef struct MeasureTyped {
    Str kind, begins_on, ends_on;  // ends_on {0}: the last day that it may have
    Str reason;
} MeasureTyped;

// Reads it, `today` the day of the office; errors name the item.
MUST bool measure_read(const MeasureTyped *typed, Day today, Measure *measure, Error *err);
// A transaction of its own. `covered`: how many of the household are covered with it.
MUST bool measure_enter(Act *act, const AddresseeNo *who, const MeasureTyped *typed, int64_t *covered, Error *err);
// Asks for its end: a transaction of its own.
MUST bool measure_ask_end(Act *act, const AddresseeNo *who, Str reason, int64_t *approval_no, Error *err);

extern const ApprovalKind measure_end_kind;
