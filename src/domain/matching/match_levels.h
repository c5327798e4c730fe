// The decisions of the levels, and what comes out of them. Internal to matching.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "match_evidence.h"

MatchDecision look_further(void);
MatchDecision linked(const Case *c, const Witness *w, MatchLevel level, MatchNote note,
                     Arena *arena);
MatchDecision reviewed(const Case *c, MatchLevel level, MatchNote note, Arena *arena);
MatchDecision refused(MatchCode code, MatchLevel level);

bool fits_exactly(const Witness *w);  // birth and name of one person, whatever the number says
bool fits_nearly(const Witness *w);   // birth and a name with slips
bool is_similar(const Witness *w);    // two of birth, name, address, or nearly
bool is_member_of_that_birth(const Case *c,
                             const Witness *w);  // of the household that the number names

// How many beside the one whom the number names.
int32_t witnesses_that(const Case *c, bool (*holds)(const Witness *));

MatchDecision decide_uncontested(const Case *c, Arena *arena);  // L1, or look further
MatchDecision decide_number_and_birth(const Case *c, const Witness *w,
                                      Arena *arena);  // L1 L1n L1s L3 L6
MatchDecision decide_other_birth(const Case *c, const Witness *w, Arena *arena);  // L4 L6
MatchDecision decide_without_number(const Case *c, Arena *arena);                 // L2 L5 L6 L7
