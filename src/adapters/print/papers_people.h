// Synthetic people for tests and benches of the papers: nobody lives there.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "papers.h"

// The day of these papers: Monday, 23 November 2026.
Day people_today(void);

PapersBatch people_batch(Str folder, const Schedule *schedule);

// A baby with five vaccines due, a child with variant characters, an elder, a foreign resident under an
// alias, one under a long Roman name, a protected person: 0 to PEOPLE_KINDS - 1.
#define PEOPLE_KINDS 6
PaperPerson people_person(int kind);

// As many different people as wanted, babies and children with one to three doses.
PaperPerson people_many(int i, Arena *arena);
