// Does the life of every person in the city keep the law of its years? Recounted here by hand from
// immunization.md 3, with nothing of the generator's own tables.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "city_lifetime.h"
#include "city_population.h"

#define RESIDENTS 6000

static City city;
static Arena arena;

static int make_city(void **state)
{
    CityWish wish = {.residents = RESIDENTS, .seed = 42, .as_of = day_of(2026, 10, 31)};
    Error err = {0};
    (void)state;
    arena = arena_reserve((ptrdiff_t)64 << 20);
    return population_make(&wish, &arena, &city, &err) ? 0 : -1;
}

// The day before the birthday: on it the age is attained. 29 February: the 28th in common years.
static Day attains(Day birth, int years)
{
    CivilDate c = civil_of(birth);
    if (c.month == 2 && c.day == 29 && month_days(c.year + years, 2) == 28)
        return day_of(c.year + years, 2, 28);
    return day_of(c.year + years, c.month, c.day) - 1;
}

// Six months later at the least is never less than 181 days, three never less than 89.
enum { THREE_MONTHS = 89, FIVE_MONTHS = 150, SIX_MONTHS = 181, SEVEN_MONTHS = 212 };

// clang-format off
// A dose of one of these products, its number among them: least days since the one before.
typedef struct Interval { const char *products; int number, days; const char *words; } Interval;
static const Interval intervals[] = {
    {"RV1 RV5",                 2, 28,           "ロタ 27日以上"},
    {"RV1 RV5",                 3, 28,           "ロタ 27日以上"},
    {"HBV",                     2, 28,           "B型肝炎 1回目から27日以上"},
    {"HIB",                     2, 28,           "ヒブ 初回 27日以上"},
    {"HIB",                     3, 28,           "ヒブ 初回 27日以上"},
    {"HIB",                     4, SEVEN_MONTHS, "ヒブ 追加 7月以上"},
    {"PCV7 PCV13 PCV15 PCV20",  2, 28,           "肺炎球菌 初回 27日以上"},
    {"PCV7 PCV13 PCV15 PCV20",  3, 28,           "肺炎球菌 初回 27日以上"},
    {"PCV7 PCV13 PCV15 PCV20",  4, 61,           "肺炎球菌 追加 60日以上"},
    {"DPT DPT-IPV DPT-IPV-HIB", 2, 21,           "混合 初回 20日以上"},
    {"DPT DPT-IPV DPT-IPV-HIB", 3, 21,           "混合 初回 20日以上"},
    {"DPT DPT-IPV DPT-IPV-HIB", 4, SIX_MONTHS,   "混合 追加 6月以上"},
    {"VAR",                     2, THREE_MONTHS, "水痘 3月以上"},
    {"JE JE-MB",                2, 7,            "日本脳炎 6日以上"},
    {"JE JE-MB",                3, SIX_MONTHS,   "日本脳炎 追加 6月以上"},
    {"JE JE-MB",                4, 7,            "日本脳炎 2期 6日以上"},
    {"RZV",                     2, 59,           "帯状疱疹 2月以上"},
};
// A dose is given on a day from .. to, and at an age in days from .. or years .. (0: not asked).
typedef struct Period { const char *product; CivilDate from, to; int least_days, years_least, years_most; } Period;
static const Period periods[] = {
    {"RV1",         {2020, 10, 1}, {9999, 1, 1},   42,  0,  1},
    {"RV5",         {2020, 10, 1}, {9999, 1, 1},   42,  0,  1},
    {"HBV",         {2016, 10, 1}, {9999, 1, 1},    0,  0,  1},
    {"HIB",         {2013, 4, 1},  {9999, 1, 1},   58,  0,  5},
    {"PCV7",        {2013, 4, 1},  {2013, 10, 31}, 58,  0,  5},
    {"PCV13",       {2013, 11, 1}, {2024, 9, 30},  58,  0,  5},
    {"PCV15",       {2024, 4, 1},  {9999, 1, 1},   58,  0,  5},
    {"DPT-IPV-HIB", {2024, 4, 1},  {9999, 1, 1},   58,  0,  8},
    {"DPT-IPV",     {2012, 11, 1}, {9999, 1, 1},   58,  0,  8},
    {"BCG",         {1950, 1, 1},  {9999, 1, 1},    0,  0,  1},
    {"MR",          {2006, 4, 1},  {9999, 1, 1},    0,  1,  7},
    {"VAR",         {2014, 10, 1}, {9999, 1, 1},    0,  1,  3},
    {"JE",          {2009, 6, 2},  {9999, 1, 1},  180,  0, 20},
    {"JE-MB",       {1950, 1, 1},  {2010, 3, 31}, 180,  0, 20},
    {"DT",          {1950, 1, 1},  {9999, 1, 1},    0, 11, 13},
    {"HPV4",        {2013, 4, 1},  {2026, 3, 31},   0, 11, 28},
    {"HPV9",        {2023, 4, 1},  {9999, 1, 1},    0, 11, 28},
    {"RSVM",        {2026, 4, 1},  {9999, 1, 1},    0, 16, 50},
    {"INF",         {2001, 11, 7}, {9999, 1, 1},    0, 65, 130},
    {"INF-HD",      {2026, 10, 1}, {9999, 1, 1},    0, 75, 130},
    {"COVID",       {2024, 10, 1}, {9999, 1, 1},    0, 65, 130},
    {"PPSV23",      {2014, 10, 1}, {2026, 3, 31},   0, 64, 130},
    {"ZVL",         {2025, 4, 1},  {9999, 1, 1},    0, 64, 130},
    {"RZV",         {2025, 4, 1},  {9999, 1, 1},    0, 64, 130},
};
// clang-format on

static const char *id_of(const CityDose *dose)
{
    return city_products[dose->product].id;
}

// Is this product one of the blank-separated ones?
static bool one_of(const char *products, const char *id)
{
    for (Cut c = {.tail = str_of(products)}; c.tail.len;) {
        c = str_cut(c.tail, ' ');
        if (str_equal(c.head, str_of(id))) return true;
    }
    return false;
}

static void complain(int32_t person, const CityDose *dose, const char *words)
{
    char birth[DAY_TEXT_SIZE], on[DAY_TEXT_SIZE];
    fail_msg("person %d born %s: %s on %s: %s", person, day_text(city.people[person].birth, birth),
             id_of(dose), day_text(dose->on, on), words);
}

typedef void Check(int32_t person, const Person *p, const CityDoses *doses);

static int everybody(Check *check)
{
    static CityDoses doses;
    int count = 0;
    for (int32_t i = 0; i < city.people_count; i++) {
        lifetime_doses(&city, i, city.as_of, &doses);
        check(i, &city.people[i], &doses);
        count += doses.count;
    }
    return count;
}

static void check_days(int32_t person, const Person *p, const CityDoses *doses)
{
    for (int i = 0; i < doses->count; i++) {
        const CityDose *d = &doses->at[i];
        if (d->on < p->birth) complain(person, d, "before birth");
        if (d->on > city.as_of) complain(person, d, "in the future");
        if (p->until != DAY_NONE && d->on >= p->until) complain(person, d, "after leaving");
        if (weekday_of(d->on) == 0) complain(person, d, "on a Sunday");
        if (i && d->on < doses->at[i - 1].on) complain(person, d, "out of order");
    }
}

static void nobody_is_vaccinated_before_birth_after_leaving_or_on_a_sunday(void **state)
{
    (void)state;
    assert_true(everybody(check_days) > RESIDENTS * 8);
}

static void check_intervals(int32_t person, const Person *p, const CityDoses *doses)
{
    (void)p;
    for (int r = 0; r < countof(intervals); r++) {
        int number = 0;
        Day before = DAY_NONE;
        for (int i = 0; i < doses->count; i++) {
            const CityDose *d = &doses->at[i];
            bool elder =
                d->series == CITY_EPN;  // PCV20 of the old is no dose of the child's series
            if (elder || !one_of(intervals[r].products, id_of(d))) continue;
            if (++number == intervals[r].number && d->on - before < intervals[r].days)
                complain(person, d, intervals[r].words);
            before = d->on;
        }
    }
}

static void every_interval_of_the_law_is_kept(void **state)
{
    (void)state;
    everybody(check_intervals);
}

static void check_periods(int32_t person, const Person *p, const CityDoses *doses)
{
    for (int i = 0; i < doses->count; i++) {
        const CityDose *d = &doses->at[i];
        for (int r = 0; r < countof(periods); r++) {
            const Period *q = &periods[r];
            if (strcmp(q->product, id_of(d)) != 0) continue;
            if (d->on < day_of(q->from.year, q->from.month, q->from.day) ||
                d->on > day_of(q->to.year, q->to.month, q->to.day))
                complain(person, d, "not a product of that day");
            if (d->on - p->birth < q->least_days) complain(person, d, "too young in days");
            if (q->years_least && d->on < attains(p->birth, q->years_least))
                complain(person, d, "too young");
            if (d->on > attains(p->birth, q->years_most)) complain(person, d, "too old");
        }
    }
}

static void every_product_is_given_in_its_years_and_at_its_age(void **state)
{
    (void)state;
    everybody(check_periods);
}

static bool live(const CityDose *d)
{
    return one_of("BCG MR M R VAR ZVL", id_of(d));
}

static bool live_drink(const CityDose *d)
{
    return one_of("RV1 RV5", id_of(d));
}

// From 2020-10-01 only two injected live vaccines need 27 days; before, 27 after any live one and 6
// after the others.
static void check_between(int32_t person, const Person *p, const CityDoses *doses)
{
    (void)p;
    for (int i = 0; i < doses->count; i++)
        for (int j = i + 1; j < doses->count; j++) {
            const CityDose *a = &doses->at[i], *b = &doses->at[j];
            int days = b->on - a->on;
            if (days == 0 || a->product == b->product || days > 27) continue;
            if (b->on >= day_of(2020, 10, 1)) {
                if (live(a) && live(b)) complain(person, b, "27 days after a live vaccine");
            } else if (live(a) || live_drink(a) || days <= 6) {
                complain(person, b, "too soon after another vaccine");
            }
        }
}

static void different_vaccines_keep_their_distance(void **state)
{
    (void)state;
    everybody(check_between);
}

// The year before school: born 2 April of y to 1 April of y + 1 enters in April of y + 7.
static void check_school_dose(int32_t person, const Person *p, const CityDoses *doses)
{
    CivilDate c = civil_of(p->birth);
    int entry = c.month > 4 || (c.month == 4 && c.day >= 2) ? c.year + 7 : c.year + 6;
    for (int i = 0; i < doses->count; i++) {
        const CityDose *d = &doses->at[i];
        if (d->series == CITY_MR1 && strcmp(id_of(d), "MR") == 0 && d->on > attains(p->birth, 2))
            complain(person, d, "first term is over");
        if (d->series != CITY_MR2) continue;
        if (d->on < day_of(entry - 1, 4, 1) || d->on > day_of(entry, 3, 31))
            complain(person, d, "not in the year before school");
    }
}

static void the_second_measles_dose_falls_in_the_year_before_school(void **state)
{
    (void)state;
    everybody(check_school_dose);
}

static void check_one_a_winter(int32_t person, const Person *p, const CityDoses *doses)
{
    int last_winter[2] = {0};
    for (int i = 0; i < doses->count; i++) {
        const CityDose *d = &doses->at[i];
        if (d->series != CITY_INF && d->series != CITY_COVID) continue;
        CivilDate c = civil_of(d->on);
        int winter = c.month >= 4 ? c.year : c.year - 1;
        if (c.month >= 4 && c.month <= 9) complain(person, d, "out of season");
        if (last_winter[d->series == CITY_COVID] == winter)
            complain(person, d, "twice in a winter");
        last_winter[d->series == CITY_COVID] = winter;
        if (d->on < attains(p->birth, 65)) complain(person, d, "not yet 65");
    }
}

static void old_people_come_once_a_winter(void **state)
{
    (void)state;
    everybody(check_one_a_winter);
}

static void a_shorter_question_gets_the_beginning_of_the_same_life(void **state)
{
    static CityDoses all, part;
    Day until = day_of(2024, 6, 30);
    (void)state;
    for (int32_t i = 0; i < city.people_count; i++) {
        lifetime_doses(&city, i, city.as_of, &all);
        lifetime_doses(&city, i, until, &part);
        assert_true(part.count <= all.count);
        for (int d = 0; d < part.count; d++) {
            assert_int_equal(part.at[d].on, all.at[d].on);
            assert_int_equal(part.at[d].product, all.at[d].product);
        }
        assert_true(part.count == all.count || all.at[part.count].on > until);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_is_vaccinated_before_birth_after_leaving_or_on_a_sunday),
        cmocka_unit_test(every_interval_of_the_law_is_kept),
        cmocka_unit_test(every_product_is_given_in_its_years_and_at_its_age),
        cmocka_unit_test(different_vaccines_keep_their_distance),
        cmocka_unit_test(the_second_measles_dose_falls_in_the_year_before_school),
        cmocka_unit_test(old_people_come_once_a_winter),
        cmocka_unit_test(a_shorter_question_gets_the_beginning_of_the_same_life),
    };
    return cmocka_run_group_tests_name("what the people of the city were given", tests, make_city,
                                       NULL);
}
