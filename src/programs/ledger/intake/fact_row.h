// One row of a file of facts (docs/facts.md): what the office has recognised of a person, or heard.
//
// Columns 宛名番号, 生年月日, 事柄, 対象, 値, 開始日, 終了日, 根拠, 取消.
// Facts   those that the rules ask for, by their id or name, and three that the office minds: 接種拒否 (refusal),
//         禁忌 (contraindication), 宛所不明 (mail_returned).
// Errors  item and value as the file has them; words say what to write.
// Law     immunization.md 5.2: the guardian's word alone makes a refusal and nothing else.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "csv.h"
#include "facts.h"
#include "identity.h"
#include "schedule.h"

typedef struct FactFileRow {
    AddresseeNo who;
    PartialDate birth;  // must be that of the register
    FactRow fact;       // without ids and act; `since` DAY_NONE: 開始日 is empty
    bool withdraws;
    int span_fact;  // the rules' fact whose value ends a time (分娩予定日), of which several may be said; FACT_NONE
} FactFileRow;

extern const CsvLayout fact_layout;

MUST bool fact_row_read(const Schedule *schedule, const CsvRow *row, Arena *arena,
                        FactFileRow *read, Error *err);

// For people: what the kind, the subject, the value and the source of a stored fact are called.
Str fact_kind_words(const Schedule *schedule, Str kind);
Str fact_subject_words(const Schedule *schedule, Str subject);
Str fact_value_words(const Schedule *schedule, const FactRow *fact, Arena *arena);
Str fact_source_words(Str source);
