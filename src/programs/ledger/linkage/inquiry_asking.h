// Inquiries are written here, whoever asks: a command or a page. They leave afterwards (inquiring.h).
//
// Protected  an officer says why, and names the city (inquiry_offer.h); the inquiry is undisclosed.
// Errors     E_HELD: a protected person, and reason or city are missing; E_CONFLICT: nobody is offered and no city is
//            named, or a file asks what is asked already; E_NOT_FOUND: no such person.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "inquiring.h"
#include "inquiry_rows.h"
#include "offer.h"

typedef struct Asking {
    Ledger ledger;
    const MunicipalityTable *places;
    MunicipalityCode to;  // who is asked; zeroed: who answers for the former address
    Str confirmed;        // why an officer said yes; {0}: nobody did
    int64_t file_no;      // that asks (inquiry_file.h); 0: none
    int64_t items;        // bits of what is asked for; 0: every item
    int64_t written;
} Asking;

MUST bool asking_procedure(Arena *arena, const Procedure **procedure, Error *err);  // P1
MUST bool asking_open(const Ledger *ledger, Arena *arena, Asking *asking, Error *err);
// A code as it was typed: of a ward its city.
MUST bool asking_to(Asking *asking, Str typed, Error *err);
// Inside a writing transaction, with a record of each.
MUST bool asking_person(Asking *asking, const AddresseeNo *who, Arena *arena, Error *err);
MUST bool asking_offered(Asking *asking, Day since, Arena *arena, Error *err);
// What of it is offered about one person today; `offer->row.person` is the person, also of one who never moved in.
MUST bool asking_offer(Asking *asking, const PersonRow *person, Arena *arena, Offer *offer, Error *err);

// All that was written leaves, by way of unified.
MUST bool asking_send(Act *act, Arena *arena, InquiriesReport *report, Error *err);
// And what came is taken.
MUST bool asking_exchange(Act *act, Arena *arena, InquiriesReport *report, Error *err);
