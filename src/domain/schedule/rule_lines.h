// The rules of one group as a page of the law lists them: what kind of rule, its citation, its words, since when.
//
// A line is what the files cite: rows of one kind that share citation, words and time in force are one line, and
// a row that cites nothing and says nothing is none. What a row computes is not told again in words: an example
// is judged by the engine instead.
// Memory  lines live in the arena, their texts in the schedule.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "schedule.h"
#include "vec.h"

typedef enum RuleKind {
    RULE_PROGRAMME,  // since when it is a routine vaccination
    RULE_TARGET,     // for whom
    RULE_SERVES,     // what it is for
    RULE_WINDOW,     // on which days
    RULE_OPENING,    // on which days after a span of the person
    RULE_PRODUCT,    // with what
    RULE_SERIES,     // how many doses
    RULE_DOSE,       // one of the doses
    RULE_GAP,        // after the dose before
    RULE_CONFLICT,   // after a dose of something else
    RULE_COUNTED,    // taken as received
    RULE_EXCESS,     // more than enough
    RULE_END,        // no longer a target
    RULE_LETTER,     // nobody is written to
    RULE_KINDS
} RuleKind;

typedef struct RuleLine {
    RuleKind kind;
    DaySpan in_force;  // DAY_MIN, DAY_MAX: not bounded
    bool by_person;    // a bound hangs on the person, and is not in `in_force`
    Str law, words;    // {0}: none
    Str place;         // of the first such row in its file
} RuleLine;
VEC(RuleLines, RuleLine, rule_lines);

// In the order of kinds, then of the files.
RuleLines rule_lines_of(const Schedule *schedule, int group, Arena *arena);
// By what a dose of the group is asked on `on`: the citation of its own row, else that of the window in force.
Str rule_law_of_dose(const Schedule *schedule, int group, int row, Day on, Arena scratch);
