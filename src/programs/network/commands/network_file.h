// A file of rows that somebody gives the network: each row is taken or told to be wrong, with its line, item and value.
//
//     NetworkFile file;
//     if (!network_file_open(act, path, &layout, arena, &file, err)) return false;
//     while (network_file_next(&file)) if (!row_taken(&file, &why)) network_file_refuse(&file, &why);
//     return network_file_close(&file, err);
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "csv.h"
#include "list_leave.h"

typedef struct NetworkFile {
    Act *act;
    CsvReader *csv;
    ErrorCsv *errors;
    CsvRow row;
    Str path;
    int64_t rows, refused;
} NetworkFile;

MUST bool network_file_open(Act *act, Str path, const CsvLayout *layout, Arena *arena, NetworkFile *file, Error *err);
bool network_file_next(NetworkFile *file);  // the next row that could be read; one that could not is refused
void network_file_refuse(NetworkFile *file, const Error *why);
// The value of a column, or E_MISSING with its name.
MUST bool network_file_value(const NetworkFile *file, int column, Str *value, Error *why);
// `why` is about this column.
bool network_file_blame(const NetworkFile *file, int column, Error *why);  // false
// False where it was not read to its end, or changed meanwhile; then nothing of it may be kept. Closes in every case.
MUST bool network_file_close(NetworkFile *file, Error *err);
// The list of what was refused, once no transaction is open, and where it lies. No list where nothing was.
MUST bool network_file_told(NetworkFile *file, Error *err);
