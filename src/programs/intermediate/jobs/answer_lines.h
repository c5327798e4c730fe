// An answer's data in words: what the inquirer would see, item by item.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "approvals.h"

// {0}: no data, in one line.
MUST bool answer_lines(Str data, Arena *arena, ApprovalLines *lines, Error *err);
