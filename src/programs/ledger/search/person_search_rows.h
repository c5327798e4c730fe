// Residents by name and birth, for a person who searches; and how they look in a list.
//
// Privacy masked where it is read (masked.h): of a protected person no name, kana or place leaves here.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "name_fit.h"
#include "act.h"
#include "person_rows.h"
#include "person_search.h"

typedef struct PersonFace {
    PersonRow person;  // `name` masked
    Str kana, place, moved_to;
    Day status_since;              // when the newest version began; DAY_NONE
    NameComparison named, sounds;  // of what was asked: with the names, with the kana
} PersonFace;

// `asked` may be NULL: nothing is compared. `found` false: nobody has this number here.
MUST bool person_face(Store *store, int32_t person_id, const NameKey *asked, Arena *arena,
                      PersonFace *face, bool *found, Error *err);

// The ledger as a source of searches, within the wards of the act; who is protected lies in none and is not told of there.
SearchSource ledger_search_source(Act *act);

Str state_words(const PersonRow *person);
