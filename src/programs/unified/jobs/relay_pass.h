// What the ledger asks of other cities, passed on to the intermediate server and back (relay_message.h).
//
// Law     C-3.6-01, C-3.6-05; linkage.md 3.2 step 2: who is meant is exchanged, and nothing else is altered: head and
//         payload pass byte for byte.
// Refused a row whose person has no unified number yet comes back with E106, one about whom two records clash with E105;
//         the others go on. Where a batch has a head, whose count and digest are of all its rows, such a row goes on with
//         nobody's number, and the intermediate server refuses it (B6).
// Record  how many passed stands in the trail before anything is passed on.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "relay_message.h"

// One hop of one question. Tests pass something else than the intermediate server.
typedef struct RelayOnward {
    void *context;
    bool (*ask)(void *context, const char *path, Str question, Arena *arena, Str *answer, Error *err);
} RelayOnward;

MUST bool relay_batch(Act *act, const RelayOnward *onward, const char *path, Str question, Arena *arena, Str *answer,
                      Error *err);
MUST bool relay_feed(Act *act, const RelayOnward *onward, const char *path, Str question, Arena *arena, Str *answer,
                     Error *err);
