// Where a protected person is, as the database keeps it: sealed, bound to its version.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "person_state.h"
#include "seal.h"
#include "sealed_column.h"

// All items of `state` that hide (person_fields), sealed for the version `change_no`.
MUST bool place_seal(Keys *keys, int64_t change_no, const PersonState *state, Arena *arena,
                     Bytes *sealed, Error *err);
// Puts them back into `state`.
MUST bool place_open(Keys *keys, int64_t change_no, Bytes sealed, Arena *arena, PersonState *state,
                     Error *err);

extern const SealedColumn register_version_place;
