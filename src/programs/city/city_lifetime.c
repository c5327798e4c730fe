// SPDX-License-Identifier: Apache-2.0
#include "city_lifetime.h"

#include <assert.h>

#include "calendar.h"

Day clinic_day(Day from)
{
    for (;; from++) {
        CivilDate c = civil_of(from);
        bool new_year = (c.month == 12 && c.day >= 30) || (c.month == 1 && c.day <= 3);
        if (weekday_of(from) != 0 && !new_year) return from;
    }
}

// Winter doses come back on like days every year; nobody takes that for a misprint.
static bool misprint_of(CityProduct product, Day a, const CityDose *given)
{
    bool winter = product == PRODUCT_INF || product == PRODUCT_COVID;
    if (winter || given->product != product) return false;
    CivilDate x = civil_of(a), y = civil_of(given->on);
    bool year_apart = x.month == y.month && x.day == y.day && x.year - y.year <= 1;
    bool exchanged = x.year == y.year && x.month == y.day && x.day == y.month;
    return year_apart || exchanged;
}

// Until the end of September 2020, six full days lay between any two different vaccines.
static bool too_near(CityProduct product, Day a, const CityDose *given)
{
    int days = a > given->on ? a - given->on : given->on - a;
    return a < day_of(2020, 10, 1) && given->product != product && days > 0 && days <= 6;
}

Day dose_day(const CityDoses *doses, CityProduct product, Day wanted)
{
    Day day = clinic_day(wanted);
    for (int i = 0; i < doses->count; i++) {
        const CityDose *given = &doses->at[i];
        if (!misprint_of(product, day, given) && !too_near(product, day, given)) continue;
        day = clinic_day(day + 1);
        i = -1;  // the new day is compared with all of them again
    }
    return day;
}

void dose_add(CityDoses *doses, CityDose dose)
{
    assert(doses->count < LIFETIME_DOSES_MAX);
    int place = doses->count++;
    for (; place > 0 && doses->at[place - 1].on > dose.on; place--)
        doses->at[place] = doses->at[place - 1];
    doses->at[place] = dose;
}

// Life is told up to the same day whoever asks, and cut afterwards: a shorter question must not throw
// the dice in another order.
void lifetime_doses(const City *city, int32_t person, Day until, CityDoses *doses)
{
    const Person *p = &city->people[person];
    uint64_t stream = (uint64_t)person;
    Day told = city->as_of;
    doses->count = 0;
    if (p->day_unknown) return;
    if (p->birth >= HISTORY_BEGINS)
        childhood_doses(p, dice_for(city->seed, DICE_CHILDHOOD, stream), told, doses);
    if (p->sex == 2) girlhood_doses(p, dice_for(city->seed, DICE_GIRLHOOD, stream), told, doses);
    later_doses(p, dice_for(city->seed, DICE_LATER_LIFE, stream), told, doses);
    if (p->until != DAY_NONE && p->until <= until) until = p->until - 1;
    while (doses->count && doses->at[doses->count - 1].on > until) doses->count--;
}
