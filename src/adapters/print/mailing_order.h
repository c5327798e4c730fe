// The order in which a stack is printed and handed to the post (forms.md 7).
//
// Stream, envelope, postal code (without one last), number of the address part by part, 方書,
// household, birth date, person: total, so that the same data give the same stack.
//
// Memory  a key points at texts of its owner.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "day.h"
#include "identity.h"

typedef enum MailStream {
    STREAM_ORDINARY,
    STREAM_SEPARATE,  // 別送: protected people, envelopes of their own
} MailStream;

typedef struct MailingKey {
    MailStream stream;
    int envelope;        // kind, in the order of forms/envelopes.json
    Str postal_code;     // 7 digits or {0}
    Str address_number;  // customer_address_number: "2-13-28A105"
    Str building;
    HouseholdNo household;
    PartialDate birth;
    AddresseeNo who;
} MailingKey;

int mailing_order(const MailingKey *a, const MailingKey *b);  // -1, 0, 1

// "2-9" before "2-10", digits before letters, the shorter before the longer.
int address_number_order(Str a, Str b);
