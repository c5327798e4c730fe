// 符号取得: what is owed for people's codes, asked of the intermediate server, handed to J-LIS, followed to its end.
//
// Law     番号法 第21条の2; linkage.md 3.1. The Individual Number goes to J-LIS alone, with the number under which the code was
//         asked for; it does not pass through the intermediate server, and the code never comes here.
// Before  four facts are compared: without all four, or while somebody must look, nothing is asked.
// Doubted where number and person do not fit together, what the intermediate server keeps of the person answers nobody: it is
//         told so before anything else, and again when somebody has looked.
// Again   each step may be repeated: both sides answer the same question as they answered it before.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "code_rows.h"
#include "relay_pass.h"
#include "unified_work_rows.h"

typedef struct CodeReport {
    int64_t asked, handed, news, looks;  // looks: what a person must look at
} CodeReport;

// Who owes it: one pass over everybody. `arena` is not the act's, here and below.
MUST bool codes_ask(Act *act, const RelayOnward *intermediate, Arena arena, CodeReport *report, Error *err);
// News that cannot be read wait by their place and are asked for again; the others go on.
MUST bool codes_follow(Act *act, const RelayOnward *intermediate, Arena arena, CodeReport *report, Error *err);
// code_handing.c
MUST bool codes_hand(Act *act, const RelayOnward *network, Arena arena, CodeReport *report, Error *err);

// Inside the writing transaction: somebody must look at this person. E105 is loud.
MUST bool code_looked_at(Act *act, int64_t person_id, WorkKind kind, Arena scratch, CodeReport *report, Error *err);
