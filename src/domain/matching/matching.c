// SPDX-License-Identifier: Apache-2.0
#include "matching.h"

#include "match_levels.h"

#include <assert.h>

Str match_level_text(MatchLevel level)
{
    assert(level >= 0 && level <= MATCH_L7);
    static const Str names[] = {
        [MATCH_L1] = S("L1"), [MATCH_L1N] = S("L1n"), [MATCH_L1S] = S("L1s"),
        [MATCH_L2] = S("L2"), [MATCH_L3] = S("L3"),   [MATCH_L4] = S("L4"),
        [MATCH_L5] = S("L5"), [MATCH_L6] = S("L6"),   [MATCH_L7] = S("L7"),
    };
    return names[level];
}

MatchDecision match_decide(const MatchRow *row, const MatchCandidates *found,
                           const AddressPlaces *places, Arena *arena)
{
    assert(row && found);
    assert(found->looked > MATCH_NOWHERE);
    Case c = case_open(row, found, places, arena);
    if (found->looked == MATCH_NAMESAKES) return decide_uncontested(&c, arena);
    if (!c.numbered) return decide_without_number(&c, arena);
    if (c.numbered->birth == BIRTH_EQUAL && !c.numbered->person->withdrawn)
        return decide_number_and_birth(&c, c.numbered, arena);
    return decide_other_birth(&c, c.numbered, arena);
}
