// The commands of sesshu-schedule. What is true of one stands in its own file.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "command.h"

extern const Command command_check, command_bench, command_cdsi;
