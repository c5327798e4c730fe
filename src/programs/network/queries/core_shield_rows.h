// What organisations hide of a person (shield.h), as the core was told. `person`: the keyed link, as in core_record_rows.h.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sha256.h"
#include "shield.h"
#include "store.h"
#include "vec.h"

VEC(ShieldSaidRows, ShieldSaid, shields_said);

// Takes the place of what the organisation said before of the same procedure; of no bits nothing stays.
MUST bool core_shield_keep(Store *store, const Sha256 *person, const ShieldSaid *said, Error *err);
MUST bool core_shields_of(Store *store, const Sha256 *person, Arena *arena, ShieldSaidRows *rows, Error *err);
