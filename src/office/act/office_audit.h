// What the door `audit` leads to.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"

// audit read [宛名番号|証跡番号] [--staff NAME] [--from D1] [--to D2]. One record is proven: one that is not what was
// written turns `status` to EXIT_ATTENTION.
MUST bool office_audit_read(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err);
// The record of a number as lists show it, "ledger-73", read alone and proven; `ours` false: it is no number of this
// program's records.
MUST bool office_record(Act *act, Str shown, Arena *arena, bool *ours, AuditFound *found, Error *err);
// audit verify [FILE...]: compares these lists, and those under DIR/errors, with the records that they name, and
// says what it found. `*all`: each is as it left.
MUST bool office_audit_lists(Act *act, const Str *files, ptrdiff_t count, bool *all, Error *err);
