// Digests without a key, as older versions kept them of files that may hold Individual Numbers: whoever has
// the database could try numbers out on them. They are replaced by keyed ones, all at once.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "seal.h"
#include "store.h"

typedef struct BareDigests {
    const char *next;  // number and hexadecimal digest of a row that still has a bare one
    const char *set;   // row $1 gets the keyed one, $2
} BareDigests;

// A transaction of its own; nothing to do: none.
MUST bool bare_digests_key(Store *store, const Keys *keys, const BareDigests *of, Arena scratch,
                           Error *err);
