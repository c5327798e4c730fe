// How long a look and a change take while files come in: a door of ledger_bench.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger.h"

enum { LOOKS_SECONDS_MOST = 3600 };

typedef struct LooksAsked {
    const Str *files;
    ptrdiff_t count;
    int seconds;  // how long the schedule lasts at least, up to LOOKS_SECONDS_MOST (asserted); 0: until the files are in
} LooksAsked;

// LOOKERS people look at a person each second, on a schedule that does not wait for answers, and every ten seconds each
// enters a dose (which a second person would approve), from the moment at which the first of the files is opened.
// Prints look.p50, look.p99, look.max and the same of changes in milliseconds from the moment that was scheduled, beside the
// median of a bare durable commit (one page, fdatasync) of the same run, over the whole schedule, and as `.beside` of
// those alone that began before the last file was in; how many they were, how many of the changes were told to come
// again (E_BUSY), and for how long the files held the writing turn at most.
MUST bool looks_bench(Ledger *ledger, const LooksAsked *asked, Error *err);
