// `bench`: whole residents, all vaccines, on one core.
// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <time.h>

#include "cdsi_bench.h"
#include "commands.h"
#include "population.h"
#include "rules.h"

enum { RUNS = 5, SEED = 20261123, PERSONS_MAX = 2000000 };

// Processor time: other people's work on the machine does not count.
static double seconds_now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

// What a pass found, so that no run can be left out by the compiler.
typedef struct Tally {
    int64_t doses, next;
} Tally;

static void tally_add(Tally *tally, const Assessment *a)
{
    for (int g = 0; g < a->group_count; g++) {
        tally->doses += a->groups[g].dose_count;
        tally->next += a->groups[g].has_next;
    }
}

static Tally people_assessed(const Schedule *rules, const Population *people, Day as_of,
                             Arena scratch)
{
    Tally tally = {0};
    for (int i = 0; i < people->count; i++) {
        Arena arena = scratch;
        const PopulationPerson *p = &people->at[i];
        Assessment a = assess(rules, &p->subject, p->history, as_of, &arena);
        tally_add(&tally, &a);
    }
    return tally;
}

static Tally city_assessed(const Schedule *rules, const Population *people, Day as_of,
                           Arena scratch)
{
    Tally tally = {0};
    Arena kept = scratch, person = {scratch.at + (scratch.end - scratch.at) / 2, scratch.end};
    kept.end = person.at;
    CityPass *pass = city_pass(city_table(rules, as_of, groups_all(rules), &kept), &kept);
    for (int i = 0; i < people->count; i++) {
        Arena arena = person;
        const PopulationPerson *p = &people->at[i];
        Assessment a = city_assess(pass, &p->subject, p->history, &arena);
        tally_add(&tally, &a);
    }
    return tally;
}

// The best of some runs: what the machine can do when nobody disturbs it.
static double best_seconds(Tally (*pass)(const Schedule *, const Population *, Day, Arena),
                           const Schedule *rules, const Population *people, Day as_of,
                           Arena scratch, Tally *tally)
{
    double best = 1e9;
    for (int run = 0; run < RUNS; run++) {
        double begin = seconds_now();
        *tally = pass(rules, people, as_of, scratch);
        double took = seconds_now() - begin;
        if (took < best) best = took;
    }
    return best;
}

static bool bench(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    (void)status;
    const Schedule *rules;
    Tally one, city;
    if (option_given(line, "cdsi")) return cdsi_bench(line, arena, err);
    int64_t persons = option_number(line, "persons", 100000);
    if (persons < 1 || persons > PERSONS_MAX)
        return FAIL(err, E_USAGE, .item = S("--persons"),
                    .words = S("人数は1から2000000までにしてください。"));
    if (!rules_embedded(arena, &rules, err)) return false;
    Day as_of = line->as_of_given ? line->as_of : schedule_law_as_of(rules);
    Population people = population_make(rules, (int)persons, as_of, SEED, arena);
    double singly = best_seconds(people_assessed, rules, &people, as_of, *arena, &one);
    double passing = best_seconds(city_assessed, rules, &people, as_of, *arena, &city);
    if (one.doses != city.doses || one.next != city.next)
        return FAIL(err, E_INTERNAL, .words = S("一人ずつの判定と全市の判定が一致しません。"));
    double count = (double)persons;
    (void)printf("%td products, %d groups, %.1f doses and %.1f next doses a person\n",
                 (ptrdiff_t)product_count(rules), group_count(rules), (double)city.doses / count,
                 (double)city.next / count);
    (void)printf("one by one: %.0f judgements/s\n", count / singly);
    (void)printf("%.0f judgements/s\n", count / passing);
    return true;
}

static const Option options[] = {
    {OPTION_NUMBER, "persons", "N", "架空の住民の人数 (既定 100000)", false, false},
    {OPTION_FLAG, "cdsi", NULL, "代わりに米国CDCの公表事例で測る (--data は支援データ)", false,
     false},
    {OPTION_PLACE, "cases", "FILE.csv", "--cdsi の事例 (既定 DIR/../cases-open.csv)", false, false},
    {OPTION_END},
};

const Command command_bench = {
    "bench", "", 0, 0, "架空の住民の全ワクチンの判定が1秒に何人できるかを測る", options, bench};
