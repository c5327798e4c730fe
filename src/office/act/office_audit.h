// What the door `audit` leads to.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"

// audit read [宛名番号] [--staff NAME] [--from D1] [--to D2]
MUST bool office_audit_read(Act *act, const CommandLine *line, Arena *arena, Error *err);
// audit verify [FILE...]: compares these lists, and those under DIR/errors, with the records that they name, and
// says what it found. `*all`: each is as it left.
MUST bool office_audit_lists(Act *act, const Str *files, ptrdiff_t count, bool *all, Error *err);
