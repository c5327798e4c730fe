// A person file while it is taken: its rows by person. Internal to files.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "dose_judgement_rows.h"
#include "map.h"
#include "person_file.h"
#include "progress.h"

typedef PersonFileRow *PersonRowRef;
VEC(PersonRowRefs, PersonRowRef, person_row_refs);

typedef struct PersonOfFile {
    AddresseeNo who;
    PersonRowRefs rows;     // in the order of the file
    RenewedJudgements judged;  // what the rows make of his or her doses
} PersonOfFile;
typedef PersonOfFile *PersonRef;
VEC(PersonRefs, PersonRef, person_refs);

typedef struct PersonTaking {
    PersonFile file;
    const PersonFileKind *kind;
    PersonFileReport *report;
    Str path;
    const AddresseeNo *whose;  // of one row that is no file: the record names whom it is about
    Sha256 index;              // of the file
    Arena notes;   // as it is when a portion begins
    PersonFileRows rows;
    PersonRefs people;
    Map places;  // 宛名番号: place in `people`, plus 1
    Progress progress;
} PersonTaking;

// One row, after those before it.
void person_file_read(PersonTaking *t, const CsvRow *row, Str text);
// By person, each with his or her rows in the order of the file.
void person_file_group(PersonTaking *t);
// Decides the rows of these people by what the store knows of them now.
MUST bool person_file_decide(PersonTaking *t, PersonOfFile *const *people, ptrdiff_t count, Error *err);
// Counts, and writes what the rows have made, in one act with its record. A PersonTaking; inside the turn.
MUST bool person_file_publish(void *work, Error *err);
