// Last safe dates of children who have begun nothing of a series yet: the same for everybody of one birth
// date and sex, so each is worked out once in a pass over the city.
//
// Exact  The answer is taken from the memory only where it must be the person's own: no fact is known, no
//        dose of a product of the series, and every other dose lies so far before the date that no rule
//        between vaccines reaches it. Everybody else is worked out alone.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "judge.h"

typedef struct SafeMemo SafeMemo;

SafeMemo *safe_memo(const Judge *judge, Day as_of, Arena *arena);

// case_last_safe of this person, on the memo's day.
Day safe_memo_ask(SafeMemo *memo, const Case *c, const GroupAssessment *group, Arena scratch);
