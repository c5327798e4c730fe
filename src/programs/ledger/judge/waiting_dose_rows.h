// Doses that clinics reported and a person has yet to decide about: until then nobody is written to about their
// series, for the child may have had that very dose.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "judge.h"

// For each person whom the row may mean.
typedef struct WaitingDose {
    int32_t person_id;
    int32_t product_no;    // 0: not known, so it may be of any series
    PartialDate given_on;  // {0}: not known
} WaitingDose;
VEC(WaitingDoses, WaitingDose, waiting_doses);

// As they waited then. Everybody's, ordered by person, product and row: a city-wide pass reads them once beside the
// residents; and one person's.
MUST bool waiting_doses_of_all(Store *store, KnownAt known, Arena *arena, WaitingDoses *doses, Error *err);
MUST bool waiting_doses_of_person(Store *store, int32_t person_id, KnownAt known, Arena *arena, WaitingDoses *doses,
                                  Error *err);

// Does one of them belong to this series of this person? One of an unknown product may be of any.
bool dose_waits(const WaitingDoses *doses, const Judge *judge, int32_t person_id, int group);

// The kind of work that holds the letter, as lists name it; {0}: none of these doses does.
Str dose_waits_kind(const WaitingDoses *doses, const Judge *judge, int32_t person_id, int group);
