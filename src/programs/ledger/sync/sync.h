// The daily difference into the ledger's copy: by itself (sesshu ledger sync) and before papers.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"

typedef struct SyncReport {
    int64_t taken, news, parked;  // parked: changes that could not be told
    bool full_copy;               // everything was taken anew
} SyncReport;

// Whether anybody said where the addressee program answers (SESSHU_ADDRESSEE).
bool sync_possible(void);
MUST bool sync_now(Act *act, Arena *arena, SyncReport *report, Error *err);
