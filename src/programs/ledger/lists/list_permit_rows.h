// Lists of many people that a second person has let leave: db/ledger/0029_list_permit.sql says what each column means.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sha256.h"
#include "store.h"

typedef struct ListPermit {
    Str asker, asked;
    Sha256 content;
    Day day;
} ListPermit;

// Inside the open transaction.
MUST bool list_permit_insert(Store *store, const ListPermit *permit, Error *err);
// One that is not taken yet, for this very list and day.
MUST bool list_permit_there(Store *store, const ListPermit *permit, bool *there, Error *err);
// Takes it, inside the open transaction. E_CONFLICT: there is none.
MUST bool list_permit_take(Store *store, const ListPermit *permit, Instant now, Error *err);
