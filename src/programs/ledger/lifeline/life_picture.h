// The picture of a life: rows of series laid out on the axis of the person's age. Pure: the same bytes for the
// same person and day, on screen and on paper.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "life_series.h"
#include "lifeline_html.h"

// `chosen`: number of the dose that is shown first; 0: none. Needs life_birth on or before the day (asserted).
LifeLine life_picture(const PersonShown *shown, const LifeSeriesRows *rows,
                      const ResidenceSpanRows *residence, int chosen, Arena *arena);

// What the row says on its right, and whether somebody must act on it now.
typedef struct LifeVerdict {
    Str words, second;
    bool act, check, urgent;
    Status status;  // that speaks
} LifeVerdict;
LifeVerdict life_verdict(const PersonShown *shown, const LifeSeries *series, Arena *arena);
