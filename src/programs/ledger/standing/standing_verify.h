// Does what is kept agree with the people? Everybody is judged alone, without the tables of a pass, and compared
// with what is kept and believed, byte by byte.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "standing_roll.h"

enum { DIFFERING_NAMED = 20 };

typedef struct VerifyReport {
    bool speaks;                         // something is kept that may be asked for this day
    int64_t compared, stale, differing;  // people; the stale ones are judged by every reader anew
    int64_t counts_wrong;                // kinds that are not counted as their rows
    AddresseeNo who[DIFFERING_NAMED];    // the first of those that differ
} VerifyReport;

// Reads what is committed, in one picture.
MUST bool standing_verify(const Ledger *ledger, Day as_of, VerifyReport *report, Error *err);
