// The commands of sesshu-schedule; see main.c for their words.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "command.h"

bool command_check(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err);
bool command_bench(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err);
bool command_cdsi(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err);
