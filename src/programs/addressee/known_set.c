// SPDX-License-Identifier: Apache-2.0
#include "known_set.h"

enum { FIRST_CAPACITY = 1 << 12 };

KnownSet known_set_make(Arena *arena)
{
    return (KnownSet){
        .slots = NEW(arena, uint64_t, FIRST_CAPACITY), .capacity = FIRST_CAPACITY, .arena = arena};
}

// Puts a hash into its place; true when it stood there already. 0 marks an empty slot.
static bool put(uint64_t *slots, int64_t capacity, uint64_t hash)
{
    uint64_t mask = (uint64_t)capacity - 1;
    uint64_t at = hash * UINT64_C(0x9E3779B97F4A7C15) >> 20 & mask;
    for (; slots[at]; at = (at + 1) & mask)
        if (slots[at] == hash) return true;
    slots[at] = hash;
    return false;
}

static void grow(KnownSet *set)
{
    int64_t capacity = set->capacity * 2;
    uint64_t *slots = NEW(set->arena, uint64_t, capacity);
    for (int64_t i = 0; i < set->capacity; i++)
        if (set->slots[i]) (void)put(slots, capacity, set->slots[i]);
    set->slots = slots;
    set->capacity = capacity;
}

bool known_set_seen(KnownSet *set, uint64_t hash)
{
    if (!set->slots) return true;
    if (set->count * 2 >= set->capacity) grow(set);
    if (put(set->slots, set->capacity, hash ? hash : 1)) return true;
    set->count++;
    return false;
}
