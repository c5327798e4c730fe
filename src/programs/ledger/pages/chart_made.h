// Small pictures of figures: two lines over the months or days of a row, drawn by chart.html.
//
// Places are computed here; no store, no clock. A value of -1 is a gap.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "page.h"

enum { CHART_POINTS_MOST = 64 };

typedef struct ChartMade {
    Str said;                             // the same in words
    int count;                            // of points
    int64_t city[CHART_POINTS_MOST], low[CHART_POINTS_MOST];
    int64_t bottom, top, goal;            // of the scale; goal -1: none
    Str bottom_words, top_words;
    Str first, last;                      // below the axis
    Str value, low_words;                 // beside the last points; {0}: none
} ChartMade;

MUST bool chart_made(const ChartMade *chart, Arena *arena, Markup *markup, Error *err);
