// Individual Numbers (個人番号) as the register keeps them: sealed, one row per generation.
//
// Law     番号法 第12条, 第20条; linkage.md 6.6. Nothing here finds a person by a number: the keyed index
//         answers two questions only, "is it still the same" and "does it stand on somebody else".
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "individual_no.h"
#include "register_plan.h"
#include "sealed_column.h"

// The keyed index of a number, under which it stands in the register: dear enough to be made once per
// row.
Sha256 number_index(const Keys *keys, const IndividualNo *number);

typedef struct NumberNow {  // a person's current number
    int64_t number_id;      // 0: none is known
    int32_t generation;
    Sha256 index;
} NumberNow;

// Plans the number as the person's next generation when it is not the current one; `now` is the current one then.
MUST bool number_keep(RegisterPlan *plan, int64_t person_id, const IndividualNo *number, const Sha256 *index,
                      NumberNow *now, Arena scratch, Error *err);

// The number that was planned last became known with the version that its row made, or is a change by itself.
void number_told(RegisterPlan *plan, bool with_version);

// Opens a number of the register. Wipe it.
MUST bool number_open(Keys *keys, int64_t number_id, Bytes sealed, Arena scratch, IndividualNo *number, Error *err);

// Of whom, but for one person, is this the current number? {0} digits: of nobody.
MUST bool number_holder(Store *store, const Sha256 *index, int64_t but_for, AddresseeNo *holder, Error *err);
// The person's current number.
MUST bool number_now(Store *store, int64_t person_id, Arena *arena, NumberNow *now, Error *err);

extern const SealedColumn person_number_sealed;
