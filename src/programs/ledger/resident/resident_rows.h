// The ledger's copy of the residents, as the addressee program's difference brings it.
//
// Versions are kept whole: what a change withdraws stays stored and ends with the act that heard of
// it. `person`, `match_version` and `match_name` are pictures made from the versions that stand; nothing else reads
// a version to judge.
//
// Privacy No Individual Number exists here. Of a protected person (支援措置) nothing is kept that says
//         where he or she is, in no version: who comes under protection loses the clear place of all of them in
//         the same transaction. Who that is says the addressee program alone, per person and change.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "difference.h"
#include "ledger_act_rows.h"

// How far sync has come; {0} before the first batch.
typedef struct SyncCursor {
    Str epoch;
    int64_t next_no;
    Str picture;
} SyncCursor;

MUST bool sync_cursor_read(Store *store, Arena *arena, SyncCursor *cursor, Error *err);
// The business day of the last sync; DAY_NONE: there was none.
MUST bool sync_day_read(Store *store, Day *day, Error *err);
// Kept in the transaction that stores the changes.
MUST bool sync_cursor_save(Store *store, const LedgerAct *act, const SyncCursor *cursor,
                           int32_t changes, Error *err);

// Takes changes in. Ids are given from memory, so a writer lives inside one transaction.
typedef struct ResidentWriter {
    Store *store;
    const Keys *keys;
    const LedgerAct *act;
    int32_t next_person, next_before, next_span, next_version, next_match;
    int64_t parked;  // persons of whom a change could not be told, open before or in this batch
} ResidentWriter;

MUST bool resident_writer_begin(ResidentWriter *writer, Store *store, const Keys *keys,
                                const LedgerAct *act, Error *err);

// Stores one change: a hold (resident_hold_rows.h), or the version, what it withdraws, where the person lived, and the pictures.
// A version that is stored already changes nothing (`*news` is false then).
MUST bool resident_change_store(ResidentWriter *writer, const PersonChange *change, Arena scratch,
                                bool *news, Error *err);
