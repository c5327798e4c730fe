// How a child meets the programme: every visit gives what is due that day and may be given together.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "calendar.h"
#include "city_lifetime.h"

#define NEVER ((Day)INT32_MAX)

// clang-format off
// One dose of a series. Ages are attained ones; 0 in `gap_*` means no interval rule.
typedef struct Shot {
    uint8_t series, number;
    bool booster;
    int16_t from_months, from_days;   // earliest age: months attained, or plain days after birth
    int16_t usual_days, spread_days;  // usual age of the first dose, usual gap of the others; chance
    int16_t gap_days, gap_months;     // after the dose before
    int16_t first_gap_days;           // after the first dose
    int16_t last_months, last_days;   // last age: months attained, or plain days after birth
    int16_t comes;                    // per mille of those who had the dose before
} Shot;

static const Shot shots[] = {
    // series     no boost   from        usual       gap      first  last        comes
    {CITY_ROTA,   1, false,  0,  42,     61,  20,    0,  0,   0,     0,  104,    968},
    {CITY_ROTA,   2, false,  0,  42,     28,   9,   27,  0,   0,     0,  168,    990},
    {CITY_ROTA,   3, false,  0,  42,     28,   9,   27,  0,   0,     0,  224,    985},
    {CITY_HEPB,   1, false,  0,   0,     62,  25,    0,  0,   0,    12,    0,    975},
    {CITY_HEPB,   2, false,  0,   0,     28,  10,   27,  0,   0,    12,    0,    992},
    {CITY_HEPB,   3, false,  0,   0,    112,  25,    0,  0, 139,    12,    0,    980},
    {CITY_HIB,    1, false,  2,   0,     62,  25,    0,  0,   0,     7,    0,    982},
    {CITY_HIB,    2, false,  2,   0,     28,  12,   27,  0,   0,    12,    0,    994},
    {CITY_HIB,    3, false,  2,   0,     28,  14,   27,  0,   0,    12,    0,    992},
    {CITY_HIB,    4, true,   2,   0,    225,  60,    0,  7,   0,    60,    0,    955},
    {CITY_PCV,    1, false,  2,   0,     62,  25,    0,  0,   0,     7,    0,    983},
    {CITY_PCV,    2, false,  2,   0,     28,  12,   27,  0,   0,    12,    0,    994},
    {CITY_PCV,    3, false,  2,   0,     28,  14,   27,  0,   0,    12,    0,    992},
    {CITY_PCV,    4, true,  12,   0,    230,  50,   60,  0,   0,    60,    0,    962},
    {CITY_DPTIPV, 1, false,  2,   0,     63,  35,    0,  0,   0,    90,    0,    980},
    {CITY_DPTIPV, 2, false,  2,   0,     28,  20,   20,  0,   0,    90,    0,    994},
    {CITY_DPTIPV, 3, false,  2,   0,     28,  20,   20,  0,   0,    90,    0,    992},
    {CITY_DPTIPV, 4, true,   2,   0,    370,  90,    0,  6,   0,    90,    0,    950},
    {CITY_BCG,    1, false,  0,  90,    155,  45,    0,  0,   0,    12,    0,    970},
    {CITY_MR1,    1, false, 12,   0,    372,  70,    0,  0,   0,    24,    0,    955},
    {CITY_VAR,    1, false, 12,   0,    374,  60,    0,  0,   0,    36,    0,    955},
    {CITY_VAR,    2, false, 12,   0,    200,  60,    0,  3,   0,    36,    0,    945},
    {CITY_JE1,    1, false,  6,   0,   1105, 150,    0,  0,   0,    90,    0,    945},
    {CITY_JE1,    2, false,  6,   0,     14,  18,    6,  0,   0,    90,    0,    985},
    {CITY_JE1,    3, true,   6,   0,    365,  90,    0,  6,   0,    90,    0,    920},
    {CITY_MR2,    1, false,  0,   0,      0, 115,    0,  0,   0,     0,    0,    945},
    {CITY_JE2,    1, false,108,   0,   3300, 300,    6,  0,   0,   156,    0,    850},
    {CITY_DT2,    1, false,132,   0,   4040, 200,    0,  0,   0,   156,    0,    640},
};

// Who is offered the series: births from .. to, no dose before `begins`.
typedef struct Programme {
    CivilDate born_from, born_to, begins;
} Programme;

static const Programme programmes[CITY_CHILD_SERIES] = {
    [CITY_ROTA]   = {{2020, 8, 1},  {9999, 12, 31}, {2020, 10, 1}},
    [CITY_HEPB]   = {{2016, 4, 1},  {9999, 12, 31}, {2016, 10, 1}},
    [CITY_HIB]    = {{2013, 2, 1},  {2024, 1, 31},  {2013, 4, 1}},   // later births: in the five-component
    [CITY_PCV]    = {{2013, 2, 1},  {9999, 12, 31}, {2013, 4, 1}},
    [CITY_DPTIPV] = {{1965, 4, 1},  {9999, 12, 31}, {1965, 4, 1}},
    [CITY_BCG]    = {{1965, 4, 1},  {9999, 12, 31}, {1965, 4, 1}},
    [CITY_MR1]    = {{1965, 4, 1},  {9999, 12, 31}, {1978, 10, 1}},
    [CITY_VAR]    = {{2012, 1, 1},  {9999, 12, 31}, {2014, 10, 1}},
    [CITY_JE1]    = {{1965, 4, 1},  {9999, 12, 31}, {1965, 4, 1}},
    [CITY_MR2]    = {{2000, 4, 2},  {9999, 12, 31}, {2006, 4, 1}},
    [CITY_JE2]    = {{1965, 4, 1},  {9999, 12, 31}, {1995, 4, 1}},
    [CITY_DT2]    = {{1965, 4, 1},  {9999, 12, 31}, {1995, 4, 1}},
    [CITY_HPV]    = {{9999, 1, 1},  {9999, 12, 31}, {9999, 1, 1}},   // city_girlhood.c
};
// clang-format on

typedef struct Course {  // where a child stands in one series
    const Shot *next;    // NULL: finished, left, or never begun
    Day wanted;
    Day not_before;     // for the sake of another series
    Day first, before;  // its doses given
    uint8_t first_product;
    int given;
} Course;

typedef struct Childhood {
    const Person *p;
    Dice dice;
    Day until;
    Course courses[CITY_CHILD_SERIES];
    CityDoses *doses;
    Day last_live, last_injected_live, last_other;  // DAY_NONE: none yet
    bool rotavirus_three;
} Childhood;

static Day day_at(CivilDate c)
{
    return day_of(c.year, c.month, c.day);
}

// Those who missed doses while the recommendation was withheld.
static bool withheld_cohort(Day birth)
{
    return birth >= day_of(1995, 4, 2) && birth <= day_of(2007, 4, 1);
}

// Before the law let that cohort have them up to twenty, its ordinary ages held.
static bool encephalitis_of_age(Day birth, int series, Day on)
{
    bool second = on >= age_attained(birth, 9) && on <= age_attained(birth, 13);
    if (series == CITY_JE2) return second;
    return on <= age_attained_months(birth, 90) || (second && on >= day_of(2010, 8, 27));
}

// Recommendation withheld 2005-05-30 to 2010-03-31; the second term waited for the new vaccine.
static Day encephalitis_wanted(Childhood *c, int series, Day wanted)
{
    Day birth = c->p->birth, stopped = day_of(2005, 5, 30);
    Day again = series == CITY_JE2 ? day_of(2010, 8, 27) : day_of(2010, 4, 1);
    Day twenty = birth < day_of(1995, 6, 1) ? day_of(2013, 4, 1) : day_of(2011, 5, 20);
    if (wanted >= stopped && wanted < again) wanted = again + (Day)dice_below(&c->dice, 420);
    bool too_soon = withheld_cohort(birth) && wanted >= stopped && wanted < twenty;
    if (too_soon && !encephalitis_of_age(birth, series, wanted))
        wanted = twenty + (Day)dice_below(&c->dice, 200);
    return wanted;
}

static Day shot_earliest(const Childhood *c, const Course *course)
{
    const Shot *shot = course->next;
    Day birth = c->p->birth;
    Day earliest =
        shot->from_months ? age_attained_months(birth, shot->from_months) : birth + shot->from_days;
    Day begins = day_at(programmes[shot->series].begins);
    if (shot->series == CITY_MR2) earliest = month_add(school_entry(birth), -12, MONTHS_CLIP);
    if (shot->series == CITY_DPTIPV && earliest < day_of(2023, 4, 1)) {
        // The window opened at three months until the end of March 2023.
        Day older = age_attained_months(birth, 3);
        earliest = older < day_of(2023, 4, 1) ? older : day_of(2023, 4, 1);
    }
    if (shot->series == CITY_DPTIPV && birth >= day_of(2024, 2, 1)) begins = day_of(2024, 4, 1);
    if (earliest < begins) earliest = begins;
    if (earliest < course->not_before) earliest = course->not_before;
    if (!course->given) return earliest;
    Day after = shot->gap_months ? gap_months(course->before, shot->gap_months)
                                 : gap_days(course->before, shot->gap_days);
    Day after_first = gap_days(course->first, shot->first_gap_days);
    if (after > earliest) earliest = after;
    return after_first > earliest ? after_first : earliest;
}

static Day shot_last(const Childhood *c, const Shot *shot)
{
    Day birth = c->p->birth;
    if (shot->series == CITY_MR2) return school_entry(birth) - 1;
    if (shot->series == CITY_BCG && birth < day_of(2012, 10, 1))
        return age_attained_months(birth, 6);
    if ((shot->series == CITY_JE1 || shot->series == CITY_JE2) && withheld_cohort(birth))
        return age_attained(birth, 20);
    return shot->last_months ? age_attained_months(birth, shot->last_months)
                             : birth + shot->last_days;
}

// Most come near the usual day, some a good deal later.
static Day lateness(Childhood *c, int spread)
{
    int days = (int)dice_below(&c->dice, (uint32_t)spread + 1);
    return (Day)(dice_per_mille(&c->dice, 120) ? days * 3 : days);
}

static void course_want(Childhood *c, Course *course)
{
    const Shot *shot = course->next;
    if (!dice_per_mille(&c->dice, shot->comes)) {
        course->next = NULL;
        return;
    }
    Day earliest = shot_earliest(c, course);
    Day usual = (course->given ? course->before : c->p->birth) + shot->usual_days;
    if (shot->series == CITY_BCG && c->p->birth < day_of(2012, 10, 1)) usual -= 55;
    course->wanted = (usual > earliest ? usual : earliest) + lateness(c, shot->spread_days);
    if (shot->series == CITY_JE1 || shot->series == CITY_JE2)
        course->wanted = encephalitis_wanted(c, shot->series, course->wanted);
}

static const Shot *shot_of(int series, int number)
{
    for (int i = 0; i < countof(shots); i++)
        if (shots[i].series == series && shots[i].number == number) return &shots[i];
    return NULL;
}

static CityProduct pertussis_product(const Childhood *c, const Course *course, Day on)
{
    if (c->p->birth >= day_of(2024, 2, 1)) return PRODUCT_DPT_IPV_HIB;
    if (on < day_of(2012, 11, 1)) return PRODUCT_DPT;
    bool begun_with_three = course->given && course->first_product == PRODUCT_DPT;
    if (begun_with_three && on < day_of(2017, 1, 1)) return PRODUCT_DPT;
    return on < day_of(2025, 7, 1) ? PRODUCT_DPT_IPV : PRODUCT_DPT_IPV_HIB;
}

static CityProduct pneumococcal_product(Childhood *c, const Course *course, Day on)
{
    if (on < day_of(2013, 11, 1)) return PRODUCT_PCV7;
    if (course->given && course->first_product == PRODUCT_PCV15) return PRODUCT_PCV15;
    if (on >= day_of(2024, 10, 1)) return PRODUCT_PCV20;
    bool new_start = on >= day_of(2024, 4, 1) && !course->given;
    return new_start && dice_per_mille(&c->dice, 600) ? PRODUCT_PCV15 : PRODUCT_PCV13;
}

static CityProduct shot_product(Childhood *c, const Course *course, Day on)
{
    switch ((CitySeries)course->next->series) {
    case CITY_ROTA: return c->rotavirus_three ? PRODUCT_RV5 : PRODUCT_RV1;
    case CITY_HEPB: return PRODUCT_HBV;
    case CITY_HIB: return PRODUCT_HIB;
    case CITY_PCV: return pneumococcal_product(c, course, on);
    case CITY_DPTIPV: return pertussis_product(c, course, on);
    case CITY_BCG: return PRODUCT_BCG;
    case CITY_MR1: return on < day_of(2006, 4, 1) ? PRODUCT_M : PRODUCT_MR;
    case CITY_MR2: return PRODUCT_MR;
    case CITY_VAR: return PRODUCT_VAR;
    case CITY_JE1:
    case CITY_JE2: return on < day_of(2010, 3, 1) ? PRODUCT_JE_MB : PRODUCT_JE;
    case CITY_DT2: return PRODUCT_DT;
    case CITY_HPV:
    case CITY_RSVM:
    case CITY_INF:
    case CITY_COVID:
    case CITY_EPN:
    case CITY_HZ:
    case CITY_SERIES_COUNT: break;
    }
    assert(!"no shot of this series");
    return PRODUCT_COUNT;
}

static Day later(Day a, Day b)
{
    return a > b ? a : b;
}

// The rule between different vaccines. It is kept between all of them, which the law does not ask of
// the same product: its own interval is never shorter.
static Day between_vaccines(const Childhood *c, LiveKind live, Day on)
{
    if (on >= day_of(2020, 10, 1)) {
        return live == LIVE_INJECTED && c->last_injected_live != DAY_NONE
                   ? later(on, gap_days(c->last_injected_live, 27))
                   : on;
    }
    if (c->last_live != DAY_NONE) on = later(on, gap_days(c->last_live, 27));
    return c->last_other != DAY_NONE ? later(on, gap_days(c->last_other, 6)) : on;
}

static void last_given(Childhood *c, CityProduct product, Day on)
{
    LiveKind live = city_products[product].live;
    if (live == NOT_LIVE) {
        c->last_other = on;
    } else {
        c->last_live = on;
    }
    if (live == LIVE_INJECTED) c->last_injected_live = on;
}

static void shot_give(Childhood *c, Course *course, CityProduct product, Day on)
{
    const Shot *shot = course->next;
    CityDose dose = {.on = on,
                     .due_date = DAY_NONE,
                     .product = (uint8_t)product,
                     .series = shot->series,
                     .number = shot->number,
                     .booster = shot->booster};
    dose_add(c->doses, dose);
    if (product == PRODUCT_M) {  // until 2006 measles and rubella were two shots
        dose.product = PRODUCT_R;
        dose_add(c->doses, dose);
    }
    if (!course->given++) course->first = on, course->first_product = (uint8_t)product;
    course->before = on;

    bool two_are_enough = shot->series == CITY_ROTA && !c->rotavirus_three && shot->number == 2;
    course->next = two_are_enough ? NULL : shot_of(shot->series, shot->number + 1);
    if (course->next) course_want(c, course);
    // The second term counts only behind a finished first one.
    if (shot->series == CITY_JE1 && shot->number == 3) {
        Course *second = &c->courses[CITY_JE2];
        second->next = shot_of(CITY_JE2, 1);
        second->not_before = gap_days(on, 6);
        course_want(c, second);
    }
}

// What else is due on the day of a visit. Several at once became usual only about 2009.
static void others_give(Childhood *c, Day on)
{
    if (on < day_of(2009, 1, 1)) return;
    for (int series = 0; series < CITY_CHILD_SERIES; series++) {
        Course *course = &c->courses[series];
        if (!course->next || course->wanted > on + 10 || shot_earliest(c, course) > on ||
            shot_last(c, course->next) < on)
            continue;
        CityProduct product = shot_product(c, course, on);
        if (course->before != on && between_vaccines(c, city_products[product].live, on) == on &&
            dose_day(c->doses, product, on) == on)
            shot_give(c, course, product, on);
    }
}

static Course *course_first_wanted(Childhood *c)
{
    Course *first = NULL;
    for (int series = 0; series < CITY_CHILD_SERIES; series++) {
        Course *course = &c->courses[series];
        if (course->next && (!first || course->wanted < first->wanted)) first = course;
    }
    return first;
}

static bool offered(const Person *p, int series)
{
    return series != CITY_JE2 && p->birth >= day_at(programmes[series].born_from) &&
           p->birth <= day_at(programmes[series].born_to);
}

void childhood_doses(const Person *p, Dice dice, Day until, CityDoses *doses)
{
    Childhood c = {.p = p,
                   .dice = dice,
                   .until = until,
                   .doses = doses,
                   .last_live = DAY_NONE,
                   .last_injected_live = DAY_NONE,
                   .last_other = DAY_NONE};
    c.rotavirus_three = dice_per_mille(&c.dice, 300);
    if (dice_per_mille(&c.dice, 8)) return;  // families who want none
    for (int series = 0; series < CITY_CHILD_SERIES; series++) {
        c.courses[series].not_before = DAY_NONE;
        if (!offered(p, series)) continue;
        c.courses[series].next = shot_of(series, 1);
        if (c.courses[series].next) course_want(&c, &c.courses[series]);
    }
    for (Course *course; (course = course_first_wanted(&c));) {
        Day wanted = later(course->wanted, shot_earliest(&c, course));
        if (wanted > until) break;
        CityProduct product = shot_product(&c, course, wanted);
        Day on = dose_day(doses, product,
                          between_vaccines(&c, city_products[product].live, clinic_day(wanted)));
        if (on > shot_last(&c, course->next)) {
            course->next = NULL;
        } else if (on > course->wanted) {
            course->wanted = on;  // the day moved: another series may come first now
        } else {
            if (on > until) break;
            // Everything of one visit is judged against the visits before it.
            int before = doses->count;
            shot_give(&c, course, product, on);
            others_give(&c, on);
            for (int i = before; i < doses->count; i++)
                last_given(&c, (CityProduct)doses->at[i].product, doses->at[i].on);
        }
    }
}
