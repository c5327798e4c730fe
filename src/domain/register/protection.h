// 支援措置 by household: who is protected together with somebody who has a measure, and until when.
//
//     a member gets a measure, a member comes in, a child is born -> the others are protected too
//     the household is no longer one with a measure (it split, who has the measure moved out) -> who still lives at
//         a place that is protected stays covered until an officer ends that; who moved elsewhere is not covered
//     a child is born, or somebody comes, to those who stay covered so -> covered too, from the first row: their place
//         is the hidden one
//     an officer ends the measure -> who was protected with it is not
//
// Law     住民基本台帳事務処理要領 第5-10: a measure covers the applicant and those of the same household
//         (併せて支援を求める者). The abusing parent may ask for the child, so the household counts, the other
//         spouse included who still belongs to it: his address is hers.
// Ends    Never by itself: no date, no silence of the feed, no death and no missing line of a full copy ends
//         anything, and the feed's 0 only asks an officer. What ends is told as a change of its own, so
//         that it has a day, a number and a line in the trail.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "register_step.h"
#include "vec.h"

VEC(PersonStates, PersonState, person_states);

// Somebody with a measure protects the others while this holds: who moved out of the city is no longer of
// the household.
bool protects_household(int32_t protection, int32_t status);

// What bears on a person on whom `now` bore, given whether anybody else protects the household.
Protection protection_with_household(Protection now, bool household_protected);

// That as a step: one new version, or UNCHANGED. `history` must have a version that stands (asserted).
RegisterStep register_household(const RegisterVersionRows *history, bool household_protected,
                                Day known_on, Arena *arena);

// Whether somebody is surely nowhere that this household's protection hid: not where he or she was covered, and not
// where anybody is who has a measure (`hidden`). A place that cannot be compared may be the same.
bool register_moved_away(const RegisterVersionRows *history, const PersonStates *hidden, Arena *arena);

// Whether somebody of a household in which others stay covered may live at a place that is hidden (`hidden`: theirs
// and those with a measure). Not who was uncovered right there by an officer and has not moved since.
bool register_came_to_hidden(const RegisterVersionRows *history, const PersonStates *hidden, Arena *arena);

// An officer says that the person has a measure. UNCHANGED where he or she has one.
RegisterStep register_protected(const RegisterVersionRows *history, Day known_on, Arena *arena);

// An officer ends what bears on the person, a measure or the household's. UNCHANGED where nothing does.
RegisterStep register_released(const RegisterVersionRows *history, Day known_on, Arena *arena);
