// A list of people: drafted, recorded, and only then readable by anybody.
//
//     csv_list_begin    a draft without a name
//     csv_put …         rows (csv_write.h); the first one names the columns
//     csv_list_facts    what the record says of it: how many rows, their digest
//     csv_list_leave    with the record: the list, whole, in its place or on standard output
//
// Number  the last column of a list for people, 一覧の証跡番号, is that of the record. A list in the contract of
//         files.md has no such column: it is found again by its digest. Either way a list in somebody's hand is
//         compared with its record (csv_list_read; audit verify FILE).
// Digest  of the rows without that column, bare: it stays in memory and is kept keyed alone.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdio.h>

#include "csv_write.h"
#include "output.h"
#include "recorded.h"

#define CSV_LIST_NUMBER "一覧の証跡番号"

typedef struct CsvListFacts {
    int64_t rows;  // without the header
    Sha256 content;
    char record[RECORDED_TEXT_SIZE];  // that it names; "": none
} CsvListFacts;

// How it leaves.
typedef struct CsvListWay {
    bool numbered;
    OutputPlace place;  // where `stream` is NULL
    FILE *stream;
    Sha256 *hash;  // gets that of the file as it leaves; NULL: nobody asks
} CsvListWay;

// `folder`: the data directory, or another one of ours, for the draft.
MUST bool csv_list_begin(Str folder, Arena *arena, CsvWriter **draft, Error *err);
// The first line of a list with these columns, as it leaves.
Str csv_list_head(const char *const *names, int count, bool numbered, Arena *arena);
// After the last row.
MUST bool csv_list_facts(CsvWriter *draft, CsvListFacts *facts, Error *err);
// Ends the draft in every case.
MUST bool csv_list_leave(CsvWriter *draft, const Recorded *record, const CsvListWay *way,
                         Arena *arena, Error *err);

// What a file says as a list. `*whole` false: rows that name different records, or none; a row cut off; no list.
MUST bool csv_list_read(const char *path, CsvListFacts *facts, bool *whole, Error *err);
