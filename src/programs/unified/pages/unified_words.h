// What the screens call a person's place and code, and what there is to do.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "code_hold.h"
#include "unified_work_rows.h"

Str unified_place(bool hidden, Str address);  // of a protected person it says nothing
Str unified_code_words(CodeState state);
Str unified_failure_words(CodeFailure failure);  // {0}: none
Str unified_work_words(WorkKind kind);           // what there is to do, for whoever sits at a screen
