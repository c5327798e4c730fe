// The month's submissions: one file per clinic that sends its own, one per medical association for the
// rest, with the slips of a real month; and truth.csv, which says whose every row really is.
//
// truth.csv  file,行番号,宛名番号,kinds,glance. 宛名番号 is empty when the row means nobody of this city.
//            A row that cannot be read as a row stands as L<physical line>. `kinds`: what is wrong, in
//            words. `glance` 1: a careful person would link it at a glance. Files of the history
//            (city_history.h) are not listed: what they say is true.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_sheet.h"

MUST bool submissions_write(const City *city, Str dir, Arena scratch, int64_t *rows, Error *err);
