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

// For the month that follows: one more household in a home drawn for it, one more person in it.
int32_t household_add(City *city, Dice *dice);
int32_t person_add(City *city, Person person);
void household_home_draw(const City *city, Household *home, Dice *dice);
// How many towns outside are known, for Household.from_place and to_place.
typedef struct Elsewhere {
    Str code, name;  // 401307, 福岡県福岡市
    bool abroad;
} Elsewhere;
extern const Elsewhere elsewhere[];
uint8_t elsewhere_draw(Dice *dice);

// Two people may look the same on paper: same birth date and the same sound of name.
void namesakes_index(City *city, Arena *arena);
bool namesake_exists(const City *city, int32_t person);
