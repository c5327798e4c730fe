// What was asked for leaves by way of unified, and what came is kept (relay_message.h).
//
// Again    an inquiry that was written and not yet taken is sent again; its number makes it one inquiry however often.
// Compared news is for the inquiry that it names, of the person about whom that was asked. Anything else is kept nowhere,
//          and logged.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "http_client.h"
#include "procedure_table.h"

MUST bool linkage_connect(const Office *office, Arena *arena, HttpClient **client, Error *err);  // SESSHU_UNIFIED

typedef struct InquiriesReport {
    int64_t sent, refused, news, answered;  // answered: with something to look at
} InquiriesReport;

// All that were not taken yet. `arena` is not the act's, here and below.
MUST bool inquiries_send(Act *act, HttpClient *unified, const Procedure *procedure, Str department, Arena arena,
                         InquiriesReport *report, Error *err);
MUST bool inquiries_take(Act *act, HttpClient *unified, Arena arena, InquiriesReport *report, Error *err);
