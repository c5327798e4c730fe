// Under which names people are found (name_key.h): of every version there is, whether it stands or not, so that a row
// once filed never changes.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "register_rows.h"
#include "vec.h"

VEC(PersonNames, Str, person_names);

// The keys that `made` adds to those of `history`, each once.
PersonNames person_names_new(const RegisterVersionRows *history, const RegisterVersionRows *made, Arena *arena);
extern const char person_name_sql[];  // key, person

// Whoever was stored before names were filed gets his or hers: in the open transaction, a portion of people at a time.
MUST bool people_named(Store *store, Keys *keys, Arena scratch, Error *err);
