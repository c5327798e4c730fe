// What the records of the ledger count of its tables, so that `audit verify` names a row that SQL took away,
// added or changed. A new table whose rows only come belongs here.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "tally_rows.h"

extern const Tallies ledger_tallies;
