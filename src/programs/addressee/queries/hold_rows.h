// People whose newest row in the feed was refused: held back until a good row comes.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "person_change.h"
#include "register_rows.h"

// Begins or ends the hold of a person, as one change in the sequence; `line` is the row that did it.
MUST bool hold_write(RegisterWriter *writer, PersonRow *person, bool held, int64_t line, Error *err);

// Holds after `cursor` up to `last`, in order, as changes that say nothing else.
MUST bool holds_between(Store *store, int64_t cursor, int64_t last, Arena *arena,
                        PersonChangeRows *holds, Error *err);
