// SPDX-License-Identifier: Apache-2.0
#include "city_deed.h"

#include <assert.h>

#include "calendar.h"
#include "city_home.h"

static void tell(Month *m, int32_t person, int reason, Day occurred)
{
    FeedEvent e = {.person = person, .reason = reason, .occurred = occurred, .reported = m->today};
    m->touched[person] = true;
    feed_put(&m->feed, &e, m->scratch);
}

static void follow(Month *m, Deed deed, int32_t person, int days, Day occurred)
{
    *tasks_push(&m->tasks, m->notes) =
        (Task){.deed = deed,
               .on = m->today + days,
               .person = person,
               .occurred = occurred,
               .home = m->city->households[m->city->people[person].household]};
}

typedef struct Looks {             // who is looked for
    int age_least, age_most, sex;  // sex 0: either
    bool alone, alien;
} Looks;

// Somebody of whom the month has not told yet; -1 when nobody was met.
static int32_t somebody(Month *m, Looks l)
{
    for (int tries = 0; tries < 3000; tries++) {
        int32_t i = (int32_t)dice_below(&m->dice, (uint32_t)m->city->full_copy_count);
        const Person *p = &m->city->people[i];
        int age = age_completed(p->birth, m->today);
        if (m->touched[i] || p->standing != RESIDENT || p->register_birth_off || p->is_protected ||
            age < l.age_least || age > l.age_most || (l.sex && p->sex != l.sex) ||
            (l.alone && m->city->households[p->household].count != 1) ||
            l.alien != (p->foreign != NO_COUNTRY))
            continue;
        return i;
    }
    return -1;
}

static Day lately(Month *m, int days)
{
    Day day = m->today - (Day)dice_below(&m->dice, (uint32_t)days);
    return day < m->city->month_first ? m->city->month_first : day;
}

// Everybody who still lives in the same home.
typedef void HomeDeed(Month *m, int32_t person, const Task *task);
static void whole_home(Month *m, int32_t person, const Task *task, HomeDeed *deed)
{
    int32_t home = m->city->people[person].household;
    Household h = m->city->households[home];
    for (int32_t i = h.first; i < h.first + h.count; i++) {
        const Person *p = &m->city->people[i];
        if (p->household == home && p->standing == RESIDENT) deed(m, i, task);
    }
}

static Person newcomer(const Person *like, int32_t home, Day since)
{
    return (Person){.birth = like->birth,
                    .since = since,
                    .until = DAY_NONE,
                    .household = home,
                    .family = like->family,
                    .foreign = like->foreign,
                    .former_family = NO_NAME,
                    .standing = RESIDENT};
}

static void deed_birth(Month *m)
{
    int32_t mother = somebody(m, (Looks){20, 41, 2, false, false});
    if (mother < 0) return;
    Person baby =
        newcomer(&m->city->people[mother], m->city->people[mother].household, lately(m, 9));
    baby.birth = baby.since;
    baby.relation = RELATION_CHILD;
    baby.born_here = baby.number_awaited = true;
    baby.is_twin = dice_per_mille(&m->dice, 11);
    uint16_t last_given = NO_NAME;
    for (int child = 0; child < (baby.is_twin ? 2 : 1); child++) {
        baby.sex = (uint8_t)dice_between(&m->dice, 1, 2);
        do {
            baby.given =
                given_name_draw(&m->city->names, &m->dice, baby.sex, civil_of(baby.birth).year);
        } while (baby.given == last_given);
        last_given = baby.given;
        int32_t i = person_add(m->city, baby);
        tell(m, i, 21, baby.birth);
        follow(m, LATER_NUMBER, i, 5, baby.birth);
    }
    Household h = m->city->households[baby.household];
    for (int32_t i = h.first; i < h.first + h.count; i++) m->touched[i] = true;
}

static void deed_move_in(Month *m)
{
    int32_t home = household_add(m->city, &m->dice);
    Day since = lately(m, 10);
    bool alien = dice_per_mille(&m->dice, 60);
    uint16_t family = family_name_draw(&m->city->names, &m->dice);
    int members = 1 + dice_per_mille(&m->dice, 330) + dice_per_mille(&m->dice, 250);
    for (int i = 0; i < members; i++) {
        int age = i < 2 ? dice_between(&m->dice, 20, 45) : dice_between(&m->dice, 0, 9);
        Person p = {.birth = m->today - age * 365 - dice_between(&m->dice, 10, 350),
                    .since = since,
                    .until = DAY_NONE,
                    .household = home,
                    .family = family,
                    .foreign = NO_COUNTRY,
                    .former_family = NO_NAME,
                    .standing = RESIDENT};
        p.sex = (uint8_t)(i < 2 ? 1 + i : dice_between(&m->dice, 1, 2));
        p.relation = (uint8_t)(i == 0 ? RELATION_HEAD : i == 1 ? RELATION_WIFE : RELATION_CHILD);
        p.given = given_name_draw(&m->city->names, &m->dice, p.sex, civil_of(p.birth).year);
        if (alien) p.foreign = foreign_name_draw(&m->city->names, &m->dice, p.sex);
        bool abroad = elsewhere[m->city->households[home].from_place].abroad;
        tell(m, person_add(m->city, p),
             abroad                          ? 12
             : dice_per_mille(&m->dice, 200) ? 13
                                             : 11,
             since);
    }
}

static void moved_row(Month *m, int32_t person, const Task *task)
{
    const City *city = m->city;
    const Household *now = &city->households[city->people[person].household];
    bool same_ward = municipality_same(&city->towns.at[now->town].municipality,
                                       &city->towns.at[task->home.town].municipality);
    tell(m, person, same_ward ? 31 : 32, task->occurred);
}

// Says on which day they moved.
static Day move_home(Month *m, int32_t person)
{
    Household *home = &m->city->households[m->city->people[person].household];
    Task task = {.home = *home, .occurred = lately(m, 8)};
    household_home_draw(m->city, home, &m->dice);
    whole_home(m, person, &task, moved_row);
    return task.occurred;
}

static void deed_move_within(Month *m)
{
    int32_t person = somebody(m, (Looks){18, 99, 0, false, false});
    if (person >= 0) (void)move_home(m, person);
}

static void plan_row(Month *m, int32_t person, const Task *task)
{
    m->city->people[person].planned_move_out = true;
    tell(m, person, 41, task->occurred);
}

static void deed_plan_out(Month *m)
{
    int32_t person = somebody(m, (Looks){18, 75, 0, false, dice_per_mille(&m->dice, 40)});
    if (person < 0) return;
    Task task = {.occurred = m->today + dice_between(&m->dice, 2, 20)};
    whole_home(m, person, &task, plan_row);
    bool stays = dice_per_mille(&m->dice, 80) || m->today == m->city->month_first;
    int days = task.occurred - m->today;
    if (stays) {
        follow(m, LATER_STAYS, person, days + 2, task.occurred);
    } else {
        follow(m, LATER_OUT, person, days + dice_between(&m->dice, 1, 4), task.occurred);
    }
}

static void out_row(Month *m, int32_t person, const Task *task)
{
    Person *p = &m->city->people[person];
    if (!p->planned_move_out) return;
    p->planned_move_out = false;
    p->standing = MOVED_OUT;
    p->until = task->occurred;
    tell(m, person, 42, task->occurred);
}

static void stays_row(Month *m, int32_t person, const Task *task)
{
    Person *p = &m->city->people[person];
    if (!p->planned_move_out) return;
    p->planned_move_out = false;
    tell(m, person, 43, task->occurred);
}

static void die(Month *m, int32_t person, Day on)
{
    Person *p = &m->city->people[person];
    p->standing = DEAD;
    p->until = on;
    tell(m, person, 51, on);
}

// The eldest grown-up becomes householder.
static void householder_follows(Month *m, int32_t person)
{
    City *city = m->city;
    Household h = city->households[city->people[person].household];
    int32_t heir = -1;
    for (int32_t i = h.first; i < h.first + h.count; i++) {
        const Person *p = &city->people[i];
        bool grown = p->standing == RESIDENT && age_completed(p->birth, m->today) >= 18;
        if (grown && (heir < 0 || p->birth < city->people[heir].birth)) heir = i;
    }
    if (heir < 0 || city->people[person].relation != RELATION_HEAD) return;
    city->people[heir].relation = RELATION_HEAD;
    tell(m, heir, 61, city->people[person].until);
}

static void deed_death(Month *m)
{
    int32_t person =
        somebody(m, (Looks){dice_per_mille(&m->dice, 60) ? 40 : 76, 104, 0, false, false});
    if (person < 0) return;
    die(m, person, lately(m, 6));
    householder_follows(m, person);
}

static void deed_death_by_mistake(Month *m)
{
    int32_t person = somebody(m, (Looks){60, 95, 0, true, false});
    if (person < 0) return;
    die(m, person, lately(m, 4));
    follow(m, LATER_ALIVE, person, 4, m->city->people[person].until);
}

static void rename_person(Month *m, int32_t person)
{
    Person *p = &m->city->people[person];
    uint16_t family = family_name_draw(&m->city->names, &m->dice);
    if (family == p->family) return;
    p->former_family = p->family;
    p->family = family;
    tell(m, person, 71, m->today);
}

static void deed_name(Month *m)
{
    int32_t person =
        somebody(m, (Looks){21, 45, dice_per_mille(&m->dice, 930) ? 2 : 1, false, false});
    if (person >= 0) rename_person(m, person);
}

static void deed_alias(Month *m)
{
    for (int tries = 0; tries < 30; tries++) {
        int32_t person = somebody(m, (Looks){18, 70, 0, false, true});
        if (person < 0) return;
        if (m->city->people[person].uses_alias) continue;
        m->city->people[person].uses_alias = true;
        tell(m, person, 84, m->today);
        return;
    }
}

static void protect_row(Month *m, int32_t person, const Task *task)
{
    m->city->people[person].is_protected = true;
    tell(m, person, 93, task->occurred);
}

// The protection is told before the move: nobody may see the new address in between.
static void deed_protection(Month *m)
{
    int32_t person = somebody(m, (Looks){24, 45, 2, false, false});
    if (person < 0) return;
    Task task = {.occurred = m->today};
    whole_home(m, person, &task, protect_row);
    if (dice_per_mille(&m->dice, 500)) (void)move_home(m, person);
}

static void deed_return(Month *m)
{
    for (int tries = 0; tries < 20000; tries++) {
        int32_t i = (int32_t)dice_below(&m->dice, (uint32_t)m->city->full_copy_count);
        Person *p = &m->city->people[i];
        if (p->standing != MOVED_OUT || m->touched[i]) continue;
        p->standing = RESIDENT;
        p->since = lately(m, 9);
        p->until = DAY_NONE;
        p->born_here = false;
        p->relation = RELATION_HEAD;
        tell(m, i, 15, p->since);
        return;
    }
}

static void deed_birth_fix(Month *m)
{
    for (int32_t i = 0; i < m->city->full_copy_count; i++) {
        Person *p = &m->city->people[i];
        if (!p->register_birth_off || p->standing != RESIDENT) continue;
        p->register_birth_off = 0;
        tell(m, i, 74, m->today);
        return;
    }
}

static void deed_move_by_mistake(Month *m)
{
    int32_t person = somebody(m, (Looks){25, 60, 0, true, false});
    if (person < 0) return;
    follow(m, LATER_NAME, person, 5, m->today);
    follow(m, LATER_HOME_AGAIN, person, 9, DAY_NONE);  // remembers the home as it is now
    m->tasks.at[m->tasks.count - 1].occurred = move_home(m, person);
}

static void deed_removal(Month *m)
{
    int32_t person = somebody(m, (Looks){30, 80, 0, true, false});
    if (person < 0) return;
    Person *p = &m->city->people[person];
    p->standing = REMOVED;
    p->until = m->today;
    tell(m, person, 91, m->today);
    follow(m, LATER_RESTORED, person, 8, m->today);
}

static void back_in_register(Month *m, const Task *task, int reason, Day occurred)
{
    Person *p = &m->city->people[task->person];
    p->standing = RESIDENT;
    p->until = DAY_NONE;
    tell(m, task->person, reason, occurred);
}

static void later_home_again(Month *m, const Task *task)
{
    Household *home = &m->city->households[m->city->people[task->person].household];
    *home = task->home;
    tell(m, task->person, 99, task->occurred);
}

static void later_number(Month *m, const Task *task)
{
    m->city->people[task->person].number_awaited = false;
    tell(m, task->person, 95, m->today);
}

void task_do(Month *m, const Task *task)
{
    switch (task->deed) {
    case DEED_BIRTH: deed_birth(m); return;
    case DEED_MOVE_IN: deed_move_in(m); return;
    case DEED_MOVE_WITHIN: deed_move_within(m); return;
    case DEED_PLAN_OUT: deed_plan_out(m); return;
    case DEED_DEATH: deed_death(m); return;
    case DEED_NAME: deed_name(m); return;
    case DEED_ALIAS: deed_alias(m); return;
    case DEED_PROTECTION: deed_protection(m); return;
    case DEED_RETURN: deed_return(m); return;
    case DEED_BIRTH_FIX: deed_birth_fix(m); return;
    case DEED_DEATH_BY_MISTAKE: deed_death_by_mistake(m); return;
    case DEED_MOVE_BY_MISTAKE: deed_move_by_mistake(m); return;
    case DEED_REMOVAL: deed_removal(m); return;
    case LATER_NUMBER: later_number(m, task); return;
    case LATER_OUT: whole_home(m, task->person, task, out_row); return;
    case LATER_STAYS: whole_home(m, task->person, task, stays_row); return;
    case LATER_ALIVE: back_in_register(m, task, 99, task->occurred); return;
    case LATER_NAME: rename_person(m, task->person); return;
    case LATER_HOME_AGAIN: later_home_again(m, task); return;
    case LATER_RESTORED: back_in_register(m, task, 92, m->today); return;
    case DEED_COUNT: break;
    }
    assert(!"no such deed");
}
