// SPDX-License-Identifier: Apache-2.0
#include "population.h"

#include <assert.h>

#include "calendar.h"
#include "vec.h"

VEC(Entries, HistoryEntry, entries);

// Who gets what when: age on the day in days, how many days later at most, share in percent, and the
// births for which the ledger has it.
typedef struct Habit {
    const char *product;
    int age_days, spread_days, percent, born_from, born_to;
} Habit;

// clang-format off
static const Habit habits[] = {
    {"HBV",           61,  20, 97, 2016, 2100}, {"HBV",           91,  20, 96, 2016, 2100}, {"HBV",          215,  50, 94, 2016, 2100},
    {"RV1",           61,  15, 70, 2021, 2100}, {"RV1",           95,  15, 69, 2021, 2100},
    {"PCV13",         61,  20, 97, 2013, 2023}, {"PCV13",         91,  20, 97, 2013, 2023}, {"PCV13",        121,  20, 96, 2013, 2023}, {"PCV13", 380, 60, 94, 2013, 2022},
    {"PCV20",         61,  20, 97, 2025, 2100}, {"PCV20",         91,  20, 97, 2025, 2100}, {"PCV20",        121,  20, 96, 2025, 2100}, {"PCV20", 380, 60, 94, 2024, 2100},
    {"HIB",           61,  20, 97, 2011, 2023}, {"HIB",           91,  20, 97, 2011, 2023}, {"HIB",          121,  20, 96, 2011, 2023}, {"HIB",   380, 60, 94, 2011, 2023},
    {"DPT-IPV",       91,  20, 97, 2012, 2023}, {"DPT-IPV",      121,  20, 97, 2012, 2023}, {"DPT-IPV",      151,  20, 96, 2012, 2023}, {"DPT-IPV", 540, 90, 93, 2012, 2022},
    {"DPT-IPV-HIB",   61,  20, 97, 2024, 2100}, {"DPT-IPV-HIB",   91,  20, 97, 2024, 2100}, {"DPT-IPV-HIB",  121,  20, 96, 2024, 2100}, {"DPT-IPV-HIB", 400, 60, 93, 2024, 2100},
    {"DPT",           95,  30, 95, 1995, 2011}, {"DPT",          125,  30, 95, 1995, 2011}, {"DPT",          160,  30, 94, 1995, 2011}, {"DPT",   560, 90, 91, 1995, 2011},
    {"OPV",          150,  60, 95, 1995, 2010}, {"OPV",          330,  60, 93, 1995, 2010},
    {"BCG",          160,  40, 97, 2013, 2100}, {"BCG",          110,  30, 96, 2005, 2012},
    {"MR",           380,  60, 95, 2005, 2100}, {"MR",          2050, 200, 92, 2000, 2100},
    {"VAR",          380,  60, 93, 2013, 2100}, {"VAR",          590,  90, 88, 2013, 2100},
    {"JE",          1150, 200, 90, 2005, 2100}, {"JE",          1185, 200, 89, 2005, 2100}, {"JE",          1600, 200, 85, 2005, 2100}, {"JE",   3400, 200, 70, 1998, 2100},
    {"DT",          4100, 200, 75, 1996, 2100},
    {"HPV9",        4750, 400, 40, 2009, 2100}, {"HPV9",        4950, 400, 30, 2009, 2100}, {"HPV4",        5200, 600, 25, 1997, 2008},
    {"INF",        24000, 100, 45, 1900, 2100}, {"PPSV23",     23900, 200, 35, 1930, 1960}, {"RZV",        25700, 200,  8, 1900, 1961},
};
// clang-format on

static uint64_t random_next(uint64_t *state)  // xorshift*
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 2685821657736338717ull;
}

static int random_below(uint64_t *state, int limit)
{
    return (int)(random_next(state) >> 33) % limit;
}

// Shares of ages in a Japanese city, per mille, by ten years: 0-9, 10-19, … 90-99.
static const int by_decade[] = {68, 84, 98, 104, 132, 146, 122, 132, 88, 26};

static Day birth_drawn(uint64_t *state, Day as_of)
{
    int share = random_below(state, 1000), decade = 0;
    while (share >= by_decade[decade]) share -= by_decade[decade++];
    return as_of - decade * 3652 - random_below(state, 3652);
}

static void entry_add(Entries *entries, const Schedule *rules, const char *product, Day on,
                      Arena *arena)
{
    int index = product_by_id(rules, str_of(product));
    assert(index != PRODUCT_NONE);
    *entries_push(entries, arena) = (HistoryEntry){.given_on = on, .product = index};
}

// Doses of every autumn from 65 on, for those who come at all.
static void autumns_add(Entries *entries, const Schedule *rules, Day birth, Day as_of,
                        uint64_t *state, Arena *arena)
{
    if (random_below(state, 100) >= 60) return;
    for (int year = 2012; year <= fiscal_year(as_of); year++) {
        Day on = day_of(year, 10, 1) + random_below(state, 90);
        if (on > as_of || age_completed(birth, on) < 65 || random_below(state, 100) >= 85) continue;
        entry_add(entries, rules, "INF", on, arena);
        if (year >= 2024 && random_below(state, 100) < 30)
            entry_add(entries, rules, "COVID", on + 7 <= as_of ? on + 7 : on, arena);
    }
}

static History history_drawn(const Schedule *rules, Day birth, Day as_of, uint64_t *state,
                             Arena *arena)
{
    Entries entries = {0};
    int born = civil_of(birth).year;
    for (ptrdiff_t i = 0; i < countof(habits); i++) {
        const Habit *h = &habits[i];
        Day on = birth + h->age_days + random_below(state, h->spread_days);
        bool taken = random_below(state, 100) < h->percent;
        if (!taken || born < h->born_from || born > h->born_to || on > as_of) continue;
        if (on < day_of(2005, 4, 1)) continue;  // older papers were never entered
        entry_add(&entries, rules, h->product, on, arena);
    }
    autumns_add(&entries, rules, birth, as_of, state, arena);
    history_sort(entries.at, (int)entries.count);
    return (History){entries.at, (int)entries.count};
}

Population population_make(const Schedule *rules, int count, Day as_of, uint64_t seed, Arena *arena)
{
    Population people = {NEW(arena, PopulationPerson, count), count};
    uint64_t state = seed * 2 + 1;
    for (int i = 0; i < count; i++) {
        Day birth = birth_drawn(&state, as_of);
        SubjectSex sex = random_below(&state, 2) ? SUBJECT_FEMALE : SUBJECT_MALE;
        people.at[i].subject = (Subject){.birth = birth, .sex = sex};
        people.at[i].history = history_drawn(rules, birth, as_of, &state, arena);
    }
    return people;
}
