// A made-up population in memory, the same for the same seed: ages as in a Japanese city, and the
// doses that people of those ages have in a ledger.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "schedule.h"

typedef struct PopulationPerson {
    Subject subject;
    History history;
} PopulationPerson;

typedef struct Population {
    PopulationPerson *at;
    int count;
} Population;

// `rules` must hold the products of the table in population.c (asserted).
Population population_make(const Schedule *rules, int count, Day as_of, uint64_t seed,
                           Arena *arena);
