// Homes of the city, and the places outside that people come from and go to.
//
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_person.h"

typedef struct Elsewhere {
    Str code, name;  // 401307, 福岡県福岡市
    bool abroad;
} Elsewhere;
extern const Elsewhere elsewhere[];  // Household.from_place and to_place count in it
uint8_t elsewhere_draw(Dice *dice);

// An address in a ward as often as people live there.
void household_home_draw(const City *city, Household *home, Dice *dice);
// One more household in a home drawn for it, one more person in a household.
int32_t household_add(City *city, Dice *dice);
int32_t person_add(City *city, Person person);
