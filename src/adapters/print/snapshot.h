// The immutable row set from which one person's papers are drawn (forms.md 1).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "papers.h"

// A copy that owns its texts and doses.
PaperPerson snapshot_copy(Arena *arena, const PaperPerson *person);

// SHA-256 over everything a paper may show, the day it was true, and what stands behind it: rules and
// versions of the forms. The same snapshot has the same hash on every machine of one byte order.
void snapshot_hash(const PaperPerson *person, Day as_of, const Str *behind, int behind_count,
                   unsigned char hash[32]);

// Street, house and 方書, without the area that the postal code stands for: what the customer barcode is
// made of.
Str snapshot_address_rest(const PaperAddress *address, Arena *arena);
