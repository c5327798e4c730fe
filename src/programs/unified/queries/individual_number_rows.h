// Individual Numbers (個人番号) by generation, sealed: the one place of the city where a person is found by a number.
//
// Law     番号法 第12条, 第20条; linkage.md 6.6. A number that was changed goes on finding and is never handed out.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "individual_no.h"
#include "sealed_column.h"
#include "unified_numbering.h"
#include "vec.h"

Sha256 individual_number_index(const Keys *keys, const IndividualNo *number);

typedef struct NumberFound {
    NumberStanding standing;  // NUMBER_UNKNOWN: nobody has or had it
    int64_t person_id;
    Instant to_at;  // of a former one: until when it was the person's
} NumberFound;
MUST bool individual_number_find(Store *store, const Sha256 *index, NumberFound *found, Error *err);
// The person's first number, or the next generation of it: the current one is closed. E_LIMIT after the last
// generation, E_CONFLICT where somebody has or had the number.
MUST bool individual_number_add(Store *store, Keys *keys, int64_t person_id, const IndividualNo *number,
                                const Sha256 *index, Instant now, Arena scratch, Error *err);
// Its generations by their dates alone, the oldest first.
typedef struct NumberSpan {
    int64_t generation;
    Instant from_at, to_at;  // to_at 0: current
} NumberSpan;
VEC(NumberSpans, NumberSpan, number_spans);
MUST bool individual_number_spans(Store *store, int64_t person_id, Arena *arena, NumberSpans *spans, Error *err);
// The current number, for J-LIS alone. Wipe it. E_NOT_FOUND: the person has none.
MUST bool individual_number_open(Store *store, Keys *keys, int64_t person_id, Arena scratch, IndividualNo *number,
                                 Error *err);

extern const SealedColumn individual_number_sealed;
