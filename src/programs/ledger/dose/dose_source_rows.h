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

// Is there a dose or an examination of this person that came with a row of this content and stands?
MUST bool content_stands(Store *store, int32_t person_id, Str content, bool *stands, Error *err);

// What this clinic sent and what stands, for anybody.
typedef struct SentDose {
    int32_t dose_id, person_id, product_no;
    PartialDate given_on, birth;  // birth: of the person, as registered now
    AddresseeNo addressee_no;
    bool is_protected;
} SentDose;
VEC(SentDoses, SentDose, sent_doses);

typedef struct SentAsked {
    int32_t month;
    Str label, clinic_code;
    int32_t product_no;
    PartialDate given_on;
} SentAsked;

// Under this number of this month, of that product or of that day.
MUST bool doses_sent_under(Store *store, const SentAsked *asked, Arena *arena, SentDoses *doses,
                           Error *err);
// Of that product on that day, in whatever file.
MUST bool doses_sent_on(Store *store, const SentAsked *asked, Arena *arena, SentDoses *doses,
                        Error *err);
