// Examined only (予診のみ) and stopped halfway (中止): a doctor saw the person, nothing was given.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "intake.h"
#include "ledger_act_rows.h"
#include "vec.h"

typedef struct NotGivenRow {
    int32_t record_id, person_id;
    GivenClass kind;  // GIVEN_EXAMINED_ONLY or GIVEN_STOPPED
    int32_t product_no;
    PartialDate seen_on;
    Str clinic_code, clinic_name, doctor;
    Str claimed_position;  // written, not read here
    int32_t row_id, from_act;
} NotGivenRow;
VEC(NotGivenRows, NotGivenRow, not_given);

// What stands of many persons, a set of their numbers (key_set.h), by person and day.
MUST bool not_given_of_persons(Store *store, Str persons, Arena *arena, NotGivenRows *rows,
                               Error *err);
MUST bool not_given_insert(Store *store, const LedgerAct *act, const NotGivenRow *const *rows,
                           ptrdiff_t count, Error *err);
MUST bool not_given_end(Store *store, const LedgerAct *act, const int32_t *record_ids,
                        ptrdiff_t count, Error *err);
