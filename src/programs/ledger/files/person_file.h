// A file of rows that each say something of one person: a certificate from abroad, what the office has
// recognised. Every good row is kept, all in one act with one audit leaf; a row that cannot be kept is
// refused, each fault with item, value and words, and stops no other. A row that is kept may be minded: a warning.
//
// Safe    number and birth date must both be those of one resident: a number alone is no evidence.
// Errors  of the file as a whole (cannot be opened, layout, store): nothing of it is kept.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "csv.h"
#include "file_told.h"
#include "ledger.h"
#include "person_rows.h"
#include "row_items.h"

// Whom a row names.
typedef struct PersonNamed {
    AddresseeNo who;
    PartialDate birth;
    bool read;  // both
} PersonNamed;

// What is minded of an item, should its row be kept.
typedef struct PersonFileNote {
    Str item, words;
} PersonFileNote;
VEC(PersonFileNotes, PersonFileNote, person_file_notes);

typedef struct PersonFileRow {
    int64_t line;
    Str text;  // as read, for the list of refused rows
    PersonNamed named;
    const void *said;       // what the kind of file made of it; NULL: it cannot be read, `faults`
    RowFaults faults;       // all of the row
    PersonFileNotes notes;  // dates of an era that had ended
} PersonFileRow;
VEC(PersonFileRows, PersonFileRow, person_file_rows);

// The act in hand, for whoever takes its rows.
typedef struct PersonFile {
    Ledger *ledger;
    Arena *arena;
    LedgerAct act;
    void *own;                 // of the kind of file: what it counts and numbers
    const PersonFileRow *row;  // in hand
    FileTold told;
} PersonFile;

// About the row in hand, which is kept all the same: the last thing its taker says. `code` is a constant (docs/errors.md).
void person_file_warn(PersonFile *file, Str item, Str code, Str words);

typedef struct PersonFileKind {
    const CsvLayout *layout;
    ActKind act;
    // Reads a row without a look into the store; NULL and all its faults when it cannot be read. `named` is set
    // where it can be, then `named->read` too.
    const void *(*read)(PersonFile *file, const CsvRow *row, PersonNamed *named, RowFaults *faults);
    // Once, in the transaction, before the first row is taken; `rows` holds unreadable ones too.
    bool (*begin)(PersonFile *file, const PersonFileRows *rows, Error *err);
    // Keeps what a row says of this person. False refuses the row; it must then have written nothing.
    bool (*take)(PersonFile *file, const void *said, const PersonRow *person, Error *err);
} PersonFileKind;

typedef struct PersonFileReport {
    int64_t rows, refused;
    FileTold told;  // file_told_print
} PersonFileReport;

MUST bool person_file_take(Ledger *ledger, Str path, CsvEncoding encoding,
                           const PersonFileKind *kind, void *own, Arena *arena,
                           PersonFileReport *report, Error *err);
