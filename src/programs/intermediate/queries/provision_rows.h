// 情報提供: what others ask of us, each permit once, with what was said to it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "hpke.h"
#include "linkage_message.h"
#include "provision.h"
#include "store.h"
#include "vec.h"

typedef struct ProvisionRow {
    int64_t provision_id;  // 0: not stored yet
    Provision state;       // without choice and approval: those are a request of the office (held_approval.h)
    PermitCopy copy;
    Bytes signed_copy;
    HpkePublic key;
    Bytes envelope;  // empty: none, or erased
    int owed;        // ProvisionEffect
    Str decided;     // by which two people; empty: by nobody
} ProvisionRow;
VEC(ProvisionRows, ProvisionRow, provision_rows);

MUST bool provision_of_permit(Store *store, const PermitId *id, Arena *arena, ProvisionRow *row, bool *found, Error *err);
MUST bool provision_of_id(Store *store, int64_t id, Arena *arena, ProvisionRow *row, bool *found, Error *err);
MUST bool provision_save(Store *store, ProvisionRow *row, Error *err);  // new where its id is 0
// Oldest first.
MUST bool provisions_owing(Store *store, int most, Arena *arena, ProvisionRows *rows, Error *err);
MUST bool provisions_held(Store *store, Arena *arena, ProvisionRows *rows, Error *err);
MUST bool provisions_too_long_held(Store *store, Instant asked_before, int most, Arena *arena, ProvisionRows *rows,
                                   Error *err);
MUST bool provision_paid(Store *store, int64_t provision_id, int effects, Error *err);
// Envelopes of what was answered before that moment go; `gone`: how many.
MUST bool provisions_forget(Store *store, Instant ended_before, int64_t *gone, Error *err);
