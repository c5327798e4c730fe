// Courses on one axis of age, so that two days of the law can be laid side by side. Pure: computed as places, written
// by a template.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "course.h"
#include "course_html.h"

// One dose of a course as the picture and the table name it.
typedef struct CourseStep {
    Str name;  // "第1期 2回目"
    Day birth;
    CourseDose dose;
} CourseStep;
VEC(CourseSteps, CourseStep, course_steps);

// `axis`: of which steps the axis must have room: those drawn, and those of the picture beside it.
Str course_span_text(DaySpan span, Arena *arena);  // "令和3年4月1日〜"; {0}: neither day is known
CoursePicture course_picture(const CourseSteps *steps, const CourseSteps *axis, Str said,
                             Arena *arena);
