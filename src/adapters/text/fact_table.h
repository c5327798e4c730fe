// Tables of facts that travel inside the program (data/*.csv). Private to this folder.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "csv.h"
#include "embedded.h"

// Called for each row; what it keeps it copies into `arena`.
typedef bool FactTake(void *table, const CsvRow *row, Arena *arena, Error *err);

// Reads every row of the file named `name`. A row that cannot be taken is our own mistake: E_INTERNAL.
MUST bool fact_table_read(const char *name, const CsvLayout *layout, FactTake *take, void *table,
                          Arena *arena, Error *err);
