// In which ward somebody lives, as it stands.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store.h"

enum { WARD_CODE_SIZE = 7 };

typedef struct PersonWard {
    char code[WARD_CODE_SIZE];  // "401064"; "": not known
} PersonWard;

MUST bool person_ward_read(Store *store, int32_t person_id, PersonWard *ward, Error *err);
