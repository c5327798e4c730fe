// CSV files as the outside world sends them (files.md 1), one row at a time.
//
// Memory  does not grow with the file: a row and its fields live in the reader until the next one.
// Shape   one header line, columns found by name in any order; quotes, "" escapes, line breaks inside
//         quotes, CRLF or LF, byte order mark. An empty field is "no value" ({0}).
//         More cells than the header has are fine where they are empty.
// Codes   UTF-8 or CP932, found out from the byte order mark, the header's names, the whole file. A CP932
//         code that has no character (外字 F040-F9FC and the like) becomes 〓 U+3013 and is told with its
//         bytes; it is never lost silently. Bytes that cannot be text at all make the row bad.
// Rows    A bad row never stops a good one: it is told with its line, and reading goes on at the next
//         physical line (a quote that nobody closed swallows nothing).
// Privacy what may be an Individual Number (individual_no.h) is masked in every field but those of columns
//         marked `secret`: whoever reads a row holds no digits of one, and stores, hashes or shows none.
//         Columns of long numbers (outlet.h) keep theirs, unless it is an Individual Number, or has nearly
//         as many digits in a row whose own number is none. csv_row_text is the only way to a row's text.
// Errors  E_FILE_OPEN, E_FILE_READ; E_FILE_LAYOUT names the mandatory columns that are missing.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "seal.h"
#include "sha256.h"

#define CSV_ROW_BYTES_MAX 65536  // of one row, line breaks included
#define CSV_ROW_LINES_MAX 100    // physical lines of one row
#define CSV_COLUMNS_MAX   256    // of one file

typedef struct CsvReader CsvReader;

typedef enum CsvEncoding { CSV_ENCODING_AUTO, CSV_ENCODING_UTF8, CSV_ENCODING_CP932 } CsvEncoding;

typedef struct CsvColumn {
    const char *name;
    bool mandatory;    // the column; whether a row may leave it empty is the reader's rule
    bool secret;       // individual numbers: masked wherever the row is shown
    const char *also;  // another heading of the same column; NULL: none
} CsvColumn;

// Whether a heading means this column.
static inline bool csv_column_named(const CsvColumn *column, Str heading)
{
    return str_equal(heading, str_of(column->name)) ||
           (column->also && str_equal(heading, str_of(column->also)));
}

typedef struct CsvLayout {
    const CsvColumn *columns;  // a static table; row.fields has the same order
    int count;
} CsvLayout;

typedef struct CsvFacts {
    CsvEncoding encoding;           // what it was read as
    int64_t bytes;
    const Str *unknown;  // columns that the layout does not know, once each
    int unknown_count;
} CsvFacts;

// A character outside the code: what a name's owner must be asked about.
typedef struct CsvGaiji {
    int column;   // index in the layout
    char hex[5];  // the bytes as read: "F040"
} CsvGaiji;

typedef struct CsvRow {
    int64_t line;           // physical line where it begins; the header stands on 1
    const Str *fields;      // layout.count of them; {0} empty or no such column
    const Str *headings;    // what the file calls each of them
    const bool *masked;     // layout.count of them: the field held what may be an Individual Number
    bool bad;               // unreadable: `problem` says why, `fields` are all {0}
    Error problem;          // row = line; E_FILE_LAYOUT, E_ENCODING or E_LIMIT
    const CsvGaiji *gaiji;  // characters that became 〓
    int gaiji_count;
} CsvRow;

// Opens a regular file, hashes it, reads the header. The reader lives in `arena` (about 2 MiB).
MUST bool csv_open(const char *path, const CsvLayout *layout, CsvEncoding encoding, Arena *arena,
                   CsvReader **reader, Error *err);
// The same over bytes in memory, which must outlive the reader.
MUST bool csv_open_text(Str bytes, const CsvLayout *layout, CsvEncoding encoding, Arena *arena,
                        CsvReader **reader, Error *err);
// "utf-8", "cp932" and their common other names, "auto" or nothing; E_USAGE for another.
MUST bool csv_encoding_parse(Str name, CsvEncoding *encoding, Error *err);

const CsvFacts *csv_facts(const CsvReader *reader);

// How a file is recognised and recorded: keyed, of its bytes. A bare digest of a file that holds an
// Individual Number would give it away to whoever tries all numbers; so the reader has none to give.
Sha256 csv_index(const CsvReader *reader, const Keys *keys);
// The same from the SHA-256 that was kept before: for what an older version wrote.
Sha256 csv_index_of(const Keys *keys, const Sha256 *bytes);
#define CSV_INDEX_TEXT_SIZE (SHA256_TEXT_SIZE + 1)
// As it is stored: "k" and 64 hex digits. A bare SHA-256 has no "k". Returns `text`.
const char *csv_index_text(const Sha256 *index, char text[CSV_INDEX_TEXT_SIZE]);

// For the report, "備考、謎"; {0} when the layout knows every column.
Str csv_unknown_text(const CsvReader *reader, Arena *arena);
int64_t csv_bytes_done(const CsvReader *reader);  // for progress, of facts->bytes

// False at the end and when reading failed: csv_close tells which. Wholly empty lines are passed.
bool csv_next(CsvReader *reader, CsvRow *row);
// What the readable rows given so far held in one column of the file, those that the layout does not know
// included; counted before anything is masked, where the layout has a secret column.
typedef struct CsvDigits {
    int64_t said;     // cells that are not empty
    int64_t twelve;   // of these, twelve digits and nothing else
    int64_t numbers;  // of these, with the check digit of an Individual Number
} CsvDigits;
int csv_columns(const CsvReader *reader);           // of the file
int csv_column(const CsvReader *reader, int i);     // place in the layout; -1: unknown to it
CsvDigits csv_digits(const CsvReader *reader, int i);
// The row last given, as read: UTF-8, secrets masked, bytes that are no text as \xHH.
Str csv_row_text(const CsvReader *reader, Arena *arena);
// Masks one more column of the layout in the text of the row last given.
void csv_row_hide(CsvReader *reader, int column);
// False when reading failed or the file changed while it was read: nothing of it may then be kept.
// Closes in every case; NULL is fine.
MUST bool csv_close(CsvReader *reader, Error *err);
