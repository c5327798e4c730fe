// Residence spans as a column keeps them: "19723 20552 2;20600 - 0", days as numbers, "-" open.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "residence.h"

Str spans_write(const ResidenceSpanRows *spans, Arena *arena);
// E_STORE for what spans_write did not write.
MUST bool spans_read(Str text, Arena *arena, ResidenceSpanRows *spans, Error *err);
