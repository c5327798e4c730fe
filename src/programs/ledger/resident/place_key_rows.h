// Where a protected person was, as the ledger keeps it: keyed indexes that a written address can be compared with,
// and that tell nothing without the ledger's ring of keys.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "matching.h"
#include "seal.h"
#include "store.h"

// The keys under which a registered address is filed, and those with which a written one asks.
MatchKeys place_keys_filed(const Keys *keys, Str address, Str building, const AddressPlaces *places,
                           Arena *arena);
MatchKeys place_keys_asking(const Keys *keys, Str address, const AddressPlaces *places,
                            Arena *arena);

// A household number as it may stand: whoever shared one still does. {0} for none.
Str household_token(const Keys *keys, Str household_no, Arena *arena);

typedef struct PlaceKey {
    int32_t person_id;
    Str key;
} PlaceKey;
VEC(PlaceKeys, PlaceKey, place_keys);

// What is filed already stays.
MUST bool place_keys_add(Store *store, const PlaceKeys *filed, Error *err);
