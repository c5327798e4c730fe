// The rows of submissions that stored doses and examinations came with.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"
#include "store.h"
#include "vec.h"

// What the row of a stored dose said and whether anybody is paid for it.
typedef struct DoseRowOrigin {
    int64_t ref;  // dose_id; below zero: an examination's record_id
    int32_t person_id;
    Str clinic, lot;
    int32_t row_id;  // 0: none
    int32_t month;
    Str label, content, claimed_position;
    bool claimed, corrects;
} DoseRowOrigin;
VEC(DoseRowOrigins, DoseRowOrigin, dose_origins);

// Of doses that stand and examinations, of many persons: a set of their numbers (key_set.h), by person.
MUST bool dose_origins_of_persons(Store *store, Str persons, Arena *arena, DoseRowOrigins *origins,
                                  Error *err);

// A dose, or below zero an examination, that came with a row of this content for this person.
typedef struct ContentDose {
    int32_t person_id;
    Str content;
    int64_t ref;
} ContentDose;
VEC(ContentDoses, ContentDose, content_doses);

// `asked`: a set of contents, each with the person. Those that stand.
MUST bool contents_standing(Store *store, Str asked, Arena *arena, ContentDoses *doses, Error *err);

// A dose, or below zero an examination, that stood for a person and stands no longer.
typedef enum EndedHow {
    ENDED_WITHDRAWN,  // nothing of this person's took its place
    ENDED_CORRECTED,  // a newer version did
    ENDED_MOVED,      // somebody decided that it is another's
} EndedHow;
typedef struct EndedDose {
    int64_t ref;
    int32_t person_id, product_no;
    PartialDate given_on;
    int32_t provenance;
    Str clinic, lot, content;  // content: of the row that it came with; {0}: none
    EndedHow how;
    int32_t moved_to;  // ENDED_MOVED: whose
    int32_t row_id;    // the row whose decision ended it; 0: no such decision
    Day ended_on;      // business day
} EndedDose;
VEC(EndedDoses, EndedDose, ended_doses);

// Of many persons: a set of their numbers (key_set.h), by person.
MUST bool doses_ended_of_persons(Store *store, Str persons, Arena *arena, EndedDoses *doses, Error *err);

// What a clinic sent and what stands, for anybody.
typedef struct SentDose {
    int32_t nth;  // of the row that asks
    int32_t dose_id, person_id, product_no;
    PartialDate given_on, birth;  // birth: of the person, as registered now
    Str clinic_code;
    AddresseeNo addressee_no;
    bool is_protected;
    Str name;  // of the person; {0}: not asked for
    Str file, label;  // that it came with
    bool ended;        // it stands no longer, nor does anything that it became
    int32_t asked_by;  // a row that waits and asks about it; 0: none
} SentDose;
VEC(SentDoses, SentDose, sent_doses);

// Under numbers of this month; `asked`: a set of labels, each with the asking row.
MUST bool doses_sent_under(Store *store, int32_t month, Str asked, Arena *arena, SentDoses *doses,
                           Error *err);
// Of a product on a day, in whatever file; `asked`: a set of clinics, each with sent_on_key. `nth` stays 0.
int64_t sent_on_key(PartialDate given_on, int32_t product_no);
MUST bool doses_sent_on(Store *store, Str asked, Arena *arena, SentDoses *doses, Error *err);
// That rows of this month, which wait under these numbers, ask about; `asked` as for doses_sent_under.
MUST bool doses_in_question(Store *store, int32_t month, Str asked, Arena *arena, SentDoses *doses,
                            Error *err);
// What stands of doses that ended, for whomever they stand now; `asked`: a set of their numbers. `nth`: which.
MUST bool doses_became(Store *store, Str asked, Arena *arena, SentDoses *doses, Error *err);
// What one row asks about, in its order, as it stands now: what was moved or corrected since as what it became.
MUST bool doses_asked_by(Store *store, int32_t row_id, Arena *arena, SentDoses *doses, Error *err);
