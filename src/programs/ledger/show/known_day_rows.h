// The business days on which something was recorded about a person: where the axis of knowledge has its stops.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store.h"

enum { KNOWN_DAYS_MOST = 8 };

// The newest first.
typedef struct KnownDays {
    Day at[KNOWN_DAYS_MOST];
    int count;
} KnownDays;
MUST bool known_days_of(Store *store, int32_t person_id, KnownDays *days, Error *err);
