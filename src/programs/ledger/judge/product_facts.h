// What the ledger must know of a product beside the rules: what it protects against, how much of it is
// one dose, what must be asked with it.
//
// Law     実施規則 (volumes by product and age); immunization.md 5.1 (D-2-14), 5.6 (components).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "day.h"
#include "str.h"

// Bits of what a product protects against; 0 for a product that this table does not list.
uint64_t product_components(Str code);

// Hundredths of a millilitre for somebody born on `birth`, given on `day`; 0: no single volume.
int32_t product_volume_ml100(Str code, Day birth, Day day);

// The product is given for a pregnancy: the rules need the due date.
bool product_needs_due_date(Str code);

// The fact that says the due date (分娩予定日) of a pregnancy.
bool fact_is_due_date(Str kind);
Day pregnancy_began(Day due);                 // 280 days before (immunization.md 2.6)
bool same_pregnancy(Day due, Day other_due);  // no two pregnancies are due so near each other
