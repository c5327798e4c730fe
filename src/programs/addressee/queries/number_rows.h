// Individual Numbers (個人番号) as the register keeps them: sealed, one row per generation.
//
// Law     番号法 第12条, 第20条; linkage.md 6.6. Nothing here finds a person by a number: the keyed index
//         answers two questions only, "is it still the same" and "does it stand on somebody else".
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "individual_no.h"
#include "register_rows.h"
#include "sealed_column.h"

typedef struct NumberWriter {
    Store *store;
    Keys *keys;
    int64_t file_no, next_number;
    KnownSet known;  // zero: the database is asked for every number
    Query *add;      // open for the whole file
} NumberWriter;

MUST bool number_writer_begin(NumberWriter *writer, Store *store, Keys *keys, int64_t file_no,
                              Error *err);
MUST bool number_writer_end(NumberWriter *writer, Error *err);

// From here on the database is asked only about numbers that stand there, as a full copy wants it.
MUST bool numbers_known(NumberWriter *writer, Arena *arena, Error *err);
// The keyed index of a number, under which it stands in the register: dear enough to be made once per
// row.
Sha256 number_index(const NumberWriter *writer, const IndividualNo *number);
// Does another person who is a resident now hold the number of this index? `person_id` 0 for a new
// person.
MUST bool number_taken(NumberWriter *writer, int64_t person_id, const Sha256 *index, bool *taken,
                       Error *err);
// Keeps the number when it is not the person's current one, as the next generation. `*number_id` is
// the current one then. `index` is the number's.
MUST bool number_keep(NumberWriter *writer, int64_t person_id, const IndividualNo *number,
                      const Sha256 *index, int64_t *number_id, Arena scratch, Error *err);

extern const SealedColumn person_number_sealed;
