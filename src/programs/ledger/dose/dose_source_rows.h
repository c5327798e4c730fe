// The rows of submissions that stored doses and examinations came with.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"
#include "store.h"
#include "vec.h"

// What the row of a stored dose said and whether anybody is paid for it.
typedef struct DoseRowOrigin {
    int64_t ref;  // dose_id; below zero: an examination's record_id
    Str clinic, lot;
    int32_t row_id;  // 0: none
    int32_t month;
    Str label, content, claimed_position;
    bool claimed, corrects;
} DoseRowOrigin;
VEC(DoseRowOrigins, DoseRowOrigin, dose_origins);

MUST bool dose_origins_of_person(Store *store, int32_t person_id, Arena *arena,
                                 DoseRowOrigins *origins, Error *err);
// Adds those of examinations.
MUST bool not_given_origins_of_person(Store *store, int32_t person_id, Arena *arena,
                                      DoseRowOrigins *origins, Error *err);

// The dose that once came with a row of this content and stands no longer; `ref` 0: none.
MUST bool dose_replaced_of_content(Store *store, int32_t person_id, Str content, int64_t *ref,
                                   Error *err);

// A dose that this clinic sent under this number of this month for anybody but `not_person`, of that product
// or of that day.
typedef struct DoseUnderRow {
    int32_t month;
    Str label, clinic_code;
    int32_t not_person;
    int32_t product_no;
    PartialDate given_on;
    int32_t dose_id, person_id;  // found; 0: none
    AddresseeNo addressee_no;
    bool is_protected;
} DoseUnderRow;
MUST bool dose_under_row(Store *store, const DoseUnderRow *asked, DoseUnderRow *found, Error *err);
