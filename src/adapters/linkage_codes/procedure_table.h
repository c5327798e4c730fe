// What is asked of other organisations, for what: data/linkage/procedures.tsv, which the build puts into the program.
//
// Law     命令 (令和6年) 第2条: item, 事務コード, 事務手続コード and 特定個人情報名コード of each procedure that this office does
//         (linkage.md 4). The codes are the network's, so none of them stands in C.
// Errors  E_FILE_LAYOUT with the line.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "question.h"
#include "vec.h"

typedef struct Procedure {
    Str name;  // "P1"
    int item;
    AffairCode affair;
    ProcedureCode code;
    DatasetCode dataset;
    Str words;
} Procedure;
VEC(Procedures, Procedure, procedures);

// Texts point into the program; rows live in `arena`.
MUST bool procedure_table(Arena *arena, Procedures *rows, Error *err);
// Reads such a table from `text`, which outlives the rows.
MUST bool procedure_table_read(Str text, Arena *arena, Procedures *rows, Error *err);
const Procedure *procedure_named(const Procedures *rows, Str name);  // NULL: there is none
