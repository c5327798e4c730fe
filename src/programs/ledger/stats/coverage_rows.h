// Residents by birth month and ward, with the status that is kept of each: what coverage is counted of.
//
// Of a day for which something is kept (standing_speaks); whoever was touched since is counted as before.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_place_rows.h"
#include "coverage.h"
#include "ledger.h"

typedef struct CoverageRead {
    Coverages all;
    int first_year, first_month;  // of the birth month 0
} CoverageRead;

// `there`: false where nothing is kept for the day.
MUST bool coverage_read(const Ledger *ledger, Day as_of, const CityWards *wards, Arena *arena,
                        CoverageRead *read, bool *there, Error *err);
