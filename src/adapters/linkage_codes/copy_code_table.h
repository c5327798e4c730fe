// The codes that stand in copies: data/linkage/copy-codes.tsv, which the build puts into the program.
//
// Ours    the code of the house behind one (a vaccine of rules/jp, a place in its series); empty: there is none.
// Errors  E_FILE_LAYOUT with the line.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "copy_checks.h"
#include "errors.h"

// Texts point into the program; rows live in `arena`.
MUST bool copy_code_table(Arena *arena, CopyCodes *codes, Error *err);
// Reads such a table from `text`, which outlives the rows.
MUST bool copy_code_table_read(Str text, Arena *arena, CopyCodes *codes, Error *err);
// The code by which the house's own `ours` is written; NULL: none.
const CopyCode *copy_code_of_ours(const CopyCodes *codes, Str table, Str ours);
