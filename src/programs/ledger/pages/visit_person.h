// The person whom a page is about: the only way in which a page gets one, and the record of the look.
//
// {person} of a path is a number sealed for this session. Who that is stands in the trail before anything of
// him or her is read, with what the work is for; what comes back is masked.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger_routes.h"
#include "person_search_rows.h"
#include "person_shown.h"

typedef struct VisitPerson {
    Ledger ledger;
    PersonFace face;
    PersonShown shown;
    ResidenceSpanRows residence;  // none of a protected person
} VisitPerson;

// Sets the band of the visit. E_NOT_FOUND, also for a number that nobody has any more.
MUST bool visit_person(Visit *visit, VisitPerson *person, Error *err);
// The same as the ledger knew the person at the end of a business day, by the rules of that day and as of it.
MUST bool visit_person_known(Visit *visit, Day known_on, VisitPerson *person, Error *err);
// The same of a person whom a page meets otherwise: in a request, in a row.
MUST bool visit_person_of(Visit *visit, const AddresseeNo *who, VisitPerson *person, Error *err);
// What of inquiries at other cities is to be said on this person's page: one that is open, or that one is offered.
typedef struct InquiryNote {
    Str words;  // {0}: nothing
    Path open;
} InquiryNote;
MUST bool inquiry_note(const Visit *visit, const VisitPerson *person, InquiryNote *note, Error *err);
// The link to this person's page, in this session: the record of the visit names whom it leads to.
MUST bool person_path(const Visit *visit, const AddresseeNo *who, Path *path, Error *err);
