// Grown-ups: winter vaccinations, pneumococcus once, zoster from 2025, RSV in pregnancy from 2026.
// SPDX-License-Identifier: Apache-2.0
#include "calendar.h"
#include "city_lifetime.h"

typedef struct Elder {
    const Person *p;
    Dice dice;
    Day until;
    CityDoses *doses;
    int willing;  // per mille of the winters in which this person comes
} Elder;

static void elder_dose(Elder *e, CitySeries series, CityProduct product, int number, Day on)
{
    on = dose_day(e->doses, product, on);
    if (on > e->until) return;
    dose_add(e->doses, (CityDose){.on = on,
                                  .due_date = DAY_NONE,
                                  .product = (uint8_t)product,
                                  .series = (uint8_t)series,
                                  .number = (uint8_t)number});
}

// Two of three winter doses are given before the end of November.
static Day winter_day(Elder *e, Day first)
{
    int days = dice_per_mille(&e->dice, 680) ? 60 : 95;
    return first + (Day)dice_below(&e->dice, (uint32_t)days);
}

static void influenza(Elder *e)
{
    Day old = age_attained(e->p->birth, 65);
    int year = civil_of(old).year < 2001 ? 2001 : civil_of(old).year;
    for (int number = 1;; year++) {
        Day first = year == 2001 ? day_of(2001, 11, 7) : day_of(year, 10, year < 2020 ? 15 : 1);
        if (first > e->until) return;
        bool comes = dice_per_mille(&e->dice, e->willing), strong = dice_per_mille(&e->dice, 400);
        Day on = winter_day(e, first);
        if (!comes || on < old) continue;
        bool high_dose = strong && year >= 2026 && on >= age_attained(e->p->birth, 75);
        elder_dose(e, CITY_INF, high_dose ? PRODUCT_INF_HD : PRODUCT_INF, number++, on);
    }
}

static void covid(Elder *e)
{
    for (int year = 2024, number = 1; day_of(year, 10, 1) <= e->until; year++) {
        bool comes = dice_per_mille(&e->dice, e->willing * 2 / 5);
        Day on = winter_day(e, day_of(year, 10, 1));
        if (comes && on >= age_attained(e->p->birth, 65))
            elder_dose(e, CITY_COVID, PRODUCT_COVID, number++, on);
    }
}

// Does this person attain 65, 70 … 100 in the fiscal year that begins in `year`?
static bool jubilee(const Person *p, int year)
{
    for (int age = 65; age <= 100; age += 5)
        if (fiscal_year(age_attained(p->birth, age)) == year) return true;
    return false;
}

static Day day_between(Elder *e, Day first, Day last)
{
    return first + (Day)dice_below(&e->dice, (uint32_t)(last - first) + 1);
}

static void pneumococcus(Elder *e)
{
    for (int year = 2014, chance = 350; year <= 2023; year++) {
        bool comes = jubilee(e->p, year) && dice_per_mille(&e->dice, chance);
        Day on = day_between(e, year == 2014 ? day_of(2014, 10, 1) : day_of(year, 4, 1),
                             day_of(year + 1, 3, 20));
        if (jubilee(e->p, year)) chance = 150;
        if (!comes) continue;
        elder_dose(e, CITY_EPN, PRODUCT_PPSV23, 1, on);
        return;
    }
    Day first = age_attained(e->p->birth, 65), last = age_attained(e->p->birth, 66) - 8;
    if (last < day_of(2024, 4, 1) || !dice_per_mille(&e->dice, 350)) return;
    Day on = day_between(e, first < day_of(2024, 4, 1) ? day_of(2024, 4, 1) : first, last);
    Day given = dose_day(e->doses, PRODUCT_PPSV23, on);
    elder_dose(e, CITY_EPN, given < day_of(2026, 4, 1) ? PRODUCT_PPSV23 : PRODUCT_PCV20, 1, on);
}

static void zoster(Elder *e)
{
    int last_year = fiscal_year(e->until);
    for (int year = 2025; year <= last_year && year <= 2029; year++) {
        bool past_hundred = year == 2025 && age_attained(e->p->birth, 100) < day_of(2025, 4, 1);
        if (!jubilee(e->p, year) && !past_hundred) continue;
        bool comes = dice_per_mille(&e->dice, 200), recombinant = dice_per_mille(&e->dice, 620);
        CityProduct product = recombinant ? PRODUCT_RZV : PRODUCT_ZVL;
        Day wanted = day_between(e, day_of(year, 4, 1), day_of(year + 1, 1, 8));
        Day on = dose_day(e->doses, product, wanted);
        Day again = gap_months(on, 2) + (Day)dice_between(&e->dice, 3, 12);
        if (!comes) continue;
        elder_dose(e, CITY_HZ, product, 1, on);
        if (recombinant) elder_dose(e, CITY_HZ, product, 2, again);
        return;
    }
}

static void pregnancy(Elder *e)
{
    int age = age_completed(e->p->birth, day_of(2026, 4, 1));
    if (age < 21 || age > 42 || !dice_per_mille(&e->dice, 55)) return;
    Day due = day_of(2026, 5, 20) + (Day)dice_below(&e->dice, 300);
    Day on = clinic_day(due - 84 + (Day)dice_below(&e->dice, 55));
    if (!dice_per_mille(&e->dice, 550) || on < day_of(2026, 4, 1) || on > e->until) return;
    dose_add(
        e->doses,
        (CityDose){
            .on = on, .due_date = due, .product = PRODUCT_RSVM, .series = CITY_RSVM, .number = 1});
}

void later_doses(const Person *p, Dice dice, Day until, CityDoses *doses)
{
    Elder e = {.p = p, .dice = dice, .until = until, .doses = doses};
    if (p->sex == 2) pregnancy(&e);
    if (age_attained(p->birth, 65) > until) return;
    // Some come nearly every winter, some now and then, some hardly ever: 55 % in all.
    uint32_t habit = dice_below(&e.dice, 100);
    e.willing = habit < 50 ? 890 : habit < 75 ? 400 : 30;
    influenza(&e);
    covid(&e);
    pneumococcus(&e);
    zoster(&e);
}
