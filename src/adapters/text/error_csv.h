// The rows that a run refused: DIR/errors/<input name>.errors.csv (files.md 1); those that it took and minds:
// <input name>.warnings.csv, of the same items.
//
// Made with the first row, whole with error_csv_commit. A run without a refused row leaves no file, and
// takes away the one that an earlier run of a file of this name left.
// Items   ファイル, 行, 項目, コード, メッセージ, 元の行, 扱い (受付不可 or 注意: the row was taken)
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

typedef struct ErrorCsv ErrorCsv;

typedef struct ErrorCsvRow {
    int64_t line;  // physical line in the input
    Str item;      // the column as the file calls it; {0}: the whole row
    Str code;      // R102, or the error's own name
    Str message;
    Str row_text;  // csv_row_text: masked
    bool taken;    // the row is no refused one: it was taken, and is minded
} ErrorCsvRow;

// `input_path` as the user gave it; its last part names the file. Nothing is touched yet.
ErrorCsv *error_csv_begin(Str data_dir, Str input_path, Arena *arena);
// Of a file whose name others had before it: `nth` of them, from 2 on, stands in the list's name, and the
// lists of the others stay.
ErrorCsv *error_csv_begin_nth(Str data_dir, Str input_path, int32_t nth, Arena *arena);
ErrorCsv *warning_csv_begin(Str data_dir, Str input_path, Arena *arena);
void error_csv_add(ErrorCsv *errors, const ErrorCsvRow *row);
// The same of an error, its value behind its words: the row is refused; the row is taken.
void error_csv_tell(ErrorCsv *errors, int64_t line, const Error *why, Str row_text);
void error_csv_mind(ErrorCsv *errors, int64_t line, const Error *why, Str row_text);
int64_t error_csv_count(const ErrorCsv *errors);
// `path` is where it lies, {0} when there was no row. Ends it in every case.
MUST bool error_csv_commit(ErrorCsv *errors, Arena *arena, Str *path, Error *err);
void error_csv_abandon(ErrorCsv *errors);
