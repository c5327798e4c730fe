// What the door `audit` leads to.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"

// audit read [宛名番号] [--staff NAME] [--from D1] [--to D2]
MUST bool office_audit_read(Act *act, const CommandLine *line, Arena *arena, Error *err);
