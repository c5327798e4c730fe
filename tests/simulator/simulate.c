// Lives through made-up countries, one for each seed; the first and every eighth twice: the second time must be the same bytes.
//
//     linkage_worlds COUNT [FIRST]
//
// Prints each seed that goes wrong, first the seed and then what was not true; then how much the countries had to bear.
// SPDX-License-Identifier: Apache-2.0
#include "checkers.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const result_words[] = {"none",       "given",       "no data", "nobody",
                                           "refused",    "not allowed", "expired", "silent",
                                           "unreadable", "cancelled"};
_Static_assert(sizeof result_words / sizeof *result_words == RESULT_COUNT, "words for each");

typedef struct Sums {
    int64_t happened, lost, doubled, crashes, mixed, alarms, results[RESULT_COUNT];
} Sums;

static void add(Sums *s, const WorldReport *r)
{
    s->happened += r->happened;
    s->lost += r->lost;
    s->doubled += r->doubled;
    s->crashes += r->crashes;
    s->mixed += r->mixed;
    s->alarms += r->alarms;
    for (int i = 0; i < RESULT_COUNT; i++) s->results[i] += r->results[i];
}

// Something of every kind must have happened: a country without faults shows nothing.
static bool enough(const Sums *s)
{
    bool all = s->lost && s->doubled && s->crashes && s->mixed && s->alarms;
    for (int i = RESULT_GIVEN; i < RESULT_COUNT; i++) all = all && s->results[i];
    return all;
}

enum { TWICE_EACH = 8 };

static bool lived(uint64_t seed, bool twice, Arena arena, Sums *sums)
{
    WorldReport report = {0}, again = {0};
    char text[SHA256_TEXT_SIZE];
    Sha256 first = world_run(seed, arena, &report), second = twice ? world_run(seed, arena, &again) : first;
    if (!sha256_equal(&first, &second)) report.wrong = "the same seed gives other bytes";
    add(sums, &report);
    if (!report.wrong) return true;
    printf("seed %" PRIu64 ": %s (%s)\n", seed, report.wrong, sha256_text(&first, text));
    return false;
}

int main(int argc, char **argv)
{
    Arena arena = arena_reserve((ptrdiff_t)1 << 30);
    long count = argc > 1 ? strtol(argv[1], NULL, 10) : 1,
         first = argc > 2 ? strtol(argv[2], NULL, 10) : 1;
    Sums sums = {0};
    int wrong = 0;
    printf("seeds %ld to %ld\n", first, first + count - 1);
    for (long i = 0; i < count; i++) wrong += !lived((uint64_t)(first + i), i % TWICE_EACH == 0, arena, &sums);
    printf("%" PRId64 " things happened: %" PRId64 " messages lost, %" PRId64 " doubled, %" PRId64
           " mixed up or damaged, %" PRId64 " crashes, %" PRId64 " alarms\n",
           sums.happened, sums.lost, sums.doubled, sums.mixed, sums.crashes, sums.alarms);
    for (int i = RESULT_GIVEN; i < RESULT_COUNT; i++)
        printf("%s %" PRId64 "%s", result_words[i], sums.results[i],
               i + 1 < RESULT_COUNT ? ", " : "\n");
    bool shown = count < 50 || enough(&sums);
    if (!shown) printf("something of each kind should have happened\n");
    printf("%ld passed, %d failed\n", count - wrong, wrong);
    return wrong || !shown;
}
