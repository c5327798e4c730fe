// SPDX-License-Identifier: Apache-2.0
#include "coverage_rows.h"

#include <assert.h>

#include "calendar.h"
#include "series_wanted.h"
#include "standing_roll.h"

enum { BIRTH_MONTHS = COVERAGE_YEARS * 12 };

// Out of one index, those who are alike in one row.
static const char people_sql[] =
    "SELECT born, ward, statuses, count(*) FROM standing_person WHERE statuses <> '' AND born BETWEEN $1 AND $2"
    " GROUP BY born, ward, statuses";

static int ward_at(const CityWards *wards, Str code)
{
    for (int w = 0; w < wards->count && w < COVERAGE_WARDS; w++)
        if (str_equal(wards->at[w].code, code)) return w;
    return -1;
}

static bool people_add(Store *store, const CoverageRead *read, const CityWards *wards,
                       CoverageCount *count, Error *err)
{
    int last = read->first_year * 12 + read->first_month - 1 + BIRTH_MONTHS - 1;
    Query *q = query_begin(store, people_sql, err);
    if (!q) return false;
    bind_int64(q, 1, read->first_year * 100 + read->first_month);
    bind_int64(q, 2, last / 12 * 100 + last % 12 + 1);
    while (query_next(q)) {
        int born = (int)column_int64(q, 0);
        int month = (born / 100 - read->first_year) * 12 + born % 100 - read->first_month;
        coverage_add(count, &(CoveredPeople){month, ward_at(wards, column_view(q, 1)), column_view(q, 2),
                                             (int32_t)column_int64(q, 3)});
    }
    return query_end(q, err);
}

bool coverage_read(const Ledger *ledger, Day as_of, const CityWards *wards, Arena *arena,
                   CoverageRead *read, bool *there, Error *err)
{
    assert(as_of != DAY_NONE);
    StandingState state;
    CivilDate today = civil_of(as_of);
    Store *store = ledger->act->store;
    int months = today.year * 12 + today.month - BIRTH_MONTHS;  // from 0, the month after so many years ago
    *read = (CoverageRead){.first_year = months / 12, .first_month = months % 12 + 1};
    if (!standing_state_read(store, arena, &state, err)) return false;
    *there = standing_speaks(&state, ledger->schedule, as_of, *arena);
    if (!*there) return true;
    int ward_count = wards->count < COVERAGE_WARDS ? (int)wards->count : COVERAGE_WARDS;
    CoverageCount *count = coverage_begin(series_of_class(ledger->schedule, S("A")), BIRTH_MONTHS,
                                          ward_count, arena);
    if (!people_add(store, read, wards, count, err)) return false;
    read->all = coverage_end(count, arena);
    return true;
}
