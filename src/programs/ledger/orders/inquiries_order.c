// What was asked of other cities at a screen leaves, and what came is taken: the steps of `results`.
// SPDX-License-Identifier: Apache-2.0
#include "inquiry_asking.h"
#include "order.h"

static bool run(Act *act, Str payload, Arena *arena, OrderDone *done, Error *err)
{
    InquiriesReport report = {0};
    (void)payload;
    if (!asking_exchange(act, arena, &report, err)) return false;
    done->said = str_format(arena, "照会 %lld件を送り、知らせ %lld件を受け取りました。受け付けられなかったもの %lld件。",
                            (long long)report.sent, (long long)report.news, (long long)report.refused);
    return true;
}

extern const Door command_results;
const OrderKind order_inquiries = {"results", &command_results, run};
