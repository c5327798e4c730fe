// What the picture of a life shows, before it has places: rows of vaccines with their windows, doses and what
// comes next. The tables beside the picture are made of the same rows.
//
// A row is a vaccine: periods of one (第1期, 第2期) stand on one row, by the name before the blank. A row is
// there when the person has a dose of it, or was, is or will be its target within LIFE_YEARS_AHEAD. The order is
// that of the standard age of the first dose, the same for everybody of one age.
// Windows  are those in which a dose would have counted by the rules in force then: asked at birth, on the day of each
//          dose, and on the day of the picture; so a change of law shows, and a window that is over does not move.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "person_shown.h"

enum { LIFE_YEARS_AHEAD = 10, LIFE_GROUPS_MOST = 6 };

VEC(LifeSpans, DaySpan, life_spans);

typedef struct LifeDose {
    const DoseRecord *record;
    const DoseVerdict *verdict;    // NULL: no series judges it
    const GroupAssessment *group;  // NULL likewise
    Str label;                     // "1", "追", "2" of a second period
    Str position;                  // "1回目", "追加", "第2期"
    int no;                        // of the person's doses, from 1: its row in the table
} LifeDose;
VEC(LifeDoses, LifeDose, life_doses);

typedef struct LifeNext {
    const GroupAssessment *group;
    Str label, position;
    Day safe;  // last safe date; DAY_NONE: none
} LifeNext;
VEC(LifeNexts, LifeNext, life_nexts);

typedef struct LifeWindow {
    DaySpan days;
    int group;
} LifeWindow;
VEC(LifeWindows, LifeWindow, life_windows);

typedef struct LifeSeries {
    Str name;        // "麻しん風しん"
    bool voluntary;  // of no series: a product by its name
    int groups[LIFE_GROUPS_MOST];
    int group_count;
    LifeWindows legal, standard;
    LifeDoses doses;  // oldest first
    LifeNexts nexts;  // with a next dose, or that ask for a person
    Day order;
} LifeSeries;
VEC(LifeSeriesRows, LifeSeries, life_series);

// Needs a birth date that is known to the month at least; else there are rows of doses without windows.
LifeSeriesRows life_series_of(const PersonShown *shown, Arena *arena);
// A dose as people call it: 麻しん風しん 第2期, 五種混合 追加.
Str life_dose_words(const Schedule *schedule, int group, int32_t position, Arena *arena);
// Its place alone: 第2期, 追加; {0}: it has none.
Str life_position_words(const Schedule *schedule, int group, int32_t position, Arena *arena);
// The day on which the picture lets a person be born whose date is vague: the first it may mean. DAY_NONE.
Day life_birth(const PersonShown *shown);
// The standard period as far as a dose may be given in it: where the law changes, what the rules write may outlive the
// right. DAY_NONE twice: nothing of it lies before the last day.
DaySpan life_standard(const NextDose *next);
