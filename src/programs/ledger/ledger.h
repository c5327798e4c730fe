// The immunization ledger, opened: its office, the rules in force, the products by number.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "job.h"
#include "judge.h"

extern const OfficeProgram ledger_office;  // rights.c

typedef struct Ledger {
    Office office;
    const Schedule *schedule;
    ForeignCodes foreign;
    Products products;
    Judge judge;
} Ledger;

// Opens the office for this command and loads the rules. Close in every case.
MUST bool ledger_open(const CommandLine *line, Arena *arena, Ledger *ledger, Error *err);
void ledger_close(Ledger *ledger);

// Gives numbers to products that the ledger has not met yet; inside the open transaction.
MUST bool ledger_products_complete(Ledger *ledger, Error *err);
