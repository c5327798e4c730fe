// Our records of provision beside those of the core (linkage.md 3.3): what one has and the other has not, or says otherwise.
//
// Ended   of an inquiry that is still under way nothing is compared.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "command.h"

typedef struct Reconciled {
    int64_t own, core;  // how many were compared
    StrRows differing;  // one in words each
} Reconciled;

// What differs becomes an incident too.
MUST bool records_reconciled(Act *act, Str network, Arena *arena, Reconciled *found, Error *err);
