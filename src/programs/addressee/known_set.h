// Has this been seen? A set of hashes that may say "perhaps" and never wrongly "no".
//
// A full copy asks for every row whether its person and its number are known; nearly always nobody is.
// "No" saves the question to the database; "perhaps" asks it.
// Memory  16 to 32 bytes per member, in the arena it was made in.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"

typedef struct KnownSet {  // zero: no set at all; then everything is "perhaps"
    uint64_t *slots;
    int64_t capacity, count;
    Arena *arena;
} KnownSet;

KnownSet known_set_make(Arena *arena);
// False: certainly not seen before. Remembers it either way.
bool known_set_seen(KnownSet *set, uint64_t hash);
