// What acts have recorded since a picture was taken.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"
#include "ledger_act_rows.h"
#include "vec.h"

// The last act that is recorded.
MUST bool act_last(Store *store, int32_t *act_no, Error *err);

typedef struct ActsSince {
    int32_t count;
    bool
        of_persons;  // each changed some persons' rows alone: neither who lives here, nor clinics, nor another file
} ActsSince;
MUST bool acts_since(Store *store, int32_t act_no, ActsSince *acts, Error *err);

typedef struct TouchedPerson {
    int32_t person_id;
    AddresseeNo who;
} TouchedPerson;
VEC(TouchedPersons, TouchedPerson, touched_persons);

// At most `most` of them and one more.
MUST bool persons_touched_since(Store *store, int32_t act_no, int32_t most, Arena *arena,
                                TouchedPersons *persons, Error *err);
