// A register in memory for the tests of matching: files persons under the keys that matching.h asks for
// and looks up exactly what matching asks, round by round.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "map.h"
#include "matching.h"

typedef struct WorldLink {
    int32_t person, next;  // next link of the same key; -1 ends
} WorldLink;
VEC(WorldLinks, WorldLink, world_links);

typedef struct World {
    MatchPersonRows persons;
    WorldLinks links;
    Map keys;
} World;

extern const AddressPlaces world_places;  // 北九州市

// Texts of the person must outlive the world. Returns the person's place.
int32_t world_add(World *world, const MatchPerson *person, Arena *arena);

// Looks up as the ledger would; `rounds`, when not NULL, says how many rounds there were. The persons of
// the decision are places in the world.
MatchDecision world_match(const World *world, const MatchRow *row, int *rounds, Arena *arena);
// The same, going on to `least` where an earlier round has decided.
MatchDecision world_match_after(const World *world, const MatchRow *row, MatchRound least, int *rounds,
                                Arena *arena);
