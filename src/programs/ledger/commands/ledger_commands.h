// The commands of the ledger, one file each.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "command.h"

typedef bool LedgerCommand(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err);

LedgerCommand command_clinics, command_intake, command_show, command_due, command_changes,
    command_facts, command_foreign, command_notices, command_rehearse, command_sync, command_work;
