// One row of a file of vaccinations abroad (docs/foreign-histories.md): what a paper says of one dose, and
// what a physician decided about it.
//
// Columns 宛名番号, 生年月日, 接種日, CVX, 国, 製品名, ロット番号, 根拠, 医師の判断, 数える製品, 医師, 判断日.
// Errors  item and value as the file has them; words say what to write.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "csv.h"
#include "identity.h"
#include "origin_rows.h"
#include "row_items.h"
#include "schedule.h"

typedef struct ForeignRow {
    AddresseeNo who;
    PartialDate birth;  // must be that of the register: a number alone is no evidence
    bool named;         // both could be read
    OriginRow origin;   // without ids; `counts_as` are ids of the rules
    Str lot;
    bool given_read, cvx_read, decided_read, counted_read;  // 接種日, CVX, 判断日, 数える製品
} ForeignRow;

extern const CsvLayout foreign_layout;

// Texts are in the arena; an Individual Number that slipped into one is masked. False with every fault of the row.
MUST bool foreign_row_read(const Schedule *schedule, const CsvRow *row, Arena *arena,
                           ForeignRow *read, RowFaults *faults);
