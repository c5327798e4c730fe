// Doses that clinics reported and a person has yet to decide about: until then nobody is written to about their
// series, for the child may have had that very dose.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "judge.h"
#include "waiting_rows.h"

// Does one of them belong to this series of this person? One of an unknown product may be of any. `doses` are
// everybody's, in order of person.
bool dose_waits(const WaitingDoses *doses, const Judge *judge, int32_t person_id, int group);
