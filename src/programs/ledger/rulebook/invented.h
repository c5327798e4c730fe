// Somebody who does not exist, so that the rules can be tried: born on a day, of a sex, never vaccinated, with
// nothing known. Judged and drawn by what judges and draws everybody else.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "person_shown.h"

// `birth` on or before `as_of` (asserted). Nobody was looked at: the person has no number and no record.
PersonShown invented_person(const Ledger *ledger, Day birth, int32_t sex, Day as_of, Arena *arena);
