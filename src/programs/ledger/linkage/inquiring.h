// What was asked for leaves by way of unified, and what came is kept (relay_message.h).
//
// Again    an inquiry that was written and not yet taken is sent again; its number makes it one inquiry however often.
// Compared news is for the inquiry that it names, of the person about whom that was asked, by whichever of the person's numbers.
//          Anything else is kept nowhere: the inquiry says that its news wait, which are asked for again each time, until unified
//          knows the two numbers as one person's or somebody settles the inquiry.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "http_client.h"
#include "procedure_table.h"
#include "relay_message.h"

bool linkage_placed(void);  // is it said where unified is (SESSHU_UNIFIED)?
MUST bool linkage_connect(const Office *office, Arena *arena, HttpClient **client, Error *err);  // SESSHU_UNIFIED

typedef struct InquiriesReport {
    int64_t sent, refused, news, answered;  // answered: with something to look at
    int64_t astray;                         // news that name another person than was asked about
    int64_t unread;                         // that cannot be read: they wait by their place, the others go on
} InquiriesReport;

// All that were not taken yet. `arena` is not the act's, here and below.
MUST bool inquiries_send(Act *act, HttpClient *unified, const Procedure *procedure, Str department, Arena arena,
                         InquiriesReport *report, Error *err);
// One row of the feed; inside the writing transaction.
MUST bool inquiry_news_take(Store *store, const RelayFeedRow *row, Instant now, Arena *arena, InquiriesReport *report, Error *err);
MUST bool inquiries_take(Act *act, HttpClient *unified, Arena arena, InquiriesReport *report, Error *err);
