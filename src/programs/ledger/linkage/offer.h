// P1: who moved in, and of whom the former city may be asked (inquiry_offer.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "inquiry_offer.h"
#include "ledger.h"
#include "moved_in_rows.h"
#include "municipality.h"

typedef struct Offer {
    MovedInRow row;
    MunicipalityCode answers;  // who is asked; zeroed: nobody could be
    MunicipalityCode here;     // our own city
    OfferNo no;
} Offer;
VEC(Offers, Offer, offers);

// Everybody who moved in on or after `since`, also those who are not offered, each with the reason.
MUST bool offers_since(const Ledger *ledger, const MunicipalityTable *places, Day since, Arena *arena, Offers *offers,
                       Error *err);
Offer offer_of(const Ledger *ledger, const MunicipalityTable *places, const MovedInRow *row, Arena scratch);
