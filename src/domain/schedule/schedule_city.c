// One day, a whole city: what a birth date alone decides is worked out once for all who share it.
// SPDX-License-Identifier: Apache-2.0
#include "schedule_walk.h"

enum { KEPT_DAYS = 125 * 366, SEXES = SUBJECT_FEMALE + 1 };

// What a group answers to everybody of a birth date and sex who has no dose that bears on it.
typedef struct KeptAnswer {
    int16_t status;  // STATUS_NONE: the person must be looked at
    int16_t row;
} KeptAnswer;

struct CityPass {
    const Schedule *schedule;
    Day as_of;
    Arena *arena;
    KeptAnswer **kept;  // by age in days and sex; filled on first use
};

CityPass *city_pass(const Schedule *schedule, Day as_of, Arena *arena)
{
    CityPass *pass = NEW(arena, CityPass, 1);
    *pass = (CityPass){
        .schedule = schedule,
        .as_of = as_of,
        .arena = arena,
        .kept = NEW(arena, KeptAnswer *, KEPT_DAYS * SEXES),
    };
    return pass;
}

// Only what has no next dose: a next dose may still be moved by doses of other groups, an end not.
static KeptAnswer *answers_worked_out(const CityPass *pass, Day birth, SubjectSex sex)
{
    int groups = (int)pass->schedule->groups.count;
    KeptAnswer *kept = NEW(pass->arena, KeptAnswer, groups);
    Arena scratch = *pass->arena;
    Subject subject = {.birth = birth, .sex = sex};
    Assessment a = assess(pass->schedule, &subject, (History){0}, pass->as_of, &scratch);
    for (int i = 0; i < groups; i++)
        if (!a.groups[i].has_next)
            kept[i] = (KeptAnswer){(int16_t)a.groups[i].status, (int16_t)a.groups[i].row};
    return kept;
}

static const KeptAnswer *answers_of(CityPass *pass, const Subject *subject)
{
    int64_t age = (int64_t)pass->as_of - subject->birth;
    if (subject->fact_count || age < 0 || age >= KEPT_DAYS) return NULL;
    KeptAnswer **place = &pass->kept[age * SEXES + subject->sex];
    if (!*place) *place = answers_worked_out(pass, subject->birth, subject->sex);
    return *place;
}

static bool bears_on(const Person *person, int group)
{
    const GroupRule *rule = &person->schedule->groups.at[group];
    const ProductSet *watched = &person->schedule->sets.at[rule->watches];
    if (person->given_groups >> group & 1) return true;
    for (ptrdiff_t i = 0; i < countof(watched->words); i++)
        if (watched->words[i] & person->given.words[i]) return true;
    return false;
}

Assessment city_assess(CityPass *pass, const Subject *subject, History history, Arena *arena)
{
    int count = (int)pass->schedule->groups.count;
    const KeptAnswer *kept = answers_of(pass, subject);
    GroupAssessment *groups = NEW(arena, GroupAssessment, count);
    Person person;
    person_begin(&person, pass->schedule, subject, history, pass->as_of, arena);
    for (int i = 0; i < count; i++) {
        if (kept && kept[i].status && !bears_on(&person, i)) {
            groups[i].group = i;
            groups[i].series = SERIES_NONE;
            groups[i].status = (Status)kept[i].status;
            groups[i].row = kept[i].row;
            continue;
        }
        group_answered(&person, i, &groups[i]);
    }
    Assessment assessment = {.as_of = pass->as_of, .group_count = count, .groups = groups};
    groups_merge(&person, &assessment);
    return assessment;
}
