// What the store knows of the rows in hand, asked once for all of them: a handful of questions for a thousand rows.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "dose_rows.h"
#include "dose_source_rows.h"
#include "not_given_rows.h"
#include "person_fact_rows.h"
#include "waiting_rows.h"

typedef struct IntakeSets {
    // By person; each in the order of its reader.
    DoseRows doses;
    NotGivenRows not_given;
    DoseRowOrigins origins;           // of persons of whom a row may be a likeness
    FactRows facts;                   // of persons for whom a row names a due date
    ContentDoses standing, replaced;  // that came with the very same rows
    // Of rows with 訂正, by the place of the row.
    WaitingLabels labels;
    SentDoses under;
    SentDoses questions;  // of rows that wait under its number
    SentDoses on;  // by dose; of whichever row asks for that clinic, product and day
} IntakeSets;

// The rows of one person in such a set: `at` of the first, how many.
typedef struct SetSlice {
    ptrdiff_t first, count;
} SetSlice;
SetSlice set_slice(const void *rows, ptrdiff_t count, size_t size, size_t person_at,
                   int32_t person_id);
#define SET_SLICE(rows, id)                               \
    set_slice((rows).at, (rows).count, sizeof *(rows).at, \
              offsetof(__typeof__(*(rows).at), person_id), (id))
