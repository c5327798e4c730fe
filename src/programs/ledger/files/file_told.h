// What is told of the rows of a file: those that were refused, with every fault of each, and those that were
// taken and should be looked at. Each goes into its list (DIR/errors, error_csv.h) and onto the terminal.
//
// Memory  in the arena given at the beginning.
// Errors  of a list that could not be written: at the end, file_told_commit.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "csv.h"
#include "list_leave.h"
#include "vec.h"

// What is said of one item, for the terminal.
typedef struct ToldLine {
    int64_t line;
    Str words;  // item, value and what to do
} ToldLine;
VEC(ToldLines, ToldLine, told_lines);

typedef struct FileTold {
    Act *act;
    Arena *arena;
    ErrorCsv *errors, *minded;
    ToldLines refused, warned;
    Str errors_path, minded_path;  // {0}: no such row; set by file_told_commit
    Str unknown_columns;           // {0}: the layout knows every column
} FileTold;

FileTold file_told_begin(Act *act, Str path, const CsvReader *csv, Arena *arena);
// One fault of a row that is refused; a row may have several.
void file_told_refuse(FileTold *told, int64_t line, const Error *why, Str row_text);
// Of a row that is taken all the same. `code` is one of docs/errors.md; `item` is kept, not copied.
void file_told_mind(FileTold *told, int64_t line, Str item, Str code, Str words, Str row_text);
// Lets the lists leave, each under a record of its own; ends them in every case.
MUST bool file_told_commit(FileTold *told, Error *err);
void file_told_abandon(FileTold *told);
// To standard error.
void file_told_print(const FileTold *told);
