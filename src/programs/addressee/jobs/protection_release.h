// An officer ends a person's measure that the register has said to be over; who is of the household and covered by it
// alone is uncovered with it. Or the protection of somebody whose household has no measure any more, and who stays
// covered for where he or she lives.
//
// Errors  E_NOT_FOUND: nobody has this number, or the register has not said so. E_RIGHT: by whoever imported that
//         word; two people end a measure.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "identity.h"

// `uncovered`: how many others.
MUST bool protection_release(Act *act, const AddresseeNo *who, Arena *arena, int64_t *uncovered,
                             Error *err);
