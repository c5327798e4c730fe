// Who is protected by the household, and the clear copies that protection must not leave behind.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "protection.h"
#include "register_rows.h"

typedef enum Beside {  // who else is of the household
    BESIDE_NOBODY,   // nobody who is protected
    BESIDE_COVERED,  // others who stay covered though nobody has a measure
    BESIDE_OWN,      // somebody with a measure
} Beside;

typedef struct Unsettled {
    PersonRow person;
    Beside beside;
} Unsettled;
VEC(UnsettledRows, Unsettled, unsettled);
VEC(PersonNumbers, int64_t, person_numbers);

// Persons on whom the household's protection should bear and does not, or does and should not.
MUST bool protection_unsettled(Store *store, Arena *arena, UnsettledRows *persons, Error *err);

// Everybody who is under protection, and who is covered with the household.
extern const char people_protected_sql[];

// Where everybody is who has a measure, and where everybody is who is covered, opened.
typedef struct HiddenPlaces {
    PersonStates own, covered;
} HiddenPlaces;
MUST bool protected_places(Store *store, Keys *keys, Arena *arena, HiddenPlaces *hidden, Error *err);

// Persons whose row does not say household and protection yet (from before there were these columns).
MUST bool households_unkeyed(Store *store, Arena *arena, PersonRows *persons, Error *err);

// Versions of protected persons that still stand in clear, from before the protection: all of them are
// sealed and take the protection on.
MUST bool clear_places_seal(Store *store, Keys *keys, Arena scratch, Error *err);

// The register said that a person's own measure is over, or that a covered person's household is another one now,
// and nobody has looked at that yet.
typedef struct EndSaid {
    int64_t file_no;  // that brought it; 0: it never did
    Str imported_by, imported_account;
} EndSaid;

MUST bool protection_end_said(Store *store, int64_t person_id, Arena *arena, EndSaid *said,
                              Error *err);
// Of these persons, those about whom something of the kind was said and nobody has looked yet.
MUST bool protection_ends_said(Store *store, const UnsettledRows *persons, Arena *arena, PersonNumbers *asked,
                               Error *err);
// Somebody has looked, or the register has taken its word back.
MUST bool protection_end_settle(Store *store, int64_t person_id, Str by, Instant at, Error *err);
