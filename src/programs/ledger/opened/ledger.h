// The immunization ledger as one act sees it: the rules in force, the products by number.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "job.h"
#include "judge.h"
#include "papers.h"

extern const OfficeProgram ledger_office;  // doors.c

typedef struct Ledger {
    Act *act;
    const Schedule *schedule;
    const EmbeddedFile *city_rules;  // the city's own rows over the country's; NULL: none
    ForeignCodes foreign;
    Products products;
    Judge judge;
    PaperSource words;
} Ledger;

// Loads the rules. Nothing to close.
MUST bool ledger_open(Act *act, Arena *arena, Ledger *ledger, Error *err);

// Gives numbers to products that the ledger has not met yet; inside the open transaction.
MUST bool ledger_products_complete(Ledger *ledger, Error *err);
