// Envelopes that should not leave: letters of the last batches whose person has died or moved away since.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "person_rows.h"

typedef struct Envelope {
    PersonRow person;
    Str batch;   // its number, as on the papers
    Day ended;   // the last day on which the person was a resident
} Envelope;
VEC(Envelopes, Envelope, envelopes);

// Of batches after that business day, one row for a person and a batch, the longest ended first. What was taken back is
// none, and whoever was no resident long before the batch had no letter in it.
MUST bool envelopes_to_pull(Store *store, Day after, Arena *arena, Envelopes *rows, Error *err);
