// Work that a server does again and again beside its doors, in the name of whoever began to serve.
//
// Each time is an act of its own, with the program's writing turn. What came to nothing is recorded, and the next time
// comes later: the pause doubles up to BESIDE_PAUSE_MOST; the doors stay open meanwhile.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "office_server.h"

enum { BESIDE_PAUSE = 1, BESIDE_PAUSE_MOST = 60 };  // seconds

typedef struct Beside {
    const char *name;  // in the records of its acts
    bool (*once)(Act *act, const void *context, Arena *arena, Error *err);
    const void *context;
} Beside;

// office_serve, with that beside it.
MUST bool office_serve_beside(Act *act, Str address, const Beside *beside, Arena *arena, Error *err);
