// What the look-ups of a program answer with.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "person_search.h"
#include "store.h"

// The first column of what is left of `q`, each number once; ends `q`.
MUST bool search_ids_take(Query *q, Arena *arena, SearchIds *ids, Error *err);
