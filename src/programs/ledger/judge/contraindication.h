// Registered contraindications (禁忌・接種不適当) of one person.
//
// Law     予防接種法施行規則 第2条, 実施規則 第6条; immunization.md 5.2: no notice while it runs, nobody is
//         called late because of it, a dose given nevertheless is a warning (W202).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "judge.h"

// Does one of them speak of this product on this day? A fact names a product, a series, or all ('').
bool contraindicated(const FactRows *facts, const Schedule *schedule, const ProductView *view,
                     Day day);
// Of this series, by its name?
bool contraindicated_series(const FactRows *facts, Str series, Day day);
