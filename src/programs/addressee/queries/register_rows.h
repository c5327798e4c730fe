// Persons and their versions in the register's tables.
//
// Reading gives domain types; writing carries out what register_step decided. A writer lives inside
// one transaction: it numbers rows from memory and keeps its statements ready.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"
#include "known_set.h"
#include "register_step.h"
#include "seal.h"
#include "store.h"

typedef struct PersonRow {
    int64_t person_id;  // 0: nobody has this number yet
    int32_t status, version_no;
    int64_t number_id;  // current Individual Number; 0 none
    int64_t household_key;  // keyed index of the household number; equal for those who share it
    int32_t protection;     // Protection
    bool held;          // the last row about him or her was refused
} PersonRow;

#define PERSON_COLUMNS "person_id, status, version_no, number_id, household_key, protection, held"
PersonRow person_row(Query *q);  // from PERSON_COLUMNS, the first of the query
// A number of zeros names no household: nobody shares it.
int64_t household_key(const Keys *keys, int64_t person_id, Str household_no);

MUST bool person_find(Store *store, const AddresseeNo *who, PersonRow *person, Error *err);
// Everybody there is, into `known` (hashes of person_hash).
MUST bool persons_known(Store *store, KnownSet *known, Error *err);
uint64_t person_hash(Str addressee_no);
// All versions, oldest first; places of protected persons opened.
MUST bool person_history(Store *store, Keys *keys, int64_t person_id, Arena *arena,
                         RegisterVersionRows *history, Error *err);
// How many are residents now, and the highest person_id of all.
MUST bool residents_count(Store *store, int64_t *count, int64_t *highest_id, Error *err);
VEC(PersonRows, PersonRow, persons);
// Residents whose bit (person_id) is not set in `seen`; `highest_id` is its last one.
MUST bool residents_unseen(Store *store, const unsigned char *seen, int64_t highest_id,
                           Arena *arena, PersonRows *unseen, Error *err);

typedef struct RegisterWriter {
    Store *store;
    Keys *keys;
    int64_t file_no;
    Instant recorded_at;
    int64_t next_change, next_person, next_task;
    Query *add_person, *add_version;  // open for the whole file
} RegisterWriter;

MUST bool register_writer_begin(RegisterWriter *writer, Store *store, Keys *keys, int64_t file_no,
                                Instant now, Error *err);
MUST bool register_writer_end(RegisterWriter *writer, Error *err);

// Stores an applied step on top of `history`; `person` becomes what it is then. `number_id` of a new
// person is taken as it stands in `person`.
MUST bool register_write(RegisterWriter *writer, const AddresseeNo *who, PersonRow *person,
                         const RegisterVersionRows *history, const RegisterStep *step,
                         Arena scratch, Error *err);
// What stands in the person's row is something else now, though no version is new.
MUST bool register_write_person(RegisterWriter *writer, const PersonRow *person, Error *err);
// What a row that changed nothing asks people to do all the same.
MUST bool register_write_effects(RegisterWriter *writer, int64_t person_id, RegisterEffects effects,
                                 Error *err);
