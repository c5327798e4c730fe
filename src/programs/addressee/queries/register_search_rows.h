// The register as a source of searches (person_search.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "people_rows.h"
#include "person_search.h"

typedef struct SearchedRegister {
    Store *store;
    Keys *keys;
} SearchedRegister;

// `of` of the result points at `searched`. Who is found says nothing of where a protected person is.
SearchSource register_search_source(SearchedRegister *searched);
// Everybody whom a name of `state`, or the birth date, leads to: each once, without histories.
MUST bool people_led_to(Store *store, const PersonState *state, int most, Arena *arena, KnownPeople *people, Error *err);
