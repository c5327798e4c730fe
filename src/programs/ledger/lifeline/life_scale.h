// The axis of a life: a day as a place in the picture, in a scale that is finer where doses are.
//
// The scale is fixed by age class, never by data: two people of one class can be laid side by side. Inside a
// segment it is linear; where the scale changes the picture says so.
// Units  tenths of a unit of the picture (1280 wide); months of age.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "day.h"

#include <stdbool.h>

enum { LIFE_SEGMENTS_MOST = 3, LIFE_LEFT = 1720, LIFE_RIGHT = 10400 };

typedef struct LifeSegment {
    int to_months;   // from the end of the one before; 0: none
    int share;       // of the whole, in thousandths
    int step;        // months between two labels
    int fine_until;  // months up to which steps are of `fine_step`
    int fine_step;
    const char *words;  // "目盛は2〜3か月"
} LifeSegment;

typedef struct LifeScale {
    Day birth;
    const LifeSegment *segments;
    int count;
} LifeScale;

// For somebody born on `birth` and asked about on `as_of`; needs birth <= as_of (asserted).
LifeScale life_scale(Day birth, Day as_of);
Day life_end(const LifeScale *scale);         // the last day that has a place
int life_x(const LifeScale *scale, Day day);  // a day outside is at the edge
int life_segment_x(const LifeScale *scale,
                   int nth);  // where the nth segment begins; `count`: the right edge
