// What a file of facts asks of the ledger before it keeps what was recognised for one vaccine.
//
// Law     施行令3条2項: a special circumstance opens a right only for a vaccine of which the person was a target while it
//         lasted; 施行規則2条1号: a physician may find that a dose of another time needs no more.
// Errors  E_CONFLICT, E_NOT_FOUND with item, value and what to write; those of the store.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "dose_rows.h"
#include "person_fact_rows.h"
#include "person_file.h"

// Nobody recognises anything tomorrow.
MUST bool recognised_by_now(const PersonFile *file, const FactRow *fact, Error *err);

// Of a date: it is said of somebody of whom it can be (a due date: of an age to be pregnant), and its time has begun.
// Where the sex does not fit, a warning: the register may lag behind (W403).
MUST bool date_fits(PersonFile *file, const PersonRow *person, const FactRow *fact, int rule, Day date,
                    Error *err);

// The one dose that `fact->value` means (a day, and a product where several are of it): the value becomes that of
// person_fact_rows.h. Refused where the ledger has none, several, or one that is no more than somebody's word.
MUST bool accepted_dose_find(const PersonFile *file, const DoseRows *doses, FactRow *fact,
                             Error *err);

// A warning where the circumstance opens nothing, and the clerk reads why: it met no day on which the person was a
// target (W401, with the window that was over and the day), or it ended beyond the age to which the law lengthens the
// window (W402: 施行規則2条の9). `facts` are those that stood before.
void circumstance_mind(PersonFile *file, const PersonRow *person, const DoseRows *doses,
                       const FactRows *facts, const FactRow *fact);
