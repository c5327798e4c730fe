// A difference of two days that somebody asked for at a screen: it is made and kept (changes_kept.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "order.h"

Str changes_order_text(Day from, Day to, Arena *arena);  // from < to
