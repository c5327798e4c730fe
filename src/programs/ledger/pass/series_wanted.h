// Which series a --vaccine option means.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "schedule.h"

// A series (DPTIPV), its name, or a product (then every series that lists it). Adds to `groups`.
// E_CODE_UNKNOWN for anything else.
MUST bool series_wanted_add(const Schedule *schedule, Str written, Arena scratch, uint64_t *groups,
                            Error *err);

uint64_t series_of_class(const Schedule *schedule, Str class);  // "A"
