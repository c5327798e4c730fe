// What the records of the intermediate program count of its tables (tally_rows.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "tally_rows.h"

extern const Tallies intermediate_tallies;
