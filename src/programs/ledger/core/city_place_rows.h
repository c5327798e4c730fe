// Which city this is: the ledger learns it from its residents.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "address.h"
#include "errors.h"
#include "store.h"
#include "vec.h"

typedef struct CityWard {
    Str code, name;  // "401064", "小倉北区"
} CityWard;
VEC(CityWards, CityWard, city_wards);

// In order of code; of a city without wards none.
MUST bool city_wards(Store *store, Arena *arena, CityWards *wards, Error *err);
// The city's own names for reading addresses; empty while nobody is known yet.
MUST bool city_places(Store *store, Arena *arena, AddressPlaces *places, Error *err);
// The city itself; {0} while nobody is known yet.
MUST bool city_itself(Store *store, Arena *arena, CityWard *city, Error *err);
