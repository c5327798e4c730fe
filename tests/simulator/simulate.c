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

static const char *const fault_words[] = {
    [FAULT_LOST] = "messages lost",
    [FAULT_DOUBLED] = "messages doubled",
    [FAULT_MIXED] = "answers mixed up or damaged",
    [FAULT_CRASH] = "crashes",
    [FAULT_TORN] = "torn writes",
    [FAULT_NO_ROOM] = "commits on a full disk",
    [FAULT_CLOCK_AHEAD] = "clocks set forwards",
    [FAULT_CLOCK_BACK] = "clocks set back",
    [FAULT_CERTIFICATE_OVER] = "messages on an expired certificate",
    [FAULT_KEY_UNKNOWN] = "messages on a key that nobody knew yet",
    [FAULT_RECODED] = "new epochs",
    [FAULT_FORMER_CODE] = "people under the code of the epoch before",
    [FAULT_LIST_STALE] = "questions behind a stale list",
    [FAULT_LIST_TO_COME] = "lists of days to come",
    [FAULT_WRONG_FILE] = "wrong files",
    [FAULT_WRONG_ORDER] = "acts in the wrong order",
    [FAULT_TOO_LATE] = "grants that came too late",
    [FAULT_PERSON_DIFFERS] = "wrong numbers that the facts showed",
    [FAULT_CLASH] = "that another code showed",
    [FAULT_WRONG_LINK] = "links to a wrong person",
    [FAULT_LINK_DOUBTED] = "answers by a link found to be wrong",
};
_Static_assert(sizeof fault_words / sizeof *fault_words == FAULT_COUNT, "words for each");

typedef struct Sums {
    int64_t happened, alarms, results[RESULT_COUNT], faults[FAULT_COUNT];
} Sums;

static void add(Sums *s, const WorldReport *r)
{
    s->happened += r->happened;
    s->alarms += r->alarms;
    for (int i = 0; i < RESULT_COUNT; i++) s->results[i] += r->results[i];
    for (int i = 0; i < FAULT_COUNT; i++) s->faults[i] += r->faults[i];
}

// Something of every kind must have happened: a country without faults shows nothing.
static bool enough(const Sums *s)
{
    bool all = s->alarms > 0;
    for (int i = RESULT_GIVEN; i < RESULT_COUNT; i++) all = all && s->results[i];
    for (int i = 0; i < FAULT_COUNT; i++) all = all && s->faults[i];
    return all;
}

static void say(const Sums *s)
{
    printf("%" PRId64 " things happened, %" PRId64 " alarms\n", s->happened, s->alarms);
    for (int i = 0; i < FAULT_COUNT; i++) printf("%8" PRId64 " %s\n", s->faults[i], fault_words[i]);
    for (int i = RESULT_GIVEN; i < RESULT_COUNT; i++)
        printf("%s %" PRId64 "%s", result_words[i], s->results[i], i + 1 < RESULT_COUNT ? ", " : "\n");
}

enum { TWICE_EACH = 8, ENOUGH_LIVES = 200 };

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
    (void)fflush(stdout);
    for (long i = 0; i < count; i++) wrong += !lived((uint64_t)(first + i), i % TWICE_EACH == 0, arena, &sums);
    say(&sums);
    bool shown = count < ENOUGH_LIVES || enough(&sums);
    if (!shown) printf("something of each kind should have happened\n");
    printf("%ld passed, %d failed\n", count - wrong, wrong);
    return wrong || !shown;
}
