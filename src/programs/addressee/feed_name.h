// The name of a feed file says which city made it, what it is, and which one it is:
//     JUKI_401005_DIF_20261103050000_017.csv
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "day.h"
#include "errors.h"
#include "office_code.h"

enum { FEED_SEQUENCE_LAST = 999 };  // then 001 again

typedef struct FeedName {
    Str name;  // without its folder; points into the path
    MunicipalityCode municipality;
    bool full_copy;  // ALL, not DIF
    Day made_on;
    int sequence;  // 1 to FEED_SEQUENCE_LAST
} FeedName;

// E_FILE_NAME for every other name.
MUST bool feed_name_read(Str path, FeedName *name, Error *err);

// The number that must come after `sequence`.
int feed_sequence_after(int sequence);
