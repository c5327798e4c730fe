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

// The people that were found, and where each text that was asked about stands in them (place + 1). Of a person with several
// addressee numbers there is a row for each, one behind the other.
typedef struct RelayFound {
    RelayPeople people;
    Map at;
} RelayFound;

MUST bool relay_of_addressees(Store *store, KeySet *asked, Arena *arena, RelayFound *found, Error *err);
// Of several addressee numbers of a person the one that stands and became known last comes first.
MUST bool relay_of_unified(Store *store, KeySet *asked, Arena *arena, RelayFound *found, Error *err);
// The first row; NULL: nobody has it.
const RelayPerson *relay_person(const RelayFound *found, Str asked);
// The row of the person's next number; NULL: there is none.
const RelayPerson *relay_person_next(const RelayFound *found, const RelayPerson *person);
