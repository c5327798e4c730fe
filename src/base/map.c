// SPDX-License-Identifier: Apache-2.0
#include "map.h"

// A hash trie: four children a node, two bits of the hash a level. No resizing, no tombstones.
struct MapNode {
    MapNode *child[4];
    Str key;
    int64_t value;
};

const int64_t *map_find(const Map *map, Str key)
{
    const MapNode *node = map->root;
    for (uint64_t h = str_hash(key); node; h <<= 2) {
        if (str_equal(node->key, key)) return &node->value;
        node = node->child[h >> 62];
    }
    return NULL;
}

int64_t *map_place(Map *map, Arena *arena, Str key, bool *made)
{
    MapNode **at = &map->root;
    for (uint64_t h = str_hash(key); *at; h <<= 2) {
        if (str_equal((*at)->key, key)) {
            if (made) *made = false;
            return &(*at)->value;
        }
        at = &(*at)->child[h >> 62];
    }
    *at = NEW(arena, MapNode, 1);
    (*at)->key = key;
    if (made) *made = true;
    return &(*at)->value;
}
