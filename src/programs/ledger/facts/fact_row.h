// One row of a file of facts (docs/facts.md): what the office has recognised of a person, or heard.
//
// Columns 宛名番号, 生年月日, 種類 (or 事柄), 対象, 値, 開始日, 終了日, 理由, 認定日, 認定者, 根拠, 取消.
// Facts   those that the rules ask for, by their id or name, and what the office minds: 接種拒否 (refusal),
//         禁忌 (contraindication), 宛所不明 (mail_returned), 医師が認めた接種 (physician_accepts).
// Errors  item and value as the file has them; words say what to write.
// Law     immunization.md 5.2: the guardian's word alone makes a refusal and nothing else. 施行令3条2項: a special
//         circumstance is of one vaccine, began on a day, and is shown by the physician's 理由書 or found by the city.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "csv.h"
#include "identity.h"
#include "person_fact_rows.h"
#include "row_items.h"
#include "schedule.h"

// How a fact is written and when it speaks.
typedef enum FactShape {
    FACT_PLAIN,         // true from 開始日 to 終了日
    FACT_CIRCUMSTANCE,  // of one series, from a beginning to an end; known from 認定日
    FACT_ACCEPTED,      // one dose, for one series; known from 認定日
} FactShape;

typedef struct FactFileRow {
    AddresseeNo who;
    PartialDate birth;  // must be that of the register
    bool named;         // both could be read
    // Without ids and act. `since` DAY_NONE: 開始日 is empty. Of a dose that is accepted `value` is what the file
    // says of it: its day, and a product where several are of that day.
    FactRow fact;
    FactShape shape;
    bool withdraws;
    Str withdraws_said;  // as the file has it
    int span_fact;  // the rules' fact whose value ends a time (分娩予定日), of which several may be said; FACT_NONE
} FactFileRow;

extern const CsvLayout fact_layout;

// False with every fault of the row.
MUST bool fact_row_read(const Schedule *schedule, const CsvRow *row, Arena *arena,
                        FactFileRow *read, RowFaults *faults);

// The day that tells a fact from others of its kind and subject.
Day fact_key(const FactRow *fact);

FactShape fact_shape(const FactRow *fact);

// For people: what the kind, the subject, the value and the source of a stored fact are called.
Str fact_kind_words(const Schedule *schedule, Str kind);
Str fact_subject_words(const Schedule *schedule, Str subject);
Str fact_value_words(const Schedule *schedule, const FactRow *fact, Arena *arena);
Str fact_source_words(Str source);
