// The public doors: one person on one day, all groups or one, judged anew or from kept verdicts.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "schedule_walk.h"

struct Evaluation {
    Person person;
    History history;
    Walk *walks;  // by group
};

// Rows come and go on the same days for everybody: the answer is promised up to the next of them at most.
static Day next_law_day(const Schedule *schedule, Day as_of)
{
    int32_t low = 0, high = schedule->law_day_count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (schedule->law_days[middle] <= as_of)
            low = middle + 1;
        else
            high = middle;
    }
    return low < schedule->law_day_count ? schedule->law_days[low] : DAY_MAX;
}

void group_answered(const Person *person, int group, GroupAssessment *out)
{
    *person->turn = next_law_day(person->schedule, person->as_of);
    person_turns(person, person->next_entry);
    if (person->schedule->groups.at[group].scored) {
        group_scored(person, group, out);
    } else {
        Walk walk;
        walk_judge(&walk, person, group);
        group_forecast(&walk, out);
    }
    out->may_turn = *person->turn;
}

static Assessment assessment_of(const Person *person, Arena *arena)
{
    int count = (int)person->schedule->groups.count;
    GroupAssessment *groups = ROOM(arena, GroupAssessment, count);
    for (int i = 0; i < count; i++) group_answered(person, i, &groups[i]);
    Assessment assessment = {.as_of = person->as_of, .group_count = count, .groups = groups};
    groups_merge(person, &assessment);
    return assessment;
}

Assessment assess(const Schedule *schedule, const Subject *subject, History history, Day as_of,
                  Arena *arena)
{
    Person person;
    person_begin(&person, schedule, subject, history, as_of, arena);
    return assessment_of(&person, arena);
}

GroupAssessment assess_explained(const Schedule *schedule, int group, const Subject *subject,
                                 History history, Day as_of, Explanation *explanation, Arena *arena)
{
    Person person;
    GroupAssessment result;
    assert(group >= 0 && group < schedule->groups.count);
    person_begin(&person, schedule, subject, history, as_of, arena);
    person.explanation = explanation;
    group_answered(&person, group, &result);
    return result;
}

GroupAssessment assess_group(const Schedule *schedule, int group, const Subject *subject,
                             History history, Day as_of, Arena *arena)
{
    return assess_explained(schedule, group, subject, history, as_of, NULL, arena);
}

Evaluation *evaluate(const Schedule *schedule, const Subject *subject, History history, Day as_of,
                     Arena *arena)
{
    Evaluation *evaluation = NEW(arena, Evaluation, 1);
    evaluation->history = history;
    evaluation->walks = NEW(arena, Walk, schedule->groups.count);
    person_begin(&evaluation->person, schedule, subject, history, as_of, arena);
    for (int i = 0; i < schedule->groups.count; i++)
        if (!schedule->groups.at[i].scored)
            walk_judge(&evaluation->walks[i], &evaluation->person, i);
    return evaluation;
}

bool group_depends_on_as_of(const Schedule *schedule, int group)
{
    assert(group >= 0 && group < schedule->groups.count);
    return (schedule->groups.at[group].needs & (NEEDS_AS_OF | NEEDS_WHOLE)) != 0;
}

// The person as known on another day. Kept terms stay good: they know birth and facts only.
Assessment forecast(const Evaluation *evaluation, Day as_of, Arena *arena)
{
    const Schedule *schedule = evaluation->person.schedule;
    Person *person = NEW(arena, Person, 1);
    *person = evaluation->person;
    person->arena = arena;
    person_known(person, evaluation->history, as_of);
    bool same_doses = person->entry_count == evaluation->person.entry_count;
    int count = (int)schedule->groups.count;
    GroupAssessment *groups = ROOM(arena, GroupAssessment, count);
    for (int i = 0; i < count; i++) {
        bool keep = same_doses && !(schedule->groups.at[i].needs & NEEDS_AS_OF);
        if (!keep || schedule->groups.at[i].scored) {
            group_answered(person, i, &groups[i]);
            continue;
        }
        Walk walk = evaluation->walks[i];
        walk.person = person;
        group_forecast(&walk, &groups[i]);
    }
    Assessment assessment = {.as_of = as_of, .group_count = count, .groups = groups};
    groups_merge(person, &assessment);
    return assessment;
}
