// The columns of a version that hold the person's state, in the order of person_fields.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "seal.h"
#include "store.h"

struct PersonState;

#define STATE_COLUMNS                                                                           \
    "household_no, kind, status, name, name_kana, name_roman, alias, alias_kana, printed_name," \
    " sex, birth, relationship, municipality_code, postal_code, town, lot, branch, sub_branch," \
    " address, building, phone, resident_from, resident_until, from_address, from_building,"    \
    " from_municipality, to_address, to_building, to_municipality, protection"

// Binds thirty places from `first` on; of a protected person those that hide are NULL.
void state_bind(Query *q, int first, const struct PersonState *state);
// Reads thirty columns from `first` on and what `sealed` hides for that change.
MUST bool state_read(Query *q, int first, Keys *keys, int64_t change_no, Bytes sealed, Arena *arena,
                     struct PersonState *state, Error *err);
