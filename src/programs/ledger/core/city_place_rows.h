// Which city this is: the ledger learns it from its residents.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "address.h"
#include "errors.h"
#include "store.h"

// The city's own names for reading addresses; empty while nobody is known yet.
MUST bool city_places(Store *store, Arena *arena, AddressPlaces *places, Error *err);
