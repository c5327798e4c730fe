// The commands of sesshu-addressee, one file each.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "command.h"

bool command_import(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err);
bool command_approve(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err);
bool command_serve(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err);
