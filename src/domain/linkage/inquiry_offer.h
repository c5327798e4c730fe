// P1: about whom a new resident's former city is asked for what was given there, and about whom not (linkage.md 4).
//
// Law     命令第2条の項 25 (予防接種法による予防接種の実施): only who moved in from a place in Japan, and only while some
//         vaccination is open to him or her. Of a protected person an officer confirms first: the former city's record
//         would show that we asked, and with it where the person is now.
// Pure    who answers for a place, and whether anything is open, arrive as facts.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "day.h"
#include "office_code.h"

typedef struct MovedIn {
    int event_reason;        // of the version that brought the person (resident_event.h)
    bool lives_here;         // today
    bool is_protected;
    bool concerned;          // some vaccination is open now, or will be within a year
    bool asked;              // about this move already
    MunicipalityCode from;   // who answers for the former address; zeroed: the register does not say
    MunicipalityCode here;   // our own city
} MovedIn;

typedef enum OfferNo {
    OFFER_YES,
    OFFER_NOT_MOVED_IN,  // born here, moved within the city, gone again
    OFFER_ABROAD,        // from another country, or nobody knows from where: nobody could be asked
    OFFER_OUR_OWN,       // from one of our wards: what was given here is known
    OFFER_NOTHING_OPEN,  // no vaccination by law for this age
    OFFER_PROTECTED,     // an officer confirms first
    OFFER_ASKED,
    OFFER_NO_COUNT
} OfferNo;

OfferNo inquiry_offer(const MovedIn *moved);
