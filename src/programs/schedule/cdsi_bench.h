// How many of CDC's cases one core answers in a second.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "command.h"

// Whole patients, all groups, cases in memory. Prints bytes a case, a checksum over all answers, and
// as the last line "N cases/s".
MUST bool cdsi_bench(const CommandLine *line, Arena *arena, Error *err);
