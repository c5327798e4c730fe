// One day, a whole city: what a birth date alone decides is worked out once for all who share it.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <string.h>

#include "schedule_walk.h"

enum { KEPT_DAYS = 125 * 366, SEXES = SUBJECT_FEMALE + 1 };

// What a group answers to everybody of a birth date and sex who has no dose that bears on it.
typedef enum KeptState {
    KEPT_NOTHING,  // not worked out yet
    KEPT_ENDED,    // no next dose: status and row say all
    KEPT_NEXT      // a next dose
} KeptState;

typedef struct KeptAnswer {
    int8_t state;
    int8_t status;
    int16_t row;
    uint32_t next;  // place of its GroupAssessment, counted from `base`
} KeptAnswer;

struct CityPass {
    const Schedule *schedule;
    Day as_of;
    Arena *arena;
    const char *base;
    KeptAnswer **kept;   // by age in days and sex; of each group, filled on first use
    ProductSet *movers;  // by group: products given that may move the days of its next dose
    Person room;         // its tables serve one person after the other
};

static ProductSet movers_of(const Schedule *schedule, const GroupRule *group)
{
    ProductSet movers = {0};
    for (int product = 0; product < schedule->products.count; product++)
        for (ptrdiff_t w = 0; w < countof(movers.words); w++)
            if (set_has(&schedule->sets.at[group->products], product))
                movers.words[w] |= schedule->conflict_forecast[product].words[w];
    return movers;
}

CityPass *city_pass(const Schedule *schedule, Day as_of, Arena *arena)
{
    CityPass *pass = NEW(arena, CityPass, 1);
    *pass = (CityPass){
        .schedule = schedule,
        .as_of = as_of,
        .arena = arena,
        .base = (const char *)pass,
        .kept = NEW(arena, KeptAnswer *, KEPT_DAYS * SEXES),
        .movers = NEW(arena, ProductSet, schedule->groups.count),
    };
    for (int i = 0; i < schedule->groups.count; i++)
        pass->movers[i] = movers_of(schedule, &schedule->groups.at[i]);
    person_room(&pass->room, schedule, arena);
    return pass;
}

// ---- What is kept -------------------------------------------------------------------------------

static KeptAnswer *kept_of(CityPass *pass, const Subject *subject)
{
    int64_t age = (int64_t)pass->as_of - subject->birth;
    if (subject->fact_count || age < 0 || age >= KEPT_DAYS) return NULL;
    KeptAnswer **place = &pass->kept[age * SEXES + subject->sex];
    if (!*place) *place = NEW(pass->arena, KeptAnswer, pass->schedule->groups.count);
    return *place;
}

static void *copied(Arena *arena, const void *from, ptrdiff_t size, ptrdiff_t align, int count)
{
    if (!count) return NULL;
    return memcpy(arena_alloc(arena, size, align, count), from, (size_t)(size * count));
}

#define COPIED(arena, Type, from, count) \
    copied((arena), (from), (ptrdiff_t)sizeof(Type), (ptrdiff_t) _Alignof(Type), (count))

static KeptAnswer next_kept(const CityPass *pass, const GroupAssessment *answer)
{
    GroupAssessment *own = COPIED(pass->arena, GroupAssessment, answer, 1);
    NextDose *next = &own->next;
    next->offer = COPIED(pass->arena, int32_t, next->offer, next->offer_count);
    next->shown = COPIED(pass->arena, Shown, next->shown, next->shown_count);
    next->last_by_product =
        COPIED(pass->arena, ProductDay, next->last_by_product, next->last_by_product_count);
    ptrdiff_t place = (const char *)own - pass->base;
    assert(place <= UINT32_MAX);
    return (KeptAnswer){.state = KEPT_NEXT, .next = (uint32_t)place};
}

// As if nothing had been given. Terms of the birth date that are worked out on the way serve the
// person as well.
static KeptAnswer worked_out(const CityPass *pass, const Person *person, int group)
{
    Person blank = *person;
    Arena scratch = *person->arena;
    GroupAssessment answer;
    blank.arena = &scratch;
    person_known(&blank, (History){0}, person->as_of);
    group_answered(&blank, group, &answer);
    if (answer.has_next) return next_kept(pass, &answer);
    return (KeptAnswer){
        .state = KEPT_ENDED, .status = (int8_t)answer.status, .row = (int16_t)answer.row};
}

static bool bears_on(const Person *person, int group)
{
    const GroupRule *rule = &person->schedule->groups.at[group];
    return (person->given_groups >> group & 1) ||
           sets_meet(&person->schedule->sets.at[rule->watches], &person->given);
}

// Doses of other groups never undo an end; a next dose they may move.
static bool answered_by_birth(const CityPass *pass, const Person *person, KeptAnswer *kept,
                              int group, GroupAssessment *out)
{
    bool scored = pass->schedule->groups.at[group].scored;
    if (!kept || scored || bears_on(person, group)) return false;
    KeptAnswer *k = &kept[group];
    if (k->state == KEPT_NOTHING) *k = worked_out(pass, person, group);
    if (k->state == KEPT_ENDED) {
        *out = (GroupAssessment){
            .group = group, .series = SERIES_NONE, .status = (Status)k->status, .row = k->row};
        return true;
    }
    if (sets_meet(&pass->movers[group], &person->given)) return false;
    *out = *(const GroupAssessment *)(const void *)(pass->base + k->next);
    return true;
}

// ---- One person ---------------------------------------------------------------------------------

static Assessment assessment_of(const Person *person, const GroupAssessment *groups)
{
    Assessment assessment = {.as_of = person->as_of,
                             .group_count = (int)person->schedule->groups.count,
                             .groups = groups};
    groups_merge(person, &assessment);
    return assessment;
}

Assessment city_assess(CityPass *pass, const Subject *subject, History history, Arena *arena)
{
    int count = (int)pass->schedule->groups.count;
    KeptAnswer *kept = kept_of(pass, subject);
    GroupAssessment *groups = NEW(arena, GroupAssessment, count);
    Person person = pass->room;
    person.arena = arena;
    person_meet(&person, subject);
    person_known(&person, history, pass->as_of);
    for (int i = 0; i < count; i++)
        if (!answered_by_birth(pass, &person, kept, i, &groups[i]))
            group_answered(&person, i, &groups[i]);
    return assessment_of(&person, groups);
}

// The verdicts of the first day hold on the second where no dose lies between and none of them asks
// for the day of assessment.
static bool judged_once(const Person people[2], int group)
{
    const GroupRule *rule = &people[0].schedule->groups.at[group];
    return people[0].entry_count == people[1].entry_count && !(rule->needs & NEEDS_AS_OF) &&
           !rule->scored;
}

static void group_on_both(const Person people[2], const bool known[2], int group,
                          GroupAssessment *const answers[2])
{
    Walk judged;
    bool once = judged_once(people, group);
    if (once) walk_judge(&judged, &people[0], group);
    for (int day = 0; day < 2; day++) {
        if (known[day]) continue;
        if (once) {
            Walk walk = judged;
            walk.person = &people[day];
            group_forecast(&walk, &answers[day][group]);
        } else {
            group_answered(&people[day], group, &answers[day][group]);
        }
    }
}

void city_assess_both(CityPass *const passes[2], const Subject *subject, History history,
                      Assessment answers[2], Arena *arena)
{
    int count = (int)passes[0]->schedule->groups.count;
    KeptAnswer *kept[2];
    GroupAssessment *groups[2];
    Person *people = NEW(arena, Person, 2);
    assert(passes[0]->schedule == passes[1]->schedule);
    people[0] = passes[0]->room;
    people[0].arena = arena;
    person_meet(&people[0], subject);
    people[1] = people[0];
    for (int day = 0; day < 2; day++) {
        kept[day] = kept_of(passes[day], subject);
        groups[day] = NEW(arena, GroupAssessment, count);
        person_known(&people[day], history, passes[day]->as_of);
    }
    for (int i = 0; i < count; i++) {
        bool known[2];
        for (int day = 0; day < 2; day++)
            known[day] =
                answered_by_birth(passes[day], &people[day], kept[day], i, &groups[day][i]);
        if (!known[0] || !known[1]) group_on_both(people, known, i, groups);
    }
    for (int day = 0; day < 2; day++) answers[day] = assessment_of(&people[day], groups[day]);
}
