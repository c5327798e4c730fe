// 情報照会: what we ask of others, with the one-time key and what came of it.
//
// Sealed  the one-time private key, and the key that a result has of its own (result_seal.h). Both are destroyed by
//         writing nothing in their place (store_forget carries the old pages over).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "hpke.h"
#include "inquiry.h"
#include "linkage_message.h"
#include "relay_message.h"
#include "sealed_column.h"

typedef struct InquiryRow {
    int64_t inquiry_id;  // 0: not stored yet
    Inquiry state;
    PermitAsk ask;
    Str department;
    Bytes signed_copy;  // of the permit; empty until it came
    int owed;           // InquiryEffect
    HpkePublic public_key;
    Bytes sealed_key;               // empty: destroyed
    Bytes result_key, result_data;  // sealed; empty: nothing came, or it was erased
    Instant erased_at;
} InquiryRow;
VEC(InquiryRows, InquiryRow, inquiry_rows);

MUST bool inquiry_of_number(Store *store, const InquiryNo *no, Arena *arena, InquiryRow *row, bool *found, Error *err);
MUST bool inquiry_of_permit(Store *store, const PermitId *id, Arena *arena, InquiryRow *row, bool *found, Error *err);
// Gives a new one its number; `told`: the moment at which the ledger shall hear of it (again); 0: it need not.
MUST bool inquiry_next_id(Store *store, int64_t *id, Error *err);
MUST bool inquiry_add(Store *store, const InquiryRow *row, Arena scratch, Error *err);
MUST bool inquiry_save(Store *store, const InquiryRow *row, Instant told, Error *err);
// Oldest first: those that owe something; those whose time has come; those whose result is older than `ended_before`.
MUST bool inquiries_owing(Store *store, int most, Arena *arena, InquiryRows *rows, Error *err);
MUST bool inquiries_due(Store *store, Instant now, int most, Arena *arena, InquiryRows *rows, Error *err);
MUST bool inquiries_to_erase(Store *store, Instant ended_before, int most, Arena *arena, InquiryRows *rows, Error *err);
MUST bool inquiry_paid(Store *store, int64_t inquiry_id, int effects, Error *err);  // these are done

// How inquiries stand that changed after `ask->after`.
typedef struct InquiryTold {
    int64_t change_no;
    bool unread;  // the row is damaged: of it `row.state.person` alone is there, and zeroed where that cannot be read either
    InquiryRow row;
} InquiryTold;
VEC(InquiryToldRows, InquiryTold, inquiry_tolds);
MUST bool inquiries_told(Store *store, const RelayFeedAsk *ask, Arena *arena, InquiryToldRows *rows, Error *err);
// All, newest first, for people.
MUST bool inquiries_newest(Store *store, int most, Arena *arena, InquiryRows *rows, Error *err);

SealPlace inquiry_key_place(int64_t inquiry_id, Arena *arena);
SealPlace inquiry_result_place(int64_t inquiry_id, Arena *arena);
extern const SealedColumn inquiry_key_sealed, inquiry_result_sealed;
