// Letters asked for at a screen: who gets them, as one text of an order.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "notice_batch.h"

typedef struct NoticeOrder {
    NoticesWay way;
    Str series;              // of a batch: its id; {0}: all of the A class
    Str ward;                // its code; {0}: any
    int64_t within;          // days to the last safe date at most; -1: any
    Str batch, reason;       // of a reprint
    Str who;                 // whose, of a reprint: a 宛名番号; {0}: everybody's
} NoticeOrder;

Str notice_order_text(const NoticeOrder *order, Arena *arena);
