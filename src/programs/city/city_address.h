// Addresses as the register prints them, and as people write them on a sheet.
//
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_person.h"

// 福岡県北九州市小倉北区馬借二丁目6番1号
Str address_registered(const City *city, const Household *home, Arena *arena);
Str address_town(const City *city, const Household *home, Arena *arena);  // 馬借二丁目
Str address_building(const City *city, const Household *home,
                     Arena *arena);  // {0}: a house of its own
// Several honest ways of writing the same home, chosen by the dice.
Str address_written(const City *city, const Household *home, Dice *dice, Arena *arena);
