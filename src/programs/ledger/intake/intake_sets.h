// What the store knows of the rows in hand, asked once for all of them: a handful of questions for a thousand rows.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "dose_rows.h"
#include "dose_source_rows.h"
#include "not_given_rows.h"
#include "person_fact_rows.h"
#include "set_slice.h"
#include "waiting_rows.h"

typedef struct IntakeSets {
    // By person; each in the order of its reader.
    DoseRows doses;
    NotGivenRows not_given;
    DoseRowOrigins origins;           // of persons of whom a row may be a likeness
    FactRows facts;                   // of persons for whom a row names a due date
    EndedDoses ended;
    // Of rows with 訂正, by the place of the row.
    WaitingLabels labels;
    SentDoses under;
    SentDoses questions;  // of rows that wait under its number
    SentDoses on;  // by dose; of whichever row asks for that clinic, product and day
    SentDoses became;  // what stands of doses that were moved away; `nth`: their number then
    SentDoses itself;  // what the row that is decided asks about, as it stands now
} IntakeSets;
