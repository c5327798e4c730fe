// A canary: an invented citizen whom another organisation keeps in its copies, read from here each day as anybody would be read.
//
// Law     linkage.md 5.2 (副本 equal 業務情報); F10 of its table of failures: copies that no inquirer could see for a year, because
//         nobody had looked from the far side.
// Pure    what was read, and when, are facts that the caller brings.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "exchange.h"

#define CANARY_PATIENCE (2 * INSTANT_DAY)  // without a reading

typedef struct CanarySight {
    Instant now;
    Instant since;         // watched since
    Instant read_at;       // of the last reading that brought data; 0: none did
    LinkageResult result;  // of the last reading that ended; none: none has
    Day as_of;             // of the copy that was read
    int days;              // as old as it may be
} CanarySight;

typedef enum CanaryNo {
    CANARY_SINGS,
    CANARY_ABSENT,  // whoever asks is not given the data
    CANARY_UNREAD,  // nobody has read them for too long: nothing says that anybody could
    CANARY_OLD,     // the copy is older than its bound
} CanaryNo;

CanaryNo canary_objection(const CanarySight *sight);
