// Names and addresses as intake looks them up: folded, of every version that stands, so that a person is found under
// a name he or she once had.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "matching.h"
#include "resident_plan.h"

typedef struct ResidentMatch {
    int32_t match_id, person_id;
    MatchVersion version;
} ResidentMatch;
VEC(ResidentMatches, ResidentMatch, resident_matches);

typedef struct ResidentName {
    Str key;
    int32_t person_id;
} ResidentName;
VEC(ResidentNames, ResidentName, resident_names);

typedef struct ResidentKeyRows {
    ResidentIds known;  // whose keys are made anew
    ResidentMatches matches;
    ResidentNames names;
} ResidentKeyRows;

// The keys of everybody whom a change of the page touched.
void resident_keys(const ResidentRefs *residents, Arena *arena, ResidentKeyRows *keys);
