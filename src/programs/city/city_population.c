// SPDX-License-Identifier: Apache-2.0
#include "city_population.h"

#include <assert.h>
#include <stdlib.h>

#include "calendar.h"
#include "city_home.h"

#define AGES           105
#define FORMER_PERCENT 18  // people who left or died in the last five years, of the residents
#define FORMER_DAYS    (5 * 365)

// clang-format off
// Thousands of people per band of five years, 0-4 to 90 and older.
static const int thousands_per_band[] = {
    31, 36, 39, 41, 45, 42, 43, 49, 54, 63, 66, 56, 53, 57, 73, 62, 49, 33, 24,
};
// clang-format on

typedef struct Builder {
    City *city;
    Dice dice;
    int32_t left[AGES];  // people still to be made, by completed age
    int32_t all;
    Day today;
} Builder;

static void quota_fill(Builder *b, int64_t residents)
{
    int64_t whole = 0, given = 0;
    for (int band = 0; band < countof(thousands_per_band); band++)
        whole += thousands_per_band[band];
    for (int age = 0; age < 90; age++) {
        b->left[age] = (int32_t)(residents * thousands_per_band[age / 5] / whole / 5);
        given += b->left[age];
    }
    int64_t oldest = residents * thousands_per_band[18] / whole;
    for (int age = 90; age < AGES; age++) {
        b->left[age] =
            (int32_t)(oldest * (AGES - age) * (AGES - age) / 1240);  // 1240 = 1² + … + 15²
        given += b->left[age];
    }
    // What rounding left over is spread over the ages of work.
    for (int age = 30; given < residents; given++, age = age < 64 ? age + 1 : 30) b->left[age]++;
    b->all = (int32_t)residents;
}

// An age between `least` and `most` that is still wanted; -1 when none is.
static int age_take(Builder *b, int least, int most)
{
    int32_t sum = 0;
    if (least < 0) least = 0;
    if (most >= AGES) most = AGES - 1;
    for (int age = least; age <= most; age++) sum += b->left[age];
    if (sum <= 0) return -1;
    int32_t hit = (int32_t)dice_below(&b->dice, (uint32_t)sum);
    int age = least;
    while (hit >= b->left[age]) hit -= b->left[age++];
    b->left[age]--;
    b->all--;
    return age;
}

static Day birth_of_age(Builder *b, int age)
{
    CivilDate c = civil_of(b->today);
    Day latest = month_add_civil(c, -12 * age, MONTHS_CLIP);
    Day earliest = month_add_civil(c, -12 * (age + 1), MONTHS_CLIP) + 1;
    return (Day)dice_between(&b->dice, earliest, latest);
}

static bool sounds_taken(const Builder *b, int32_t home, const Person *p)
{
    const Household *h = &b->city->households[home];
    const GivenName *given = b->city->names.given;
    for (int32_t i = h->first; i < h->first + h->count; i++)
        if (given[b->city->people[i].given].sound == given[p->given].sound) return true;
    return false;
}

typedef struct Member {
    int age, sex;
    Relation relation;
    uint16_t family, foreign;
    Day birth;  // DAY_NONE: drawn within the age
} Member;

// Nobody shares a given name's sound with somebody of the same home: parents see to that.
static Person *member_add(Builder *b, int32_t home, Member m)
{
    City *city = b->city;
    Person p = {
        .birth = m.birth == DAY_NONE ? birth_of_age(b, m.age) : m.birth,
        .until = DAY_NONE,
        .household = home,
        .family = m.family,
        .foreign = m.foreign,
        .former_family = NO_NAME,
        .sex = (uint8_t)m.sex,
        .relation = (uint8_t)m.relation,
        .standing = RESIDENT,
    };
    int year = civil_of(p.birth).year;
    for (int tries = 0; tries < 20; tries++) {
        p.given = given_name_draw(&city->names, &b->dice, m.sex, year);
        if (!sounds_taken(b, home, &p)) break;
    }
    if (m.foreign != NO_COUNTRY) {
        p.foreign = foreign_name_draw(&city->names, &b->dice, m.sex);
        Str country = city->names.foreign[p.foreign].country;
        p.uses_alias = dice_per_mille(&b->dice, str_equal(country, S("KR"))   ? 700
                                                : str_equal(country, S("CN")) ? 250
                                                                              : 30);
    }
    if (m.age >= 70 && dice_per_100000(&b->dice, 8)) {
        p.day_unknown = true;
        p.month_unknown = dice_per_mille(&b->dice, 400);
    }
    return &city->people[person_add(city, p)];
}

static uint16_t country_draw(Builder *b)
{
    return dice_per_mille(&b->dice, 17) ? 0 : NO_COUNTRY;
}

static void siblings_add(Builder *b, int32_t home, Member child, int mother_age)
{
    static const int more_per_mille[] = {560, 300, 120};
    int age = child.age;
    for (int i = 0; i < countof(more_per_mille); i++) {
        if (dice_per_mille(&b->dice, 11) && b->left[age] > 0) {
            b->left[age]--;
            b->all--;
            Person *first = &b->city->people[b->city->people_count - 1];
            first->is_twin = true;
            child.birth = first->birth;
            child.sex = dice_per_mille(&b->dice, 650) ? first->sex : 3 - first->sex;
            child.age = age;
            member_add(b, home, child)->is_twin = true;
        }
        if (!dice_per_mille(&b->dice, more_per_mille[i])) return;
        int least = mother_age > 0 && mother_age - 45 > age - 5 ? mother_age - 45 : age - 5;
        age = age >= 2 ? age_take(b, least, age - 2) : -1;
        if (age < 0) return;
        child.age = age;
        child.birth = DAY_NONE;
        child.sex = dice_between(&b->dice, 1, 2);
        member_add(b, home, child);
    }
}

static void family_with_children(Builder *b)
{
    int age = age_take(b, 0, 17);
    int32_t home = household_add(b->city, &b->dice);
    Member m = {.birth = DAY_NONE,
                .family = family_name_draw(&b->city->names, &b->dice),
                .foreign = country_draw(b)};
    int mother = dice_per_mille(&b->dice, 980) ? age_take(b, age + 21, age + 41) : -1;
    bool father_there = mother < 0 || dice_per_mille(&b->dice, 870);
    int father = !father_there ? -1
                 : mother < 0  ? age_take(b, age + 22, age + 48)
                               : age_take(b, mother - 3, mother + 9);
    if (father >= 0) {
        m.age = father, m.sex = 1, m.relation = RELATION_HEAD;
        member_add(b, home, m);
    }
    if (mother >= 0) {
        m.age = mother, m.sex = 2;
        m.relation = father >= 0 ? RELATION_WIFE : RELATION_HEAD;
        member_add(b, home, m);
    }
    m.age = age, m.sex = dice_between(&b->dice, 1, 2), m.relation = RELATION_CHILD;
    // Nobody of an age to be the parent is left: the child lives with a grandparent's generation.
    if (father < 0 && mother < 0) {
        Member elder = m;
        elder.age = age_take(b, age + 22, AGES - 1);
        elder.sex = 2, elder.relation = RELATION_HEAD;
        if (elder.age < 0) {
            m.relation = RELATION_HEAD;
        } else {
            member_add(b, home, elder);
        }
    }
    member_add(b, home, m);
    siblings_add(b, home, m, mother);
    int grandparent = dice_per_mille(&b->dice, 70) ? age_take(b, age + 50, age + 75) : -1;
    if (grandparent >= 0) {
        m.age = grandparent, m.sex = 2, m.relation = RELATION_PARENT, m.birth = DAY_NONE;
        member_add(b, home, m);
    }
}

static void adults_together(Builder *b)
{
    int age = age_take(b, 18, AGES - 1);
    int32_t home = household_add(b->city, &b->dice);
    Member m = {.age = age,
                .sex = dice_between(&b->dice, 1, 2),
                .relation = RELATION_HEAD,
                .birth = DAY_NONE,
                .family = family_name_draw(&b->city->names, &b->dice),
                .foreign = country_draw(b)};
    int alone_per_mille = age < 30 ? 600 : age < 65 ? 420 : 400;
    bool alone = dice_per_mille(&b->dice, alone_per_mille);
    if (!alone) m.sex = 1;
    member_add(b, home, m);
    if (alone) return;
    int wife = age_take(b, age - 8 < 18 ? 18 : age - 8, age + 3);
    if (wife >= 0) {
        m.age = wife, m.sex = 2, m.relation = RELATION_WIFE;
        member_add(b, home, m);
    }
    int grown = age >= 45 && dice_per_mille(&b->dice, 260) ? age_take(b, 18, age - 24) : -1;
    if (grown >= 0) {
        m.age = grown, m.sex = dice_between(&b->dice, 1, 2), m.relation = RELATION_CHILD;
        member_add(b, home, m);
    }
    int parent = age < 66 && dice_per_mille(&b->dice, 60) ? age_take(b, age + 22, age + 40) : -1;
    if (parent >= 0) {
        m.age = parent, m.sex = 2, m.relation = RELATION_PARENT;
        member_add(b, home, m);
    }
}

// Three homes of ten moved here together in the last fifteen years; in the others, people were born
// here or came as grown-ups.
static void residence_draw(Builder *b, Household *home)
{
    bool together = dice_per_mille(&b->dice, 300);
    Day came = b->today - 1 - (Day)dice_below(&b->dice, 15 * 365);
    for (int32_t i = home->first; i < home->first + home->count; i++) {
        Person *p = &b->city->people[i];
        bool child = p->relation == RELATION_CHILD;
        p->born_here = together ? p->birth > came : child || dice_per_mille(&b->dice, 550);
        p->since = p->birth;
        if (p->born_here) continue;
        Day grown = month_add(p->birth, 12 * 18, MONTHS_CLIP) + (Day)dice_below(&b->dice, 17 * 365);
        p->since = together ? came : grown < b->today ? grown : came;
        if (p->since < p->birth) p->since = p->birth;
    }
    if (dice_per_mille(&b->dice, 250)) home->moves = 1;
}

static void former_people(Builder *b, int32_t wanted)
{
    for (int32_t end = b->city->people_count + wanted; b->city->people_count < end;) {
        int32_t home = household_add(b->city, &b->dice);
        bool died = dice_per_mille(&b->dice, 400);
        Member m = {.sex = dice_between(&b->dice, 1, 2),
                    .birth = DAY_NONE,
                    .family = family_name_draw(&b->city->names, &b->dice),
                    .foreign = country_draw(b),
                    .age = died ? dice_between(&b->dice, 72, 101) : dice_between(&b->dice, 22, 45)};
        member_add(b, home, m);
        if (!died && m.age > 27 && dice_per_mille(&b->dice, 450)) {
            m.age -= 25 + (int)dice_below(&b->dice, 3);
            m.relation = RELATION_CHILD;
            member_add(b, home, m);
        }
        Household *h = &b->city->households[home];
        residence_draw(b, h);
        Day until = b->today - (Day)dice_below(&b->dice, FORMER_DAYS);
        for (int32_t i = h->first; i < h->first + h->count; i++) {
            Person *p = &b->city->people[i];
            p->standing = died ? DEAD : MOVED_OUT;
            p->until = until > p->birth ? until : p->birth + 1;
            if (p->since >= p->until) p->since = p->until - 1;
        }
    }
}

// Namesakes born on the same day: one pair to 2,000 people, grown-ups who live alone.
static void namesakes_make(Builder *b, int32_t residents)
{
    City *city = b->city;
    for (int32_t pair = 0; pair <= residents / 2000; pair++) {
        for (int tries = 0; tries < 5000; tries++) {
            Person *p = &city->people[dice_below(&b->dice, (uint32_t)residents)];
            const Person *like = &city->people[dice_below(&b->dice, (uint32_t)residents)];
            bool fits = city->households[p->household].count == 1 && p->sex == like->sex &&
                        p->household != like->household && p->foreign == NO_COUNTRY &&
                        like->foreign == NO_COUNTRY && abs(p->birth - like->birth) < 700 &&
                        like->since < b->today - 700 && p->since > p->birth + 700;
            if (!fits) continue;
            p->birth = like->birth, p->family = like->family, p->given = like->given;
            break;
        }
    }
}

static void people_reserve(City *city, const CityWish *wish, Arena *arena)
{
    int32_t residents = (int32_t)wish->residents;
    city->people_room = residents + residents / 4 + 1000;
    city->household_room = city->people_room;
    city->people = NEW(arena, Person, city->people_room);
    city->households = NEW(arena, Household, city->household_room);
}

bool population_make(const CityWish *wish, Arena *arena, City *city, Error *err)
{
    if (wish->residents < CITY_RESIDENTS_LEAST || wish->residents > CITY_RESIDENTS_MAX) {
        return FAIL(err, E_LIMIT, .item = S("--residents"),
                    .words = S("住民の数は300人から1,200,000人までで指定してください。"));
    }
    CivilDate c = civil_of(wish->as_of);
    *city = (City){.seed = wish->seed,
                   .as_of = wish->as_of,
                   .month_first = day_of(c.year, c.month, 1),
                   .names = names_load(arena)};
    if (!postal_load(arena, &city->towns, err)) return false;
    people_reserve(city, wish, arena);

    Builder b = {.city = city,
                 .dice = dice_for(wish->seed, DICE_POPULATION, 0),
                 .today = city->month_first - 1};
    quota_fill(&b, wish->residents);
    for (int age = 17; age >= 0;) {
        if (b.left[age] <= 0) {
            age--;
        } else {
            family_with_children(&b);
        }
    }
    while (b.all > 0) adults_together(&b);
    int32_t residents = city->people_count;
    for (int32_t i = 0; i < city->household_count; i++) residence_draw(&b, &city->households[i]);
    former_people(&b, residents * FORMER_PERCENT / 100);
    namesakes_make(&b, residents);
    city->full_copy_count = city->people_count;
    return true;
}
