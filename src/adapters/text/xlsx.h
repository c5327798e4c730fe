// A list as a workbook: one sheet of texts, its first row the heads.
//
// Made from the bytes of a list that has left (csv_list.h), so that both say the same: nothing passes by outlet and record.
// Every cell is a text: a number of fifteen digits keeps its zeros, and nothing is taken for a formula.
// Errors  E_FILE_WRITE when there is no room for it; E_LIMIT when it has more rows than a sheet.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

// `csv`: as csv_write.h writes, every field in quotes. `bytes` live in the arena.
MUST bool xlsx_of_csv(Str csv, const char *sheet, Arena *arena, Str *bytes, Error *err);
