// How old the ledger's copy of the residents is, asked by every outlet before it says anything of anybody.
//
// A copy that is behind does not know of a protection, a death or a move that the register has told. So what
// leaves the office is refused behind a feed that is known, and papers take the difference first. What helps
// one person at once (a look, a submission) goes on and says so loudly.
// Known    by the word that the addressee program leaves beside the data (newest_change.h). Where it has its keys
//          there and left no word, somebody took the word away: the copy counts as behind. Where the two do not
//          share a data directory nothing is known, and only the age speaks.
// Age      days of business between the last sync and this act. A warning from COPY_DAYS_WARNED on; refused
//          beyond `copy_days` of city.json where the city has set it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"

enum { COPY_DAYS_WARNED = 7 };

typedef enum CopyUse {
    COPY_LEAVES,  // lists and papers: E_STALE
    COPY_HELPS,   // looks and submissions: said on standard error
} CopyUse;

MUST bool copy_asked(Act *act, CopyUse use, Arena scratch, Error *err);
// The same as COPY_LEAVES, of a list or letters of the whole city: of a ledger that knows nobody it says so, and what is
// missing, for an empty list would pass for the truth.
MUST bool copy_asked_of_city(Act *act, Arena scratch, Error *err);

// The register is known to have changes that the copy lacks.
MUST bool copy_behind(Act *act, Arena scratch, bool *behind, Error *err);
