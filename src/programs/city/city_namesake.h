// Two people may look the same on paper: same birth date and the same sound of name.
//
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_person.h"

// Of everybody, as the arrays stand; asked again after they change.
void namesakes_index(City *city, Arena *arena);
bool namesake_exists(const City *city, int32_t person);
