// CSV as we write it: UTF-8 without byte order mark unless asked for, CRLF, every field quoted.
//
// Durable a file is an Output (output.h): whole and readable by its owner only, or not there. Lists of people
//         leave by csv_list.h; csv_create and csv_commit are for files of the house's own.
// Errors  E_FILE_WRITE, E_STORE_FULL when the disk is full: kept by the writer and told by csv_commit.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdio.h>

#include "errors.h"
#include "sha256.h"

typedef struct CsvWriter CsvWriter;

// In place of the file of this name, if there is one.
MUST bool csv_create(const char *path, Arena *arena, CsvWriter **writer, Error *err);
// Onto a stream (standard output), which stays open; csv_commit flushes it.
CsvWriter *csv_on_stream(FILE *out, Arena *arena);

// The byte order mark, before anything else: a spreadsheet takes the file for what it is.
#define CSV_MARK "\xEF\xBB\xBF"
void csv_mark(CsvWriter *writer);
// {0} is an empty field. It passes the outlet to spreadsheets: what may be an Individual Number is masked,
// what would run is quoted. The first row names the columns; those on the outlet's list of long numbers
// keep their digits.
void csv_put(CsvWriter *writer, Str field);
void csv_put_int64(CsvWriter *writer, int64_t number);
// The words of an error with its value, which keeps its digits where its item has them.
void csv_put_error(CsvWriter *writer, const Error *why);
void csv_end_row(CsvWriter *writer);
// Nothing passes an outlet from here on: for whoever makes input files of made-up people.
void csv_as_it_stands(CsvWriter *writer);

// Whole and on disk when it says true; else nothing of it is left. Ends the writer.
MUST bool csv_commit(CsvWriter *writer, Error *err);
// The same, with the hash of the file, read where it was written; of a stream there is none.
MUST bool csv_commit_hashed(CsvWriter *writer, Sha256 *hash, Error *err);
void csv_abandon(CsvWriter *writer);  // leaves nothing behind; NULL is fine
