// SPDX-License-Identifier: Apache-2.0
#include "city_month.h"

#include "city_deed.h"

// Deeds of a month in a city of a million; every city has one of each.
static const int deeds_per_million[DEED_FIRST_LATER] = {
    [DEED_BIRTH] = 515,     [DEED_MOVE_IN] = 1150,       [DEED_MOVE_WITHIN] = 1200,
    [DEED_PLAN_OUT] = 1000, [DEED_DEATH] = 1170,         [DEED_NAME] = 360,
    [DEED_ALIAS] = 12,      [DEED_PROTECTION] = 16,      [DEED_RETURN] = 40,
    [DEED_BIRTH_FIX] = 4,   [DEED_DEATH_BY_MISTAKE] = 2, [DEED_MOVE_BY_MISTAKE] = 4,
    [DEED_REMOVAL] = 5,
};

static int deed_count(const City *city, Deed deed)
{
    int count = (int)((int64_t)deeds_per_million[deed] * city->full_copy_count / 1000000);
    return count > 1 ? count : 1;
}

static bool office_open(Day day)
{
    int weekday = weekday_of(day);
    return weekday != 0 && weekday != 6;
}

static void deeds_plan(Month *m)
{
    int days = m->city->as_of - m->city->month_first + 1;
    for (int deed = 0; deed < DEED_FIRST_LATER; deed++) {
        int count = deed_count(m->city, (Deed)deed);
        // What is taken back later begins in the first days, what happens but once in the first half.
        int span = deed >= DEED_DEATH_BY_MISTAKE ? 5 : count == 1 ? 14 : days;
        if (span > days) span = days;
        for (int i = 0; i < count; i++) {
            Day on = m->city->month_first + (Day)dice_below(&m->dice, (uint32_t)span);
            while (!office_open(on) && on > m->city->month_first)
                on--;  // the last days may be closed
            *tasks_push(&m->tasks, m->notes) = (Task){.deed = (Deed)deed, .on = on};
        }
    }
}

// Follow-ups join the list while it is worked through; those of later days wait.
static void day_tell(Month *m)
{
    for (ptrdiff_t i = 0; i < m->tasks.count; i++) {
        Task task = m->tasks.at[i];
        if (task.on > m->today || task.deed == DEED_COUNT) continue;
        m->tasks.at[i].deed = DEED_COUNT;
        task_do(m, &task);
    }
}

void month_prepare(City *city)
{
    Dice dice = dice_for(city->seed, DICE_MONTH, 1);
    int wanted = deed_count(city, DEED_BIRTH_FIX);
    // A month that has hardly begun would leave them wrong.
    if (city->as_of - city->month_first < 20) return;
    for (int tries = 0; wanted && tries < 100000; tries++) {
        Person *p = &city->people[dice_below(&dice, (uint32_t)city->full_copy_count)];
        bool child = p->relation == RELATION_CHILD && p->standing == RESIDENT && !p->is_twin &&
                     city->month_first - p->birth < 3000 && city->month_first - p->birth > 200;
        if (!child || p->register_birth_off || p->since > p->birth) continue;
        p->register_birth_off = -1;
        wanted--;
    }
}

bool month_tell(City *city, Str dir, Arena scratch, int *files, Error *err)
{
    Month m = {.city = city, .dice = dice_for(city->seed, DICE_MONTH, 0), .notes = &scratch};
    m.touched = NEW(&scratch, bool, city->people_room);
    m.scratch = (Arena){NEW(&scratch, char, 1 << 16), NULL};
    m.scratch.end = m.scratch.at + (1 << 16);
    deeds_plan(&m);
    *files = 0;
    for (m.today = city->month_first; m.today <= city->as_of; m.today++) {
        if (!office_open(m.today)) continue;
        if (!feed_create(city, dir, FEED_DIFFERENCE, m.today, 2 + *files, &scratch, &m.feed, err))
            return false;
        day_tell(&m);
        if (!m.feed.rows) {
            // Two empty files would be the same bytes, and the same file is taken once only.
            csv_abandon(m.feed.writer);
            continue;
        }
        if (!csv_commit(m.feed.writer, err)) return false;
        ++*files;
    }
    return true;
}
