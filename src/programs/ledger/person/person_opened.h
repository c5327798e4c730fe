// Whom an act may open: the one place where the wards of a right (Act.wards) are compared with where somebody lives.
//
// Ward    of the newest version of the residence, as lists count it (standing.h). Of who is protected the ledger knows none,
//         and of many who are no residents: they are the whole city's, and no ward's.
// Law     controls C-3.3-04, C-3.3-12, C-2.3-12.
// Errors  E_RIGHT for somebody beyond the wards: recorded with whom, the act is over (act_refuses).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "person_rows.h"

// person_by_number, for an act that shows or changes the person.
MUST bool person_opened(Act *act, const AddresseeNo *who, KnownAt known, Arena *arena, PersonRow *person, Error *err);
// Of whom a request speaks, for whoever asked: somebody who lives beyond the wards by now is covered as one under protection
// is, not refused, so that the request can be taken back.
MUST bool person_subject(const Act *act, const AddresseeNo *who, Arena *arena, PersonRow *person, Error *err);
// Do the wards of the act reach this person?
MUST bool person_reached(const Act *act, int32_t person_id, bool *reached, Error *err);
// Of a list: `ward` is its filter. {0}, which is the whole city, becomes the first of the act's wards; another one than
// these is E_RIGHT.
MUST bool ward_opened(const Act *act, Str *ward, Error *err);
