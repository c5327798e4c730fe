// 送付先: where post for a person goes, for which purpose, from when until when.
//
// Law     F-2-03, linkage.md 6.2, 6.4: purpose-bound, with both days; one that is over is not used. Of a protected person it is
//         as hidden as any other place.
// Choice  on the day of sending: of those in force the one for that very purpose, else the one for all; of one purpose there is
//         one (mailing_overlaps), and none means the registered address.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "day.h"
#include "errors.h"
#include "vec.h"

typedef enum MailingPurpose {
    MAILING_ALL = 1,
    MAILING_NOTICE = 2,       // what is sent to invite, with its 予診票
    MAILING_CERTIFICATE = 3,  // what somebody applied for: certificates, decisions
    MAILING_PURPOSES = MAILING_CERTIFICATE
} MailingPurpose;

typedef struct MailingAddress {
    MailingPurpose purpose;
    Day begins_on, ends_on;  // both days included
    Str postal_code;         // 7 digits
    Str address, building;   // as printed and as long as a registered one may be; building may be {0}
} MailingAddress;
VEC(MailingAddresses, MailingAddress, mailing_addresses);

// As people choose it, in the order of the purposes; ended by NULL.
extern const char *const mailing_purpose_words[];
// MailingPurpose of such words; false with E_CODE_UNKNOWN.
MUST bool mailing_purpose_read(Str words, MailingPurpose *purpose, Error *err);
Str mailing_purpose_text(MailingPurpose purpose);

// E_MISSING, E_CODE_UNKNOWN, E_CONFLICT with the item: no postal code of seven digits, no address, the last day before the first or
// before `today`.
MUST bool mailing_possible(const MailingAddress *mailing, Day today, Error *err);
bool mailing_overlaps(const MailingAddress *a, const MailingAddress *b);  // the same purpose on one day
bool mailing_over(const MailingAddress *mailing, Day today);
// Where post for `purpose` goes on a day; NULL: to the registered address.
const MailingAddress *mailing_in_force(const MailingAddresses *all, MailingPurpose purpose, Day on);
