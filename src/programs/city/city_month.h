// A month of the register office, told in one daily file per working day on which anything happened:
// births, moves, deaths, names, corrections, and what had to be taken back. The arrays then hold the
// state at the month's end.
//
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_person.h"
#include "errors.h"

// Before the full copy: a few birth dates stand wrong in the register until the month corrects them.
void month_prepare(City *city);
MUST bool month_tell(City *city, Str dir, Arena scratch, int *files, Error *err);
