// Which ward a --ward option means.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "store.h"

// By its code (401064), its name, or the name without the city's (小倉北区); a city without wards is its own.
// E_CODE_UNKNOWN for anything else, with all there are.
MUST bool ward_wanted(Store *store, Str written, Arena *arena, Str *code, Error *err);
