// SPDX-License-Identifier: Apache-2.0
#include "coverage.h"

#include <assert.h>

enum { GROUPS_MOST = 64, IN_TIME_PART = 5, PERCENT = 100, TENTHS = 1000 };

typedef struct MonthCount {
    int32_t people, done, in_time;
} MonthCount;

struct CoverageCount {
    uint64_t groups;
    int months, wards;
    MonthCount *city[GROUPS_MOST];  // by month
    MonthCount *ward[GROUPS_MOST];  // by ward, then month
};

CoverageCount *coverage_begin(uint64_t groups, int months, int wards, Arena *arena)
{
    CoverageCount *count = NEW(arena, CoverageCount, 1);
    assert(months > 0 && wards >= 0 && wards <= COVERAGE_WARDS);
    *count = (CoverageCount){.groups = groups, .months = months, .wards = wards};
    for (int g = 0; g < GROUPS_MOST; g++) {
        if (!(groups >> g & 1)) continue;
        count->city[g] = NEW(arena, MonthCount, months);
        count->ward[g] = NEW(arena, MonthCount, (ptrdiff_t)months * (wards + 1));
    }
    return count;
}

static void month_add(MonthCount *month, Status status, int32_t count)
{
    month->people += count;
    month->done += status == STATUS_COMPLETE ? count : 0;
    month->in_time += status == STATUS_NOT_YET || status == STATUS_DUE ? count : 0;
}

void coverage_add(CoverageCount *count, const CoveredPeople *people)
{
    assert(people->month >= 0 && people->month < count->months && people->ward < count->wards);
    assert(people->count > 0);
    for (int g = 0; g < GROUPS_MOST && g < people->statuses.len; g++) {
        Status status = (Status)(people->statuses.at[g] - 'A');
        bool theirs = status != STATUS_NONE && status != STATUS_NOT_TARGET && status != STATUS_IMMUNE;
        if (!(count->groups >> g & 1) || !theirs) continue;
        month_add(&count->city[g][people->month], status, people->count);
        if (people->ward >= 0)
            month_add(&count->ward[g][people->ward * count->months + people->month], status, people->count);
    }
}

// ---- the cohort

static bool is_over(const MonthCount *month)
{
    return month->people > 0 && month->in_time * IN_TIME_PART < month->people;
}

// The last month of the cohort; -1: there is none.
static int last_month(const CoverageCount *count, int group)
{
    for (int m = count->months - 1; m >= COVERAGE_MONTHS - 1; m--)
        if (is_over(&count->city[group][m])) return m;
    return -1;
}

// ---- cells

static void cell_add(CoverageCell *cell, const MonthCount *month)
{
    cell->people += month->people;
    cell->done += month->done;
}

static void hide_small(CoverageCell *cell)
{
    cell->hidden = cell->people < COVERAGE_LEAST;
}

// One hidden cell beside told ones is told by subtraction: the smallest of those goes too.
static void hide_beside(CoverageCell *const cells[], int count)
{
    int hidden = 0;
    CoverageCell *least = NULL;
    for (int i = 0; i < count; i++) {
        hidden += cells[i]->hidden && cells[i]->people > 0;
        if (!cells[i]->hidden && (!least || cells[i]->people < least->people)) least = cells[i];
    }
    if (hidden == 1 && least) least->hidden = true;
}

static void hide(Coverage *c, int wards)
{
    CoverageCell *beside[COVERAGE_WARDS];
    for (int m = 0; m < COVERAGE_MONTHS; m++) {
        for (int w = 0; w < wards; w++) {
            hide_small(&c->ward_month[w][m]);
            beside[w] = &c->ward_month[w][m];
        }
        hide_small(&c->month[m]);
        hide_beside(beside, wards);
    }
    CoverageCell *months[COVERAGE_MONTHS];
    for (int m = 0; m < COVERAGE_MONTHS; m++) months[m] = &c->month[m];
    hide_beside(months, COVERAGE_MONTHS);
    for (int w = 0; w < wards; w++) {
        hide_small(&c->ward[w]);
        beside[w] = &c->ward[w];
    }
    hide_beside(beside, wards);
    hide_small(&c->all);
}

static Coverage coverage_of(const CoverageCount *count, int group, int last)
{
    Coverage c = {.group = group, .first_month = last - COVERAGE_MONTHS + 1};
    for (int m = 0; m < COVERAGE_MONTHS; m++) {
        int month = c.first_month + m;
        cell_add(&c.month[m], &count->city[group][month]);
        cell_add(&c.all, &count->city[group][month]);
        for (int w = 0; w < count->wards; w++) {
            const MonthCount *in_ward = &count->ward[group][w * count->months + month];
            cell_add(&c.ward_month[w][m], in_ward);
            cell_add(&c.ward[w], in_ward);
        }
    }
    hide(&c, count->wards);
    return c;
}

Coverages coverage_end(const CoverageCount *count, Arena *arena)
{
    Coverages all = {0};
    for (int g = 0; g < GROUPS_MOST; g++) {
        int last = count->groups >> g & 1 ? last_month(count, g) : -1;
        if (last < 0) continue;
        Coverage found = coverage_of(count, g, last);
        if (found.all.done) *coverages_push(&all, arena) = found;
    }
    return all;
}

int coverage_tenths(const CoverageCell *cell)
{
    assert(cell->done >= 0 && cell->done <= cell->people);
    return cell->people ? (int)((int64_t)cell->done * TENTHS / cell->people) : 0;
}

int32_t coverage_missing(const CoverageCell *cell)
{
    assert(cell->done >= 0 && cell->done <= cell->people);
    int64_t wanted = ((int64_t)cell->people * COVERAGE_GOAL + PERCENT - 1) / PERCENT;
    return wanted > cell->done ? (int32_t)(wanted - cell->done) : 0;
}
