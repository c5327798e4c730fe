// SPDX-License-Identifier: Apache-2.0
#include "life_scale.h"

#include "calendar.h"

#include <assert.h>

typedef struct LifeClass {
    int from_years;
    LifeSegment segments[LIFE_SEGMENTS_MOST];
} LifeClass;

// clang-format off
static const LifeClass classes[] = {
    { 0, {{ 12, 550,   2,  0, 0, "目盛は2か月"}, {  24, 250,   3, 0, 0, "目盛は3か月"}, {  96, 200,  12, 0, 0, "目盛は1年"}}},
    { 2, {{ 24, 520,   3, 12, 2, "目盛は2〜3か月"}, { 96, 282, 12, 0, 0, "目盛は1年"}, { 204, 198,  24, 0, 0, "目盛は2年"}}},
    {17, {{ 96, 320,  24,  0, 0, "目盛は2年"},  { 240, 220,  48, 0, 0, "目盛は4年"},   { 744, 460, 120, 0, 0, "目盛は10年"}}},
    {60, {{720, 140, 240,  0, 0, "20年"},       { 960, 860,  24, 0, 0, "目盛は2年"},   {0}}},
    {75, {{720, 100, 360,  0, 0, "30年"},       { 900, 320,  60, 0, 0, "目盛は5年"},   {1260, 580,  60, 0, 0, "目盛は5年"}}},
};
// clang-format on

LifeScale life_scale(Day birth, Day as_of)
{
    const LifeClass *fits = classes;
    assert(birth <= as_of);
    int age = age_completed(birth, as_of);
    for (int i = 0; i < (int)(sizeof classes / sizeof classes[0]); i++)
        if (age >= classes[i].from_years) fits = &classes[i];
    LifeScale scale = {birth, fits->segments, 0};
    while (scale.count < LIFE_SEGMENTS_MOST && fits->segments[scale.count].to_months) scale.count++;
    return scale;
}

static Day segment_begins(const LifeScale *scale, int nth)
{
    return nth ? month_add(scale->birth, scale->segments[nth - 1].to_months, MONTHS_CLIP)
               : scale->birth;
}

Day life_end(const LifeScale *scale)
{
    assert(scale->count > 0);
    return segment_begins(scale, scale->count);
}

int life_segment_x(const LifeScale *scale, int nth)
{
    assert(nth >= 0 && nth <= scale->count);
    int share = 0;
    for (int i = 0; i < nth; i++) share += scale->segments[i].share;
    return LIFE_LEFT + (LIFE_RIGHT - LIFE_LEFT) * share / 1000;
}

int life_x(const LifeScale *scale, Day day)
{
    assert(scale->count > 0);
    assert(day != DAY_NONE);
    if (day <= scale->birth) return LIFE_LEFT;
    for (int i = 0; i < scale->count; i++) {
        Day first = segment_begins(scale, i), end = segment_begins(scale, i + 1);
        if (day > end) continue;
        int from = life_segment_x(scale, i), to = life_segment_x(scale, i + 1);
        return from + (int)((int64_t)(to - from) * (day - first) / (end - first));
    }
    return LIFE_RIGHT;
}
