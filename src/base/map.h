// A map from text to a small integer (usually an index into an array), in an arena.
//
// Memory  keys are not copied: they must live as long as the map. Nothing is removed.
// Order   none is promised; walk the array that the numbers point into.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

typedef struct MapNode MapNode;

typedef struct Map {  // zero is an empty one
    MapNode *root;
} Map;

// The number kept for `key`, or NULL.
const int64_t *map_find(const Map *map, Str key);
// The place kept for `key`, made with 0 when it was not there (`*made` then true; may be NULL).
int64_t *map_place(Map *map, Arena *arena, Str key, bool *made);
