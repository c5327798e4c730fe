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

// Inside a writing transaction: the next one, `least` or more. Numbers of letters and records are cursors of others: their
// `least` is the moment of the act, so that they lie above all that were ever given, also by a network that was put back
// from an older copy.
MUST bool network_number_next(Store *store, NetworkNumber which, int64_t least, int64_t *number, Error *err);
