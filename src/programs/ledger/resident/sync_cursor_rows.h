// How far the ledger's copy of the residents has come (contract/difference.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "consumer.h"
#include "ledger_act_rows.h"

// How far sync has come; {0} before the first batch.
typedef struct SyncCursor {
    Str epoch;
    int64_t next_no;
    Str picture;
    ToldItems withheld;  // by the register, from what was taken last
} SyncCursor;

MUST bool sync_cursor_read(Store *store, Arena *arena, SyncCursor *cursor, Error *err);
// The business day of the last sync; DAY_NONE: there was none.
MUST bool sync_day_read(Store *store, Day *day, Error *err);
// Kept in the transaction that stores the changes.
MUST bool sync_cursor_save(Store *store, const LedgerAct *act, const SyncCursor *cursor,
                           int32_t changes, Error *err);
