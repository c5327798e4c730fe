// 「項目: 値」 a line on standard input: who somebody is and where post goes. What stands in a command line is seen by
// everybody on the machine and kept in the trail.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "arena.h"
#include "errors.h"
#include "str.h"

// Takes one into `typed`; false: there is no such item. The value lives as long as the arena; numbers that may be
// Individual ones are masked in it.
typedef bool TypedItemTake(Str item, Str value, void *typed);

// All lines; empty ones say nothing. `names`: which items there are, for the refusal. E_USAGE, E_LENGTH.
MUST bool typed_items_read(TypedItemTake *take, void *typed, Str names, Arena *arena, Error *err);
