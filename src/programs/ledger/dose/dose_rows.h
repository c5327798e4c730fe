// Doses as the ledger keeps them: never overwritten. A correction is a new version that names the one
// it replaces; a withdrawal ends a version without another.
//
// Law     予防接種法施行令 第6条の2, 施行規則 第3条: what a record of vaccination holds.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "dose_judgement_rows.h"
#include "schedule.h"
#include "vec.h"

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
    int32_t replaces, row_id;  // 0: none
    int32_t origin_id;         // of a dose from abroad (origin_rows.h); 0: none
    Str reason;                // why there is a new version
    Str claimed_position, clinic_code, clinic_name;
    int32_t volume_ml100;  // 0: not said
    Str maker, lot;
    PartialDate expires_on;
    Str doctor, venue;
    DoseJudgement judgement;  // that stands; rows of its own, which dose_insert does not write
} DoseRecord;
VEC(DoseRecords, DoseRecord, dose_records);

// What stands now, oldest first, doses of one day in the order of recording.
MUST bool doses_of_person(Store *store, int32_t person_id, KnownAt known, Arena *arena, DoseRows *rows,
                          Error *err);
// The same of many, a set of their numbers (key_set.h), by person, now.
MUST bool doses_of_persons(Store *store, Str persons, Arena *arena, DoseRows *rows, Error *err);
// Puts one more into its place among doses of one person that are in this order.
void doses_place(DoseRows *rows, const DoseRow *dose, Arena *arena);
void dose_records_place(DoseRecords *records, const DoseRecord *record, Arena *arena);
MUST bool dose_records_of_person(Store *store, int32_t person_id, KnownAt known, Arena *arena,
                                 DoseRecords *records, Error *err);
// The same of many, a set of their numbers, by person, now.
MUST bool dose_records_of_persons(Store *store, Str persons, Arena *arena, DoseRecords *records, Error *err);
DoseRows dose_rows_of(const DoseRecords *records, Arena *arena);
// `record->dose.dose_id` and `to_act` are the caller's.
MUST bool dose_insert(Store *store, const DoseRecord *record, Error *err);
MUST bool doses_insert(Store *store, const DoseRecord *const *records, ptrdiff_t count, Error *err);
// This version stands no longer; the store ends its judgement with it.
MUST bool dose_end(Store *store, int32_t dose_id, const LedgerAct *act, Error *err);
MUST bool doses_end(Store *store, const LedgerAct *act, const int32_t *dose_ids, ptrdiff_t count,
                    Error *err);
