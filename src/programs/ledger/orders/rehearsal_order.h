// A rehearsal that somebody asked for at a screen (rehearsal_kept.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "order.h"

Str rehearsal_order_text(Str rule_set, Day day, Arena *arena);
// The number of what an order that is done has made; 0: none.
int32_t rehearsal_order_made(const OrderRow *order);
