// A fact at a screen: what may be chosen for each item, and the items of one that stands, as a row would say them.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "fact_row.h"
#include "person_row.h"

// Words to choose from, ended by NULL.
const char *const *fact_kinds_to_choose(const Schedule *schedule, Arena *arena);
const char *const *fact_subjects_to_choose(const Schedule *schedule, Arena *arena);  // series, then products
const char *const *fact_causes_to_choose(Arena *arena);
const char *const *fact_sources_to_choose(Arena *arena);

// The row that says this fact again: with other values for some of them it is its new version.
PersonRowItems fact_again(const Schedule *schedule, const FactRow *fact, Arena *arena);
// The row that withdraws it.
PersonRowItems fact_withdrawn(const Schedule *schedule, const FactRow *fact, Arena *arena);
// Does the kind of a stored fact have a value that may be another one?
bool fact_has_value(const Schedule *schedule, const FactRow *fact);
