// What the ledger knows of a person beside names and doses: facts that the rules ask for (edd,
// disability_60_64, ...) and facts that the office minds (refusal, contraindication, mail_returned).
//
// A fact is true from `since` to `until`; of several of one kind the one that began last counts. What is
// recognised for one vaccine (a special circumstance, a dose that a physician accepts) is true from the day of
// its recognition on; of these all count.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger_act_rows.h"
#include "vec.h"

typedef struct FactRow {
    int32_t fact_id, person_id;
    Str kind, subject, value;  // value: "1", a number, "2026-10-31", "HEART HIV"; by kind
    Day since, until;          // until DAY_NONE: open
    int32_t from_act, to_act;
    Str source;
    int32_t row_id;
    Day began, ended;   // of a special circumstance; DAY_NONE: none, it still runs
    Day recognised_on;  // DAY_NONE: nobody said
    Str recognised_by;
} FactRow;
VEC(FactRows, FactRow, facts);

// A dose that a physician accepts for the series `subject`; `value` says which: "2024-05-10 MR", its day as
// recorded and its product as the ledger codes it.
#define FACT_ACCEPTS S("physician_accepts")
bool fact_accepts(const FactRow *fact);
bool fact_accepts_dose(const FactRow *fact, PartialDate given_on, Str product);
Str fact_accepted_value(Arena *arena, PartialDate given_on, Str product);

// What stands now, by kind and day.
MUST bool facts_of_person(Store *store, int32_t person_id, KnownAt known, Arena *arena, FactRows *rows,
                          Error *err);
// The same of many, a set of their numbers (key_set.h), by person.
MUST bool facts_of_persons(Store *store, Str persons, Arena *arena, FactRows *rows, Error *err);
// Puts one more into its place among facts of one person that are in this order.
void facts_place(FactRows *rows, const FactRow *fact, Arena *arena);
// These rows stand no longer; they are kept.
MUST bool facts_end(Store *store, const LedgerAct *act, const int32_t *fact_ids, ptrdiff_t count, Error *err);
// `fact_id`, `from_act` and `to_act` are the caller's.
MUST bool facts_insert(Store *store, const FactRow *const *facts, ptrdiff_t count, Error *err);
