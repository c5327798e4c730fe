// Residents by name and birth, for a person who searches; and how they look in a list.
//
// Privacy masked where it is read (masked.h): of a protected person no name, kana or place leaves here.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "name_fit.h"
#include "person_rows.h"
#include "vec.h"

VEC(PersonIds, int32_t, person_ids);

// Who has a name that begins with this key (name_index_key), by key; `most` at most.
MUST bool persons_named(Store *store, Str name_key, int most, Arena *arena, PersonIds *ids,
                        Error *err);
// Who was born in these days, by person.
MUST bool persons_born(Store *store, PartialDate birth, int most, Arena *arena, PersonIds *ids,
                       Error *err);

typedef struct PersonFace {
    PersonRow person;  // `name` masked
    Str kana, place, moved_to;
    Day status_since;              // when the newest version began; DAY_NONE
    NameComparison named, sounds;  // of what was asked: with the names, with the kana
} PersonFace;
VEC(PersonFaces, PersonFace, person_faces);

// `asked` may be NULL: nothing is compared. `found` false: nobody has this number here.
MUST bool person_face(Store *store, int32_t person_id, const NameKey *asked, Arena *arena,
                      PersonFace *face, bool *found, Error *err);
