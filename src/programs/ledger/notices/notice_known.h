// What the ledger knows of the people of a batch beside the list, read by portions: six statements a portion, however
// many persons it has.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "dose_rows.h"
#include "notice_rows.h"
#include "person_fact_rows.h"
#include "person_mailing_rows.h"

enum { NOTICE_PORTION = 1000 };

// One person.
typedef struct NoticeKnown {
    FactRows facts;
    NoticeRows history;  // before the batch, oldest first
    DoseRows doses;
    NoticeAddress address;
    MailingAddresses mailings;
    Str register_held;  // why the register holds the letter; {0}: it does not
} NoticeKnown;

typedef struct NoticePortion {
    FactRows facts;  // all by person
    NoticeRows history;
    DoseRows doses;
    NoticeAddresses addresses;
    PersonMailings mailings;
    NoticeHolds holds;
} NoticePortion;

// Of these persons, as the open transaction sees them. `before_run`: what left with this run or later is no history.
MUST bool notice_portion_read(Store *store, int32_t before_run, const int32_t *ids, ptrdiff_t count,
                              Arena *arena, NoticePortion *portion, Error *err);
// One of them; its rows lie in the portion, its mailing addresses in `arena`.
NoticeKnown notice_known(const NoticePortion *portion, int32_t person_id, Arena *arena);
