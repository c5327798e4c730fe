// At whom each look is reviewed, as the program says (OfficeProgram.guarded_sql).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "addressee_nos.h"
#include "store.h"

// Nobody where `sql` is NULL. E_STORE: a number that is kept cannot be read, and somebody's looks would go unreviewed.
MUST bool guarded_read(Store *store, const char *sql, Arena *arena, AddresseeNos *who, Error *err);
