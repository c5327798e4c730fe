// Where a person lives, as clinics wrote it on rows that wait or were returned.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store.h"

// Takes the address out of every kept row that names this person, alone or as one of several, or carries his or
// her number. A row of which nobody can tell where its address stands is hidden whole.
MUST bool row_places_forget(Store *store, int32_t person_id, Arena scratch, Error *err);
