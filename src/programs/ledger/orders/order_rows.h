// Rows of long work that was asked for at a screen (order.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "clock.h"
#include "store.h"
#include "vec.h"

typedef enum OrderState { ORDER_ASKED = 1, ORDER_AT_WORK, ORDER_DONE, ORDER_FAILED } OrderState;

typedef struct OrderRow {
    int32_t order_no;
    OrderState state;
    Str kind, words, asked_by, ticket, said, made;
    Instant asked_at, ended_at;  // ended_at 0: not yet
} OrderRow;
VEC(OrderRows, OrderRow, order_rows);

MUST bool order_next_no(Store *store, int32_t *order_no, Error *err);
MUST bool order_insert(Store *store, const OrderRow *row, Error *err);
MUST bool order_find(Store *store, int32_t order_no, Arena *arena, OrderRow *row, bool *found, Error *err);
// The newest first. `kind` {0}: of every kind.
MUST bool orders_read(Store *store, Str kind, int most, Arena *arena, OrderRows *rows, Error *err);
// From ORDER_ASKED to ORDER_AT_WORK. `taken` false: it was not waiting any more.
MUST bool order_take(Store *store, int32_t order_no, bool *taken, Error *err);
MUST bool order_end(Store *store, const OrderRow *row, Error *err);
// Those that were asked for before `before`, and have ended.
MUST bool orders_before(Store *store, Instant before, Arena *arena, OrderRows *rows, Error *err);
MUST bool order_forget(Store *store, int32_t order_no, Error *err);
