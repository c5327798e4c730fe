// HPV: withheld for eight years, offered again, made up for. One course a girl at most.
// SPDX-License-Identifier: Apache-2.0
#include "calendar.h"
#include "city_lifetime.h"

typedef struct Course {
    Day begins, ends;  // days between which the first dose is given; the last legal day of all
    int per_mille;     // of the girls who begin
} Course;

static Course course_of(const Person *p)
{
    Day from = fiscal_year_start(age_attained(p->birth, 12));
    Day to = fiscal_year_end(age_attained(p->birth, 16));
    Day routine = day_of(2013, 4, 1), withheld = day_of(2013, 6, 14), again = day_of(2022, 4, 1);
    if (to < routine) return (Course){0};
    if (p->birth < day_of(1997, 4, 2)) return (Course){routine, withheld, 500};
    if (p->birth <= day_of(2008, 4, 1)) return (Course){again, day_of(2025, 3, 31), 270};
    return (Course){from > again ? from : again, to, 450};
}

static CityProduct hpv_product(Day on)
{
    return on >= day_of(2023, 4, 1) ? PRODUCT_HPV9 : PRODUCT_HPV4;
}

// The first day of the next dose by the rule of the first one; DAY_NONE when the course is finished.
static Day next_earliest(const Person *p, const CityDose *given, int count)
{
    bool young = given[0].product == PRODUCT_HPV9 && given[0].on <= age_attained(p->birth, 15);
    if (young) return count == 1 ? gap_months(given[0].on, 6) : DAY_NONE;
    if (count == 1) return gap_months(given[0].on, 2);
    if (count == 3) return DAY_NONE;
    Day from_first = gap_months(given[0].on, 6), from_second = gap_months(given[1].on, 3);
    return from_first > from_second ? from_first : from_second;
}

void girlhood_doses(const Person *p, Dice dice, Day until, CityDoses *doses)
{
    Course course = course_of(p);
    if (!course.per_mille || !dice_per_mille(&dice, course.per_mille)) return;
    Day room = course.ends - course.begins - 260;  // most begin early enough to finish
    Day on = course.begins + (Day)dice_below(&dice, room > 400 ? 400
                                                    : room > 1 ? (uint32_t)room
                                                               : 30);
    CityDose given[3];
    for (int count = 0; count < 3; count++) {
        CityProduct product = hpv_product(on);
        on = dose_day(doses, product, on);
        if (on > until || on > course.ends) return;
        given[count] = (CityDose){.on = on,
                                  .due_date = DAY_NONE,
                                  .product = (uint8_t)product,
                                  .series = CITY_HPV,
                                  .number = (uint8_t)(count + 1)};
        dose_add(doses, given[count]);
        on = next_earliest(p, given, count + 1);
        if (on == DAY_NONE || !dice_per_mille(&dice, 960)) return;
        on += (Day)dice_below(&dice, 40);
    }
}
