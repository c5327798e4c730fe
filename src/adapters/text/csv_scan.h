// Cuts a stream of bytes into rows and fields. Private to csv.c.
//
// No byte of a CP932 or UTF-8 character can be taken for a comma, a quote or a line break (CP932's
// second bytes begin at 0x40, past all three), so rows are cut before anything is decoded.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "csv_source.h"

typedef struct CsvField {
    ptrdiff_t at, len;  // inside the row's bytes, without its quotes
    bool escaped;       // holds "" pairs
} CsvField;

typedef enum CsvScanned {
    CSV_ROW,    // cut well
    CSV_BLANK,  // an empty line
    CSV_END,
    CSV_QUOTE_OPEN,    // a quote that nobody closed
    CSV_QUOTE_ASTRAY,  // a quote where none may stand
    CSV_TOO_LONG,
    CSV_FAILED,  // the file cannot be read on; scan->error
} CsvScanned;

typedef struct CsvScan {
    CsvSource source;
    char *window;  // what was read and not yet used: [begin, end)
    ptrdiff_t begin, end;
    bool source_ended;
    bool marked;   // began with UTF-8's byte order mark
    int64_t line;  // physical line that starts at `begin`
    Str row;       // the row last cut, in the window until the next one
    int64_t row_line;
    int row_lines;  // physical lines it has
    CsvField fields[CSV_COLUMNS_MAX + 1];
    int field_count;  // CSV_COLUMNS_MAX + 1: more than there may be
    Error error;
} CsvScan;

// `scan->source` is open.
void csv_scan_begin(CsvScan *scan, Arena *arena);
// Wipes what the window still holds of the file.
void csv_scan_wipe(CsvScan *scan);

// The next row. Whatever was wrong with it, `row` is then its first physical line and the next call
// goes on behind that: a quote nobody closed swallows no good row.
CsvScanned csv_scan_next(CsvScan *scan);
// Takes the row that was cut well back, all but its first physical line.
void csv_scan_first_line_only(CsvScan *scan);
