// Doses as the ledger keeps them: never overwritten. A correction is a new version that names the one
// it replaces; a withdrawal ends a version without another.
//
// Law     予防接種法施行令 第6条の2, 施行規則 第3条: what a record of vaccination holds.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "intake.h"
#include "ledger_act_rows.h"
#include "schedule.h"
#include "vec.h"

typedef enum LegalClass {
    LEGAL_ROUTINE_A = 1,
    LEGAL_ROUTINE_B = 2,
    LEGAL_SPECIAL = 3,
    LEGAL_CITY = 4,
    LEGAL_VOLUNTARY = 5,
    LEGAL_INSURANCE = 6,
    LEGAL_UNKNOWN = 9,
} LegalClass;

// What judging needs.
typedef struct DoseRow {
    int32_t dose_id, person_id, product_no;
    PartialDate given_on;
    Funding funding;
    DoseOverride override;
    Provenance provenance;
    int32_t from_act, to_act;
} DoseRow;
VEC(DoseRows, DoseRow, doses);

// All of it.
typedef struct DoseRecord {
    DoseRow dose;
    GivenClass kind;  // GIVEN_HERE or GIVEN_ELSEWHERE
    LegalClass legal_class;
    int32_t replaces, row_id;  // 0: none
    int32_t origin_id;         // of a dose from abroad (origin_rows.h); 0: none
    Str reason;                // why there is a new version
    Str claimed_position, clinic_code, clinic_name;
    int32_t volume_ml100;  // 0: not said
    Str maker, lot;
    PartialDate expires_on;
    Str doctor, venue;
} DoseRecord;
VEC(DoseRecords, DoseRecord, dose_records);

// What stands now, oldest first, doses of one day in the order of recording.
MUST bool doses_of_person(Store *store, int32_t person_id, Arena *arena, DoseRows *rows,
                          Error *err);
MUST bool dose_records_of_person(Store *store, int32_t person_id, Arena *arena,
                                 DoseRecords *records, Error *err);
// `record->dose.dose_id` and `to_act` are the caller's.
MUST bool dose_insert(Store *store, const DoseRecord *record, Error *err);
// The class of a dose recorded in this same transaction, once the engine has spoken.
MUST bool dose_classify(Store *store, int32_t dose_id, LegalClass legal_class, Error *err);
// This version stands no longer.
MUST bool dose_end(Store *store, int32_t dose_id, const LedgerAct *act, Error *err);
