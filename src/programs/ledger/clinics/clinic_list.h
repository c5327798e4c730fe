// The list of clinics in memory, and what it says of one row.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "clinic_rows.h"
#include "judge.h"
#include "map.h"
#include "office_code.h"

typedef struct ClinicList {
    ClinicRows rows;  // by code
    Map first;        // code -> place of its first row, plus 1
} ClinicList;

MUST bool clinic_list_read(Store *store, Arena *arena, ClinicList *list, Error *err);

// What the checks want to know of the clinic of a row. A wrong code with exactly one clinic of the
// written name is corrected to that clinic's.
IntakeClinic clinic_of_row(const ClinicList *list, const Judge *judge, Str written_name,
                           InstitutionCode *code, int32_t product_no, Day day);
