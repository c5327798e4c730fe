// One row of a file of inquiries (一括照会; docs/ja/files.md): about whom, what for, who is asked and which items.
//
// Columns 宛名番号, 生年月日, 手続, 照会先, 項目. Without 照会先 it is the former city, without 項目 every item.
// Errors  item and value as the file has them; words say what to write. Each fault of a row is told.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "csv.h"
#include "identity.h"
#include "municipality.h"
#include "procedure_table.h"
#include "row_items.h"

typedef struct InquiryFileRow {
    AddresseeNo who;
    PartialDate birth;      // must be that of the register: a number alone is no evidence
    MunicipalityCode city;  // who answers there; zeroed: the former city
    int64_t items;          // bits (copy_item_bit)
} InquiryFileRow;

extern const CsvLayout inquiry_file_layout;

// `procedure`: the one that may be asked by file. False with every fault of the row.
MUST bool inquiry_file_row_read(const Procedure *procedure, const MunicipalityTable *places, const CsvRow *row, Arena *arena,
                                InquiryFileRow *read, RowFaults *faults);
