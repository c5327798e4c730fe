// Lists of many people that a second person has let leave: db/ledger/0029_list_permit.sql says what each column means.
//
// Bound   each permit by a keyed digest to its number, whom it was given to, the conditions and lines of the list, and
//         its day: SQL gives nobody another's permit, and lengthens none. One that SQL opens again or adds is
//         named by the trail (ledger_tallied_rows.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "seal.h"
#include "store.h"

typedef struct ListPermit {
    Str asker, asked;
    Sha256 content;  // keyed digest of the lines
    Day day;
} ListPermit;

// Inside the open transaction.
MUST bool list_permit_insert(Store *store, const Keys *keys, const ListPermit *permit, Arena scratch, Error *err);
// The number of one that is not taken yet, for this very list and day; 0: there is none.
MUST bool list_permit_find(Store *store, const Keys *keys, const ListPermit *permit, Arena scratch,
                           int64_t *permit_no, Error *err);
// Takes it, inside the open transaction, under the record of that number. E_CONFLICT: there is none.
MUST bool list_permit_take(Store *store, const Keys *keys, const ListPermit *permit, Instant now, int64_t record_no,
                           Arena scratch, Error *err);
