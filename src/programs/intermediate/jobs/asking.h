// 情報照会 as this server drives it: an event loads what is committed, takes a step of inquiry.h, and stores state and what it
// owes together. What is owed is sent by network_exchange.h.
//
// Law     番号法 第21条, 第23条; C-3.6-05, C-3.6-06: looked up in our own copy of the list before anything leaves.
// Inside the open writing transaction of the act.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "asking_rows.h"
#include "linkage_home.h"
#include "relay_payload.h"

// Begins it, or finds it begun already: the same wish again is one inquiry. `no` {0}: it was taken; else "E101", "E201" ….
MUST bool asking_begin(const LinkageHome *home, const UnifiedNo *person, const InquiryWish *wish, Arena *arena, Str *no,
                       Error *err);
MUST bool asking_cancel(const LinkageHome *home, const UnifiedNo *person, const InquiryNo *inquiry, Arena *arena, Str *no,
                        Error *err);
// Letters of the network. What cannot be read, or concerns nothing here, changes nothing.
MUST bool asking_permit_came(const LinkageHome *home, Str letter, Arena *arena, Error *err);
MUST bool asking_reply_came(const LinkageHome *home, Str letter, Arena *arena, Error *err);
MUST bool asking_woken(const LinkageHome *home, InquiryRow *row, Arena *arena, Error *err);

enum { ASKING_OWED = INQUIRY_ASK_CORE | INQUIRY_ASK_PROVIDER };
