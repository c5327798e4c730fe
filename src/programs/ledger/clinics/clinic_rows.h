// Clinics and their contracts (CLINIC_<yyyymmdd>.csv, files.md 3). A new list ends what it no longer
// names and keeps what it says again.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger_act_rows.h"
#include "vec.h"

typedef struct ClinicRow {
    int64_t line;  // of the list in hand
    int32_t clinic_id;
    Str code, name, address;         // 10 digits
    Day contract_from, contract_to;  // DAY_NONE as `to`: open
    Str vaccine;                     // product or series; "" = every vaccine
} ClinicRow;
VEC(ClinicRows, ClinicRow, clinics);

// What stands, by code and number.
// The names of the lists that were taken, as they were typed, the last one first.
VEC(ClinicListNames, Str, clinic_list_names);
MUST bool clinics_taken(Store *store, Arena *arena, ClinicListNames *names, Error *err);
MUST bool clinics_read(Store *store, Arena *arena, ClinicRows *rows, Error *err);
MUST bool clinics_insert(Store *store, const LedgerAct *act, const ClinicRows *rows, Error *err);
MUST bool clinics_end(Store *store, const LedgerAct *act, const ClinicRows *rows, Error *err);
