// SPDX-License-Identifier: Apache-2.0
#include "city_make.h"

#include "city_clinic.h"
#include "city_feed.h"
#include "city_month.h"
#include "city_namesake.h"
#include "city_submission.h"

bool city_make(const CityWish *wish, HistoryLength length, Str dir, Arena *arena,
               CityCounts *counts, Error *err)
{
    City *city = NEW(arena, City, 1);
    CityCounts made = {0};
    int differences = 0;
    if (!population_make(wish, arena, city, err)) return false;
    month_prepare(city);
    city->clinics = clinics_make(city, arena);
    if (!feed_full_copy(city, dir, *arena, err) || !clinics_write(city, dir, *arena, err) ||
        !history_write(city, length, dir, *arena, &made.history_rows, err) ||
        !month_tell(city, dir, *arena, &differences, err) || !jlis_write(city, dir, wish->as_of, *arena, err))
        return false;
    // Whom a sheet may mean is asked of the register as it stands after the month.
    namesakes_index(city, arena);
    if (!submissions_write(city, dir, *arena, &made.month_rows, err)) return false;
    made.people = city->people_count;
    made.clinics = city->clinics->count;
    made.feed_files = 1 + differences;
    *counts = made;
    return true;
}
