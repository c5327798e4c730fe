// The immutable row set from which one person's papers are drawn (forms.md 1).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "papers.h"

// A copy that owns its texts and doses.
PaperPerson snapshot_copy(Arena *arena, const PaperPerson *person);

// Street, house and 方書, without the area that the postal code stands for: what the customer barcode is
// made of.
Str snapshot_address_rest(const PaperAddress *address, Arena *arena);
// Would the same papers be drawn from both?
bool snapshot_same(const PaperPerson *a, const PaperPerson *b);
