// SPDX-License-Identifier: Apache-2.0
#include "chart_made.h"

#include <assert.h>

#include "chart_html.h"

enum { LEFT = 320, RIGHT = 1400, TOP = 80, BOTTOM = 1040, TEXT_DOWN = 40, TEXT_AIR = 140 };

static int32_t x_of(const ChartMade *c, int point)
{
    return c->count < 2 ? RIGHT : LEFT + (RIGHT - LEFT) * point / (c->count - 1);
}

static int32_t y_of(const ChartMade *c, int64_t value)
{
    int64_t span = c->top > c->bottom ? c->top - c->bottom : 1;
    int64_t within = value < c->bottom ? c->bottom : value > c->top ? c->top : value;
    return (int32_t)(BOTTOM - (BOTTOM - TOP) * (within - c->bottom) / span);
}

static void line_of(const ChartMade *c, const int64_t *values, SegmentRows *segments, Arena *arena)
{
    for (int i = 1; i < c->count; i++)
        if (values[i - 1] >= 0 && values[i] >= 0)
            *segment_rows_push(segments, arena) =
                (Segment){x_of(c, i - 1), y_of(c, values[i - 1]), x_of(c, i), y_of(c, values[i])};
}

// Under a picture whose points are days there is nothing to say.
static Str there(Str words)
{
    return words.len ? words : S("");
}

// The last told point of a line; -1: none.
static int64_t last_of(const ChartMade *c, const int64_t *values)
{
    return c->count ? values[c->count - 1] : -1;
}

bool chart_made(const ChartMade *c, Arena *arena, Markup *markup, Error *err)
{
    assert(c->count <= CHART_POINTS_MOST);
    int64_t end = last_of(c, c->city), low = last_of(c, c->low);
    Chart chart = {.said = c->said,
                   .shows_goal = c->goal >= 0,
                   .goal = c->goal >= 0 ? y_of(c, c->goal) : 0,
                   .has_end = end >= 0 && c->value.len,
                   .has_low = low >= 0 && c->low_words.len,
                   .end_x = RIGHT,
                   .value = c->value,
                   .low_words = c->low_words,
                   .top = there(c->top_words),
                   .bottom = there(c->bottom_words),
                   .first = there(c->first),
                   .last = there(c->last)};
    if (chart.has_end) chart.end_y = y_of(c, end);
    if (chart.has_low) chart.low_y = y_of(c, low);
    chart.goal_text = chart.goal + TEXT_DOWN;
    chart.end_text = chart.end_y + TEXT_DOWN;
    chart.low_text = chart.low_y + TEXT_DOWN;
    if (chart.has_end && chart.has_low && chart.low_text < chart.end_text + TEXT_AIR)
        chart.low_text = chart.end_text + TEXT_AIR;
    line_of(c, c->city, &chart.city, arena);
    line_of(c, c->low, &chart.low, arena);
    Page *page = page_begin(arena);
    chart_write(page, &chart);
    return page_end(page, markup, err);
}
