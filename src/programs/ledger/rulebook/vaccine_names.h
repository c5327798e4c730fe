// Vaccines as people choose them: the periods of one (第1期, 第2期) are one, by the name before the blank.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "schedule.h"
#include "vec.h"

typedef struct VaccineName {
    Str name;         // "麻しん風しん"
    Str id;           // of its first group
    uint64_t groups;  // as a set
} VaccineName;
VEC(VaccineNames, VaccineName, vaccine_names);

// In the order of the rules.
VaccineNames vaccine_names(const Schedule *schedule, Arena *arena);
// What `id`, of any of its groups, belongs to; NULL: no group is called so.
const VaccineName *vaccine_named(const VaccineNames *names, const Schedule *schedule, Str id);
