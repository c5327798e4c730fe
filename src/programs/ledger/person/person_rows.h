// One person, by number.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"
#include "store.h"

typedef struct PersonRow {
    int32_t person_id;  // 0: the ledger does not know this number
    AddresseeNo who;
    Str name;
    PartialDate birth;
    int32_t sex, status;
    bool is_protected, withdrawn;
} PersonRow;

MUST bool person_by_number(Store *store, const AddresseeNo *who, Arena *arena, PersonRow *person,
                           Error *err);
