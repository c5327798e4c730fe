// SPDX-License-Identifier: Apache-2.0
#include "coverage_rows.h"

#include <assert.h>

#include "calendar.h"
#include "series_wanted.h"
#include "standing_roll.h"

enum { BIRTH_MONTHS = COVERAGE_YEARS * 12 };

// By the index of births; a person with two versions of one birth date comes twice, one after the other.
static const char people_sql[] =
    "SELECT m.birth, p.person_id, s.statuses, CASE WHEN p.protected = 1 THEN NULL ELSE"
    " (SELECT v.municipality_code FROM resident_version v WHERE v.person_id = p.person_id"
    " AND v.to_act = 2147483647 ORDER BY v.version_no DESC, v.version_id DESC LIMIT 1) END"
    " FROM match_version m JOIN person p ON p.person_id = m.person_id AND p.birth = m.birth"
    " JOIN standing_person s ON s.person_id = p.person_id"
    " WHERE m.birth >= $1 AND p.withdrawn = 0 AND s.statuses <> '' ORDER BY m.birth, p.person_id";

static int ward_at(const CityWards *wards, Str code)
{
    for (int w = 0; w < wards->count && w < COVERAGE_WARDS; w++)
        if (str_equal(wards->at[w].code, code)) return w;
    return -1;
}

static bool people_add(Store *store, const CoverageRead *read, const CityWards *wards,
                       CoverageCount *count, Error *err)
{
    int64_t last = 0;
    Query *q = query_begin(store, people_sql, err);
    if (!q) return false;
    bind_int64(q, 1, (read->first_year * 100 + read->first_month) * 100);
    while (query_next(q)) {
        int64_t birth = column_int64(q, 0), person = column_int64(q, 1);
        int64_t month = (birth / 10000 - read->first_year) * 12 + birth / 100 % 100 - read->first_month;
        bool again = person == last;
        last = person;
        if (again || month < 0 || month >= BIRTH_MONTHS || !(birth / 100 % 100)) continue;
        coverage_add(count, &(CoveredPerson){(int)month, ward_at(wards, column_view(q, 3)),
                                             column_view(q, 2)});
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
