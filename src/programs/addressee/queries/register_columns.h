// The columns of a version that hold the person's state, in the order of person_fields.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "seal.h"
#include "store.h"

struct PersonState;

// clang-format off
#define STATE_COLUMNS_OF(OF)                                                                      \
    OF "household_no, " OF "kind, " OF "status, " OF "name, " OF "name_kana, "                    \
    OF "name_roman, " OF "alias, " OF "alias_kana, " OF "printed_name, " OF "sex, "               \
    OF "birth, " OF "relationship, " OF "municipality_code, " OF "postal_code, " OF "town, "      \
    OF "lot, " OF "branch, " OF "sub_branch, " OF "address, " OF "building, " OF "phone, "        \
    OF "resident_from, " OF "resident_until, " OF "from_address, " OF "from_building, "           \
    OF "from_municipality, " OF "to_address, " OF "to_building, " OF "to_municipality, "          \
    OF "protection"
// clang-format on
#define STATE_COLUMNS STATE_COLUMNS_OF("")

// Binds thirty places from `first` on; what is hidden (person_field_hidden) is NULL.
void state_bind(Query *q, int first, const struct PersonState *state);
// Reads thirty columns from `first` on as they stand in clear: what may be told.
void state_read_told(Query *q, int first, Arena *arena, struct PersonState *state);
// The same, and what `sealed` hides for that change.
MUST bool state_read(Query *q, int first, Keys *keys, int64_t change_no, Bytes sealed, Arena *arena,
                     struct PersonState *state, Error *err);
