// What the network looks like from outside at this moment: who is connected, and what lies under way. Of a letter nothing is
// opened: whose box, its kind, its length and since when is all that is here.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "core_record_rows.h"
#include "network_message.h"
#include "store.h"

typedef struct OrganisationSight {
    OrganisationCode code;
    bool suspended;
} OrganisationSight;
VEC(OrganisationSights, OrganisationSight, organisation_sights);

// Those that were admitted, in the order of their codes.
MUST bool organisations_seen(Store *store, Arena *arena, OrganisationSights *rows, Error *err);

typedef struct LetterSight {
    OrganisationCode whose;
    LetterKind kind;
    int64_t bytes;
} LetterSight;
VEC(LetterSights, LetterSight, letter_sights);

// The newest that lie in boxes, at most `most`; `lying`: how many there are in all.
MUST bool letters_seen(Store *store, int most, Arena *arena, LetterSights *rows, int64_t *lying, Error *err);

MUST bool residents_seen(Store *store, int64_t *count, Error *err);  // whom J-LIS knows
