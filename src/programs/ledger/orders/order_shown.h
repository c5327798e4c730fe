// How far an order is, for a page that asks for itself again until it is over (order.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "order.h"

typedef struct OrderShown {
    bool waits;  // its process has not begun yet
    bool works;  // `way` says how far it is
    bool died;   // it has not ended, and nobody is at it
    JobWay way;
} OrderShown;

// The order of this kind whose number an address says. `none`: the words of E_NOT_FOUND.
MUST bool order_asked(const Act *act, const OrderKind *kind, Str number, Str none, Arena *arena, OrderRow *row, Error *err);

MUST bool order_shown(const Act *act, const OrderRow *row, OrderShown *shown, Error *err);
