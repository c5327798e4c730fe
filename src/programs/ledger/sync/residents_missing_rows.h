// Who lives here and is not told of.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "map.h"
#include "store.h"

// `told` holds numbers of people. `*residents`: how many live here by the ledger; `*missing`: of these, not in it.
MUST bool residents_missing(Store *store, const Map *told, int64_t *residents, int64_t *missing,
                            Error *err);
