// Numbers that are given once and never again, one sequence a name.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store.h"

typedef enum NetworkNumber {
    NUMBER_LETTER,  // a box's cursor: a letter that comes later has a higher one, whatever was taken out
    NUMBER_RELAY,
    NUMBER_CORE_RECORD,
    NUMBER_RESIDENT,
    NUMBER_LINK_ALIAS,
    NETWORK_NUMBERS
} NetworkNumber;

// Inside a writing transaction.
MUST bool network_number_next(Store *store, NetworkNumber which, int64_t *number, Error *err);
