// SPDX-License-Identifier: Apache-2.0
#include "course_picture.h"

#include <assert.h>

#include "calendar.h"
#include "dates.h"
#include "life_picture.h"

// Tenths of a unit; the picture is 1100 wide.
enum {
    TOP = 260,
    ROW = 360,
    BAND_TOP = 80,
    BAND = 200,
    LEFT = 1720,
    RIGHT = 10700,
    TEXT_ROOM = 3300,
    TICKS_MOST = 11,
    MONTH_DAYS_LEAST = 28,
    EMPTY_DAYS = 366  // of an axis on which nothing stands
};

// Ages are counted in days from birth: the axes of two children are one.
typedef struct CourseScale {
    int from, to;
} CourseScale;

static int age_of(const CourseStep *step, Day day)
{
    return day - step->birth;
}

static void reach(CourseScale *scale, int age)
{
    if (age < scale->from) scale->from = age;
    if (age > scale->to) scale->to = age;
}

static CourseScale scale_of(const CourseSteps *steps)
{
    CourseScale scale = {INT32_MAX, 0};
    if (!steps->count) return (CourseScale){0, EMPTY_DAYS};
    VEC_EACH (const CourseStep, s, *steps) {
        reach(&scale, age_of(s, s->dose.legal.first));
        reach(&scale, age_of(s, s->dose.given));
        if (s->dose.legal.last != DAY_NONE) reach(&scale, age_of(s, s->dose.legal.last) + 1);
        if (s->dose.standard.last != DAY_NONE) reach(&scale, age_of(s, s->dose.standard.last) + 1);
    }
    int pad = (scale.to - scale.from) / 20 + 5;
    scale.from = scale.from > pad ? scale.from - pad : 0;
    scale.to += pad;
    return scale;
}

static int x_of(const CourseScale *scale, int age)
{
    if (age <= scale->from) return LEFT;
    if (age >= scale->to) return RIGHT;
    return LEFT + (int)((int64_t)(RIGHT - LEFT) * (age - scale->from) / (scale->to - scale->from));
}

static void ticks(CoursePicture *picture, const CourseScale *scale, Day birth, Arena *arena)
{
    static const int steps[] = {1, 2, 3, 6, 12, 24, 60, 120, 240};
    int step = steps[0], months = (scale->to - scale->from) / MONTH_DAYS_LEAST;
    for (int i = 0; i < (int)countof(steps) && months / step > TICKS_MOST; i++) step = steps[i];
    for (int m = 0;; m += step) {
        Day day = month_add(birth, m, MONTHS_CLIP);
        if (day - birth > scale->to) return;
        if (day - birth < scale->from) continue;
        Str text = m ? date_age_text(arena, birth, day) : S("出生");
        *course_tick_rows_push(&picture->ticks, arena) =
            (CourseTick){x_of(scale, day - birth), text};
    }
}

Str course_span_text(DaySpan span, Arena *arena)
{
    assert(span.first == DAY_NONE || span.last == DAY_NONE || span.first <= span.last);
    if (span.first == DAY_NONE && span.last == DAY_NONE) return (Str){0};
    Str first = span.first == DAY_NONE ? (Str){0} : date_era_text(arena, span.first);
    Str last = span.last == DAY_NONE ? (Str){0} : date_era_text(arena, span.last);
    return str_format(arena, "%.*s〜%.*s", STR(first), STR(last));
}

static void row_add(CoursePicture *picture, const CourseScale *scale, const CourseStep *step,
                    Arena *arena)
{
    const CourseDose *dose = &step->dose;
    int top = TOP + ROW * (int)picture->rows.count, band = top + BAND_TOP, end = band + BAND;
    bool open = dose->legal.last == DAY_NONE;
    int from = x_of(scale, age_of(step, dose->legal.first));
    int to = open ? RIGHT - 80 : x_of(scale, age_of(step, dose->legal.last) + 1);
    CourseRow row = {.bottom = top + ROW,
                     .middle = band + BAND / 2,
                     .baseline = band + BAND / 2 + 50,
                     .name = step->name,
                     .text = course_span_text(dose->legal, arena),
                     .number = str_format(arena, "%d", dose->number),
                     .given = x_of(scale, age_of(step, dose->given)) + 105};
    *course_band_rows_push(&row.legal, arena) = (CourseBand){from, to, band, end, open};
    if (dose->standard.first != DAY_NONE && dose->standard.last != DAY_NONE)
        *course_standard_rows_push(&row.standard, arena) = (CourseStandard){
            x_of(scale, age_of(step, dose->standard.first)),
            x_of(scale, age_of(step, dose->standard.last) + 1), band + 5, end - 35, end};
    row.left = to + TEXT_ROOM > RIGHT && from - TEXT_ROOM > LEFT;
    row.text_x = row.left ? from - 100 : to + 100;
    if (!row.left && to + TEXT_ROOM > RIGHT) row.text = (Str){0};
    *course_row_rows_push(&picture->rows, arena) = row;
}

CoursePicture course_picture(const CourseSteps *steps, const CourseSteps *axis, Str said,
                             Arena *arena)
{
    CoursePicture picture = {.said = said};
    CourseScale scale = scale_of(axis);
    if (steps->count) ticks(&picture, &scale, steps->at[0].birth, arena);
    VEC_EACH (const CourseStep, s, *steps) row_add(&picture, &scale, s, arena);
    picture.rows_end = TOP + ROW * (int)steps->count;
    picture.height = picture.rows_end + 40;
    return picture;
}
