// The resident whom a page is about: the only way in which a page gets one, and the record of the look.
//
// {person} of a path is a number sealed for this session. Who that is stands in the trail before anything of him or
// her is read. What comes back is masked by the one rule of what may stand in clear (person_field_hidden).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "addressee_routes.h"
#include "person_words.h"
#include "resident_rows.h"

typedef struct VisitResident {
    AddresseeNo who;
    PersonRow row;
    RegisterVersionRows history;  // told: nothing in it is hidden
    const RegisterVersion *now;   // the newest that stands
} VisitResident;

// Sets the band of the visit. E_NOT_FOUND, also for a number that nobody has.
MUST bool visit_resident(Visit *visit, VisitResident *resident, Error *err);
// The link to somebody, in this session.
MUST bool resident_path(const Visit *visit, const Route *route, const AddresseeNo *who, Path *path,
                        Error *err);

Str age_text(PartialDate birth, Day on, Arena *arena);  // {0}: not known
