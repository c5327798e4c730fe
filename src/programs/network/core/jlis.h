// J-LIS and the core together: whose code is wanted, and the code into the box of the organisation (linkage.md 3.1).
//
// Law     番号法 第21条の2. The Individual Number comes from unified and goes no further; the code goes to the intermediate
//         server under the acquisition number alone, which neither of them can make up.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "core_keys.h"
#include "jlis_rows.h"
#include "network_message.h"

// One wish of `whose`, inside the act's transaction. The same wish again has the same outcome and no second letter of
// its own; another wish with its acquisition number has E101.
MUST bool code_wish_answered(Act *act, const CoreKeys *keys, const OrganisationCode *whose, const CodeWish *wish,
                             Arena scratch, CodeOutcome *outcome, Error *err);

// Who a record code means to the core: its link, or the one that its first code gave.
MUST bool person_meant(Act *act, const CoreKeys *keys, const ResidentRecordCode *code, Arena scratch, PersonLink *link,
                       Error *err);

typedef enum ResidentTaken { RESIDENT_ADDED, RESIDENT_CHANGED, RESIDENT_SAME } ResidentTaken;

// A resident as J-LIS tells of one.
typedef struct ResidentTold {
    IndividualNo number;
    ResidentRecordCode record, before;  // `before`: the code that `record` took the place of; zeroed: none
    ResidentFacts facts;
    bool deleted;
} ResidentTold;

void resident_told_wipe(ResidentTold *told);
// E_CONFLICT: the number or the record code is somebody else's. Inside the act's transaction.
MUST bool resident_taken(Act *act, const CoreKeys *keys, const ResidentTold *told, Arena scratch, ResidentTaken *taken,
                         Error *err);
