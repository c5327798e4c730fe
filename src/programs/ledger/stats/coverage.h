// Coverage (接種率): of those born in a month whom a series is for, how many have finished it.
//
// Counted     residents of the day, by the status that is kept of each (standing.h). Done is `complete`; whom the series is
//             not for, or who is immune, is no part of it.
// Cohort      the last COVERAGE_MONTHS birth months in which fewer than one of five is still in time: `not_yet`, or
//             `due` in the standard period. A series that nobody of them has finished is not theirs: another takes its
//             place.
// Small       a month or a ward of fewer than COVERAGE_LEAST people is not told; where one ward alone would be left
//             out, the next smallest goes with it, so that nobody subtracts; a month alone beside the year likewise.
// Pure        no store, no clock. Memory in the arena given.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "arena.h"
#include "schedule.h"
#include "vec.h"

enum {
    COVERAGE_MONTHS = 12,
    COVERAGE_LEAST = 10,
    COVERAGE_WARDS = 32,
    COVERAGE_YEARS = 17,
    COVERAGE_GOAL = 95,
};

// Residents who are alike: born in which month (0 is the first of those asked about), in which ward (-1: hidden or
// unknown), with a letter for the status of every series.
typedef struct CoveredPeople {
    int month, ward;
    Str statuses;
    int32_t count;
} CoveredPeople;

typedef struct CoverageCell {
    int32_t people, done;
    bool hidden;  // too few: neither number is told
} CoverageCell;

typedef struct Coverage {
    int group;
    int first_month;  // as CoveredPeople.month
    CoverageCell month[COVERAGE_MONTHS];
    CoverageCell ward_month[COVERAGE_WARDS][COVERAGE_MONTHS];
    CoverageCell ward[COVERAGE_WARDS];
    CoverageCell all;
} Coverage;
VEC(Coverages, Coverage, coverages);

typedef struct CoverageCount CoverageCount;
// `groups`: of which series; `months`: birth months that are asked about.
CoverageCount *coverage_begin(uint64_t groups, int months, int wards, Arena *arena);
void coverage_add(CoverageCount *count, const CoveredPeople *people);
// Series of which there is a cohort, in the order of the rules.
Coverages coverage_end(const CoverageCount *count, Arena *arena);

// Tenths of a percent, rounded down: 94.96 % is not 95.
int coverage_tenths(const CoverageCell *cell);
// How many more people bring it to the goal.
int32_t coverage_missing(const CoverageCell *cell);
