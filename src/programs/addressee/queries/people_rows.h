// Many persons of the register with one question each: who they are, what was, who holds which number.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "hold_rows.h"
#include "key_set.h"
#include "number_rows.h"

typedef struct KnownPerson {
    AddresseeNo who;
    PersonRow row;
    RegisterVersionRows history;
    PersonHolds holds;  // open ones
    NumberNow number;
} KnownPerson;
VEC(KnownPeople, KnownPerson, known_people);

// A resident who holds a number now.
typedef struct NumberHolder {
    Sha256 index;
    int64_t person_id;
} NumberHolder;
VEC(NumberHolders, NumberHolder, number_holders);

typedef struct PersonAsked {
    AddresseeNo who;
    bool number_said;
    Sha256 number_index;
} PersonAsked;
VEC(PersonsAsked, PersonAsked, persons_asked);

// Those who are there, each once, in order of person_id, without histories; and who holds the numbers asked about,
// those of one number together.
MUST bool people_find(Store *store, const PersonsAsked *asked, Arena *arena, KnownPeople *people,
                      NumberHolders *holders, Error *err);
// All versions of `count` people in order of person_id, and what they are held for.
MUST bool people_histories(Store *store, Keys *keys, KnownPerson *people, ptrdiff_t count, Arena *arena, Error *err);
