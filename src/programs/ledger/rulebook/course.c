// SPDX-License-Identifier: Apache-2.0
#include "course.h"

#include "life_series.h"
#include "rule_lines.h"

#include <assert.h>

typedef struct Walked {
    const Schedule *schedule;
    const Subject *subject;
    HistoryEntry *given;  // COURSE_DOSES_MOST
    int given_count;
    Day on;  // until which the course has come
    CourseDoses doses;
    Arena *arena;
} Walked;

static Day given_on(const NextDose *next, Day on)
{
    Day day = next->earliest > on ? next->earliest : on;
    bool standard = next->standard_from != DAY_NONE && next->standard_from > day &&
                    (next->last == DAY_NONE || next->standard_from <= next->last);
    return standard ? next->standard_from : day;
}

static GroupAssessment asked(const Walked *w, int group)
{
    const History history = {w->given, w->given_count};
    return assess_group(w->schedule, group, w->subject, history, w->on, w->arena);
}

static bool is_valid(const GroupAssessment *judged, int entry)
{
    for (int i = 0; i < judged->dose_count; i++)
        if (judged->doses[i].entry == entry) return judged->doses[i].status == STATUS_VALID;
    return false;
}

// Lets a dose of this day count, with the first product that does; false: none does.
static bool give(Walked *w, int group, const NextDose *next, Day day)
{
    HistoryEntry *entry = &w->given[w->given_count];
    const History history = {w->given, w->given_count + 1};
    for (int i = 0; i < next->offer_count + product_count(w->schedule); i++) {
        Arena scratch = *w->arena;
        int32_t product = i < next->offer_count ? next->offer[i] : (int32_t)(i - next->offer_count);
        if (!group_lists(w->schedule, group, product)) continue;
        *entry = (HistoryEntry){.given_on = day, .product = product};
        GroupAssessment judged =
            assess_group(w->schedule, group, w->subject, history, day, &scratch);
        if (!is_valid(&judged, w->given_count)) continue;
        w->given_count++;
        w->on = day;
        return true;
    }
    return false;
}

// The next dose of the group; false: it asks for none after it, or it can no longer be given.
static bool dose_add(Walked *w, int group, const GroupAssessment *now)
{
    const NextDose *next = &now->next;
    if (!now->has_next || next->earliest == DAY_NONE || w->doses.count == COURSE_DOSES_MOST)
        return false;
    Day day = given_on(next, w->on);
    if (next->last != DAY_NONE && day > next->last) return false;
    const CourseDose dose = {.group = group,
                             .number = next->number,
                             .legal = {next->earliest, next->last},
                             .standard = life_standard(next),
                             .given = day,
                             .law =
                                 rule_law_of_dose(w->schedule, group, next->row, w->on, *w->arena)};
    *course_doses_push(&w->doses, w->arena) = dose;
    return give(w, group, next, day) && !group_has_occasion(w->schedule, group);
}

CourseDoses course_of(const Schedule *schedule, uint64_t groups, const Subject *subject, Day as_of,
                      Status *status, Arena *arena)
{
    assert(as_of != DAY_NONE);
    Walked w = {.schedule = schedule,
                .subject = subject,
                .given = NEW(arena, HistoryEntry, COURSE_DOSES_MOST),
                .on = as_of,
                .arena = arena};
    *status = STATUS_NONE;
    assert(subject->birth <= as_of);
    for (int g = 0; g < group_count(schedule); g++) {
        if (!(groups >> g & 1)) continue;
        DaySpan in_force = group_in_force(schedule, g);
        GroupAssessment now = asked(&w, g);
        if (in_force.first <= as_of && as_of <= in_force.last) *status = now.status;
        while (dose_add(&w, g, &now)) now = asked(&w, g);
    }
    return w.doses;
}
