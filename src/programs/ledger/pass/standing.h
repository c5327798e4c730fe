// Who of the city is asked about on a day, and with which rows.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_rows.h"
#include "judge.h"

// Was he or she our resident on `day`, born by then and not registered by mistake?
// The spans of `person` are those that stand.
bool lives_here(const CityPerson *person, Day day);

// The rows as they are now.
PersonRows rows_now(const CityPerson *person);
