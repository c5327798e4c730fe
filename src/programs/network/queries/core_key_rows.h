// The keys of the core, sealed by the program's ring.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sealed_column.h"

typedef enum CoreKey { CORE_KEY_LINK = 1, CORE_KEY_MASTER, CORE_KEY_SIGN, CORE_KEY_LAST = CORE_KEY_SIGN } CoreKey;

// Inside a writing transaction.
MUST bool core_key_add(Store *store, Keys *keys, CoreKey which, const Secret *key, Arena scratch, Error *err);
MUST bool core_key_there(Store *store, CoreKey which, bool *there, Error *err);
// E_KEY where it is missing: an office whose founding was broken off.
MUST bool core_key_open(Store *store, Keys *keys, CoreKey which, Arena scratch, Secret *key, Error *err);

extern const SealedColumn core_key_sealed;
