// What the pages of a stack must show, taken from the snapshots alone: the self-check compares a file with this and
// knows nothing else. Inside the print folder only.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "papers_run.h"
#include "stack_text.h"

StackExpected stack_expected(const Papers *papers, Arena *arena);
