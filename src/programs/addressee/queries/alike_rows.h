// People of the register who may be somebody that is about to be entered.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "likeness.h"
#include "people_rows.h"

enum { ALIKE_READ_MOST = 400, ALIKE_SHOWN_MOST = 20 };

typedef struct AlikePerson {
    KnownPerson person;  // with its history
    PersonLikeness likeness;
} AlikePerson;
VEC(AlikePeople, AlikePerson, alike_people);

// Those who are near `state` (likeness_asks), nearest first, ALIKE_SHOWN_MOST at most; residents and former residents,
// and those who were registered by hand. Nobody whose registration was taken back.
MUST bool people_alike(Store *store, Keys *keys, const PersonState *state, Arena *arena, AlikePeople *alike, Error *err);
