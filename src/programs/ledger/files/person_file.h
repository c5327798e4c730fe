// A file of rows that each say something of one person: a certificate from abroad, what the office has
// recognised. Every good row is kept, all in one act with one audit leaf; a row that cannot be kept is
// refused, each fault with item, value and words, and stops no other. A row that is kept may be minded: a warning.
//
// Turn    the people of the file are asked about by sets and decided one by one, from a picture (from_picture.h); the
//         turn writes what was prepared, and decides anew those alone whom others have touched meanwhile.
// Safe    number and birth date must both be those of one resident: a number alone is no evidence.
// Errors  of the file as a whole (cannot be opened, layout, store): nothing of it is kept.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "csv.h"
#include "dose_rows.h"
#include "file_told.h"
#include "ledger.h"
#include "origin_rows.h"
#include "person_fact_rows.h"
#include "person_rows.h"
#include "row_items.h"

// Whom a row names.
typedef struct PersonNamed {
    AddresseeNo who;
    PartialDate birth;
    bool read;  // both
} PersonNamed;

// What is minded of an item, should its row be kept. `code` is a constant (docs/errors.md).
typedef struct PersonFileNote {
    Str item, code, words;
} PersonFileNote;
VEC(PersonFileNotes, PersonFileNote, person_file_notes);

// Is that the person whom the ledger has under this number? E_NOT_FOUND, E_CONFLICT.
MUST bool person_named_is(const PersonNamed *named, const PersonRow *person, Error *err);

typedef enum PersonRowDid {
    ROW_REFUSED,
    ROW_ADDED,
    ROW_CHANGED,  // what stood before, by what the row says now
    ROW_WITHDRAWN,
    ROW_KNOWN,  // it stands already
    ROW_DIDS
} PersonRowDid;

VEC(RecordRefs, const DoseRecord *, record_refs);

// What a row makes of its person: prepared, and written when the file is published. The numbers are provisional until
// then (counter_rows.h).
typedef struct PersonRowMade {
    PersonRowDid did;
    const Error *refused;  // NULL: not for this
    PersonFileNotes minded;
    bool waits;  // kept, and a physician must decide
    FactRow *fact;
    int32_t fact_ended;  // 0: none
    OriginRow *origin;
    OriginRow *origin_ended;  // with its doses
    DoseRecords doses;
} PersonRowMade;

typedef struct PersonFileRow {
    int64_t line;
    Str text;  // as read, for the list of refused rows
    PersonNamed named;
    const void *said;       // what the kind of file made of it; NULL: it cannot be read, `faults`
    RowFaults faults;       // all that reading found
    PersonFileNotes notes;  // dates of an era that had ended
    PersonRowMade made;     // by the last picture
} PersonFileRow;
VEC(PersonFileRows, PersonFileRow, person_file_rows);

// One person of the file as the ledger knows him or her, and as the rows before the one in hand have left it: what
// stands, each in the order of its reader.
typedef struct PersonKnown {
    PersonRow person;  // person_id 0: the ledger does not know the number
    DoseRecords doses;
    FactRows facts;
    OriginRows origins;
} PersonKnown;

// The act in hand, for whoever takes its rows.
typedef struct PersonFile {
    Ledger *ledger;
    Arena *arena;
    PersonFileRow *row;  // in hand
    int32_t facts, origins, doses;  // how many numbers were given out
    Arena notes;  // of the portion in hand
} PersonFile;

// What the row in hand does to its person: for the rows behind it at once, for the ledger when the file is published.
void person_file_keep_fact(PersonFile *file, PersonKnown *known, const FactRow *fact);
void person_file_end_fact(PersonFile *file, PersonKnown *known, int32_t fact_id);
// The origin as it is kept, with its number.
const OriginRow *person_file_keep_origin(PersonFile *file, PersonKnown *known, const OriginRow *origin);
void person_file_end_origin(PersonFile *file, PersonKnown *known, int32_t origin_id);
void person_file_keep_dose(PersonFile *file, PersonKnown *known, const DoseRecord *dose);
// About the row in hand, which is kept all the same.
void person_file_warn(PersonFile *file, Str item, Str code, Str words);

typedef struct PersonFileKind {
    const char *words;  // what is being done, shown beside how far it is
    const CsvLayout *layout;
    ActKind act;
    // Reads a row without a look into the store; NULL and all its faults when it cannot be read. `named` is set
    // where it can be, then `named->read` too.
    const void *(*read)(PersonFile *file, const CsvRow *row, PersonNamed *named, RowFaults *faults);
    // What a row says brings a product that has its number by this code; {0}: none. NULL: no row does.
    Str (*product)(const void *said, Arena *arena);
    // Decides what becomes of the row: `file->row->made.did`, and all that it keeps and ends. Asks nobody. False
    // refuses the row with `err`; it must then have kept and ended nothing.
    bool (*take)(PersonFile *file, const void *said, PersonKnown *known, Error *err);
} PersonFileKind;

typedef struct PersonFileReport {
    int64_t rows, of[ROW_DIDS];
    int64_t waiting;
    FileTold told;  // file_told_print
} PersonFileReport;

MUST bool person_file_take(Ledger *ledger, Str path, CsvEncoding encoding,
                           const PersonFileKind *kind, Arena *arena,
                           PersonFileReport *report, Error *err);
