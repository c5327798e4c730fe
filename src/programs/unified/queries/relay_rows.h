// Many addressee numbers against unified numbers with one question each, and back: what passes through unified.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"
#include "key_set.h"
#include "map.h"
#include "store.h"
#include "vec.h"

typedef struct RelayPerson {
    UnifiedNo no;
    AddresseeNo who;
    bool stopped;    // an open clash: nothing of this person passes
    bool withdrawn;  // the number was given by mistake: nothing is asked under it
} RelayPerson;
VEC(RelayPeople, RelayPerson, relay_people);

// The people that were found, and where each text that was asked about stands in them (place + 1).
typedef struct RelayFound {
    RelayPeople people;
    Map at;
} RelayFound;

MUST bool relay_of_addressees(Store *store, KeySet *asked, Arena *arena, RelayFound *found, Error *err);
// Of several addressee numbers of a person that stand the one that became known last.
MUST bool relay_of_unified(Store *store, KeySet *asked, Arena *arena, RelayFound *found, Error *err);
// NULL: nobody has it.
const RelayPerson *relay_person(const RelayFound *found, Str asked);
