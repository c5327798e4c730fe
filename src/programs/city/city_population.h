// Makes the people: families that could live in one home, in the ages, wards and nationalities of the
// city's shape (data/README.md), and those who left or died in the last five years.
//
// Units   `residents` counts people with 住民状態 1 in the full copy.
// Errors  E_LIMIT outside CITY_RESIDENTS_LEAST to CITY_RESIDENTS_MAX.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_person.h"
#include "errors.h"

#define CITY_RESIDENTS_LEAST 300

typedef struct CityWish {
    int64_t residents;
    uint64_t seed;
    Day as_of;
} CityWish;

MUST bool population_make(const CityWish *wish, Arena *arena, City *city, Error *err);
