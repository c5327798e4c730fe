// One row of a file as it was decided, and what is written for it when the file is published.
//
// Rows of the file in hand have provisional numbers (counter_rows.h), in the order of the file.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "claim_rows.h"
#include "dose_source_rows.h"
#include "not_given_rows.h"
#include "person_correction.h"
#include "person_fact_rows.h"
#include "waiting_rows.h"

typedef struct StagedRow {
    int64_t line;
    Str items;      // in the order of the contract, separated by BETWEEN_ITEMS; {0}: unreadable
    IntakeRow row;  // with its texts
    IntakeClinic clinic;
    IntakeDecision decision;
    int32_t row_id, person_id, dose_id, record_id, product_no;  // 0: none
    int32_t score;                                              // -1: none
    PartialDate birth;                                          // of the person, as registered
    int32_t sex;
    AddresseeNo who;
    bool is_protected;
    Str label, row_no, clinic_code, candidates, evidence, content;
    Str item;           // of a returned row: what is wrong with it, as the file calls it
    bool shown, hides;  // as it was read; without the address
    Str as_read;
    AddresseeNo number;  // that the row bears
    // What it stores; NULL: nothing of the kind.
    DoseRecord *dose;
    NotGivenRow *not_given;
    FactRow *fact;
    PersonCorrection *move;  // with which `dose` is stored
    // The dose, or below zero the examination, that it ends; 0: none. `fills`: its claims go on with the new version.
    int64_t ends;
    bool fills;
    DoseRow filled;  // that dose, as it stood
    Settling settling;
    WaitingRow *waits;  // NULL: the row waits for nobody
    SentDoses in_question;  // of a correction under review: what stands and may be meant
    const int32_t *candidate_ids;
    int32_t candidate_count;
    // The verdict on the dose that it stored; `judged` false: none is kept.
    bool judged;
    DoseJudgement judgement;
    Str reasons;
} StagedRow;
typedef StagedRow *StagedRef;
VEC(StagedRows, StagedRef, staged_rows);
