// The rows that a run refused: DIR/errors/<input name>.errors.csv (files.md 1); those that it took and minds:
// <input name>.warnings.csv, of the same items.
//
// A list of people like any other (csv_list.h): drafted with the first row, recorded, then readable. A run without
// such a row leaves none.
// Stays   the list of another run is never replaced and never taken away: where one lies under the name already,
//         the next number stands in the name (data.csv.2.errors.csv). The same rows again are the same list,
//         and take its place with the number of their record.
// Items   ファイル, 行, 項目, コード, メッセージ, 元の行, 扱い (受付不可 or 注意: the row was taken)
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "csv_list.h"

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
// `marked`: with a byte order mark, for a spreadsheet.
ErrorCsv *error_csv_begin(Str data_dir, Str input_path, bool marked, Arena *arena);
ErrorCsv *warning_csv_begin(Str data_dir, Str input_path, bool marked, Arena *arena);
void error_csv_add(ErrorCsv *errors, const ErrorCsvRow *row);
// The same of an error, its value behind its words: the row is refused; the row is taken.
void error_csv_tell(ErrorCsv *errors, int64_t line, const Error *why, Str row_text);
void error_csv_mind(ErrorCsv *errors, int64_t line, const Error *why, Str row_text);
int64_t error_csv_count(const ErrorCsv *errors);
Str error_csv_name(const ErrorCsv *errors);  // of the input file
// What the record says of it; there is at least one row (asserted).
MUST bool error_csv_facts(ErrorCsv *errors, CsvListFacts *facts, Error *err);
// `path` is where it lies. Ends it in every case.
MUST bool error_csv_leave(ErrorCsv *errors, const Recorded *record, Arena *arena, Str *path,
                          Error *err);
void error_csv_abandon(ErrorCsv *errors);  // NULL is fine
