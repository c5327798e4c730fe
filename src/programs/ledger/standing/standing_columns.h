// The columns of `standing` in one order, for every statement that reads or writes its rows.
// SPDX-License-Identifier: Apache-2.0
#pragma once

enum {
    AT_PERSON,
    AT_SERIES,
    AT_STATUS,
    AT_CONTRAINDICATED,
    AT_NO_LETTER,
    AT_POSITION,
    AT_EARLIEST,
    AT_STANDARD_FROM,
    AT_STANDARD_TO,
    AT_LAST,
    AT_LAST_SAFE,
    AT_WARD,
    AT_MONTH,
    STANDING_COLUMN_COUNT
};

// `of`: "" or the alias with its point.
#define STANDING_COLUMNS(of)                                                                   \
    of "person_id, " of "series, " of "status, " of "contraindicated, " of "no_letter, " of    \
       "position, " of "earliest, " of "standard_from, " of "standard_to, " of "last_day, " of \
       "last_safe, " of "ward, " of "month"
