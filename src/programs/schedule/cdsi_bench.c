// SPDX-License-Identifier: Apache-2.0
#include "cdsi_bench.h"

#include <stdio.h>
#include <time.h>

#include "cdsi.h"
#include "cdsi_cases.h"

enum { RUNS = 5, CASES_A_RUN = 30000 };

// Processor time: other people's work on the machine does not count.
static double seconds_now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

typedef struct Sum {
    uint64_t checksum;
    int64_t bytes;
} Sum;

static void sum_add(Sum *sum, int64_t value)
{
    sum->checksum = (sum->checksum ^ (uint64_t)value) * 0x100000001B3u;
}

// Every verdict and every day goes in, so that no part of an answer can be left out.
static void answer_add(Sum *sum, const Assessment *a)
{
    for (int m = 0; m < a->merged_count; m++) {
        const MergedAssessment *merged = &a->merged[m];
        sum_add(sum, merged->status);
        sum_add(sum, merged->number);
        sum_add(sum, (int64_t)merged->earliest + merged->recommended);
        sum_add(sum, (int64_t)merged->past_due + merged->last);
        sum_add(sum, merged->offer_count);
    }
    for (int g = 0; g < a->group_count; g++)
        for (int b = 0; b < a->groups[g].best_count; b++)
            for (int i = 0; i < a->groups[g].best[b].dose_count; i++)
                sum_add(sum, a->groups[g].best[b].doses[i].status);
}

static Sum cases_answered(const Schedule *schedule, const CdsiCases *cases, Arena whole)
{
    Sum sum = {0};
    VEC_EACH (CdsiCase, c, *cases) {
        Arena scratch = whole;
        Assessment a = assess(schedule, &c->subject, c->history, c->as_of, &scratch);
        answer_add(&sum, &a);
        sum.bytes += scratch.at - whole.at;
    }
    return sum;
}

static const char *cases_path(const CommandLine *line, Arena *arena)
{
    if (option_given(line, "cases")) return str_z(arena, option_text(line, "cases"));
    return data_path(line, arena, S("../cases-open.csv"));
}

bool cdsi_bench(const CommandLine *line, Arena *arena, Error *err)
{
    const Schedule *schedule;
    CdsiCases cases = {0};
    Sum sum = {0};
    double best = 1e9;
    if (!cdsi_load(str_z(arena, line->data_dir), arena, &schedule, err)) return false;
    CdsiUnknown unknown = {0};
    if (!cdsi_cases_read(cases_path(line, arena), schedule, arena, &cases, &unknown, err))
        return false;
    if (!cases.count) return FAIL(err, E_VECTOR, .words = S("事例が一つもありません。"));
    int64_t passes = 1 + CASES_A_RUN / cases.count;
    for (int run = 0; run < RUNS; run++) {
        double begin = seconds_now();
        for (int64_t i = 0; i < passes; i++) sum = cases_answered(schedule, &cases, *arena);
        double took = (seconds_now() - begin) / (double)passes;
        if (took < best) best = took;
    }
    (void)printf("%td cases, %lld bytes a case, checksum %016llx\n", cases.count,
                 (long long)(sum.bytes / cases.count), (unsigned long long)sum.checksum);
    (void)printf("%.0f cases/s\n", (double)cases.count / best);
    return true;
}
