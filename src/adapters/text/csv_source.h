// Where a CSV's bytes come from: a regular file, or memory. Private to csv.c.
//
// The bytes are hashed before the first row is given, so that a file seen before is recognised in time,
// and again while they are read, so that a file that changed meanwhile is not taken for the first one.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "csv.h"

typedef struct CsvSource {
    int fd;  // -1: `bytes`
    Str bytes;
    int64_t size, offset;
    Sha256 hash;       // of the whole, taken when it was opened
    Sha256Run *again;  // of what was read since
} CsvSource;

MUST bool csv_source_open(const char *path, CsvSource *source, Error *err);
void csv_source_of_text(Str bytes, CsvSource *source);

// Up to `room` bytes from the place where the last read ended; 0 at the end.
MUST bool csv_source_read(CsvSource *source, char *at, ptrdiff_t room, ptrdiff_t *len, Error *err);
// Bytes from any place, not counted as read: for looking ahead.
MUST bool csv_source_peek(const CsvSource *source, int64_t offset, char *at, ptrdiff_t room,
                          ptrdiff_t *len, Error *err);
// After the last byte: false when they are not those that were hashed first.
bool csv_source_same(CsvSource *source);
void csv_source_close(CsvSource *source);
