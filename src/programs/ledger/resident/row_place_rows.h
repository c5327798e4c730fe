// Where a person lives, as clinics wrote it on rows that wait or were returned.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store.h"

// Takes the address out of every kept row that names one of these persons (a set of their numbers, key_set.h), alone
// or as one of several, or carries his or her 宛名番号. A row of which nobody can tell where its address stands is hidden whole.
MUST bool row_places_forget(Store *store, Str persons, Arena scratch, Error *err);
