// The last safe date: by trying, not by an inverse formula, so that every bracket and path is right.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <string.h>

#include "schedule_walk.h"

typedef struct Trial {
    const Schedule *schedule;
    const Subject *subject;
    HistoryEntry *entries;  // the history, with room for the doses that are tried
    int known;              // entries that are real
    int group;
    Arena arena;
} Trial;

static int32_t product_on_offer(const Trial *trial, const NextDose *next, int32_t started)
{
    const ProductSet *own =
        &trial->schedule->sets.at[trial->schedule->groups.at[trial->group].products];
    for (int i = 0; i < next->offer_count; i++)
        if (next->offer[i] == started) return started;
    if (next->offer_count) return next->offer[0];
    assert(set_has(own, started));
    return started;
}

// Gives the dose on `day` and each later one on its own first day, at least a day apart. How many
// days too late the series ends: 0 when it completes, INT32_MAX when no earlier day could mend it.
static int32_t days_missed(const Trial *trial, Day day, int32_t product)
{
    for (int given = 0; given < DOSES_MAX; given++) {
        Arena arena = trial->arena;
        trial->entries[trial->known + given] = (HistoryEntry){.given_on = day, .product = product};
        History history = {trial->entries, trial->known + given + 1};
        Person person;
        GroupAssessment answer;
        person_begin(&person, trial->schedule, trial->subject, history, day, &arena);
        Walk walk;
        walk_judge(&walk, &person, trial->group);
        group_forecast(&walk, &answer);
        if (answer.status == STATUS_COMPLETE) return 0;
        if (!answer.has_next) return 1;
        Day soonest = answer.next.earliest > day ? answer.next.earliest : day + 1;
        if (answer.next.last != DAY_NONE && soonest > answer.next.last)
            return soonest - answer.next.last;
        product = product_on_offer(trial, &answer.next, product);
        day = soonest;
    }
    return 1;
}

static Trial trial_begin(const Schedule *schedule, const Subject *subject, History history,
                         int group, Day as_of, Arena *scratch)
{
    Trial trial = {.schedule = schedule, .subject = subject, .group = group};
    while (trial.known < history.count && history.at[trial.known].given_on <= as_of) trial.known++;
    trial.entries = NEW(scratch, HistoryEntry, trial.known + DOSES_MAX);
    if (trial.known) memcpy(trial.entries, history.at, (size_t)trial.known * sizeof *history.at);
    trial.arena = *scratch;
    return trial;
}

static Day last_for_product(const NextDose *next, int product)
{
    for (int i = 0; i < next->last_by_product_count; i++)
        if (next->last_by_product[i].product == product) return next->last_by_product[i].day;
    return next->last;
}

// Searched down from the last day, day by day: half months step back by a day or two, and brackets
// open and close, so nothing may be skipped.
static Day last_safe_of(const Trial *trial, const NextDose *next, int product)
{
    Day floor = next->earliest;
    Day known = trial->known ? trial->entries[trial->known - 1].given_on : DAY_NONE;
    if (known > floor) floor = known;
    for (Day day = last_for_product(next, product); day >= floor; day--)
        if (!days_missed(trial, day, product)) return day;
    return DAY_NONE;
}

static bool on_offer(const NextDose *next, int product)
{
    for (int i = 0; i < next->offer_count; i++)
        if (next->offer[i] == product) return true;
    return !next->offer_count;
}

Day last_safe_with(const Schedule *schedule, const Subject *subject, History history,
                   const GroupAssessment *assessed, int product, Day as_of, Arena scratch)
{
    const NextDose *next = &assessed->next;
    if (!assessed->has_next || next->last == DAY_NONE || !on_offer(next, product)) return DAY_NONE;
    if (!set_has(&schedule->sets.at[schedule->groups.at[assessed->group].products], product))
        return DAY_NONE;
    Trial trial = trial_begin(schedule, subject, history, assessed->group, as_of, &scratch);
    return last_safe_of(&trial, next, product);
}

Day last_safe(const Schedule *schedule, const Subject *subject, History history,
              const GroupAssessment *assessed, Day as_of, Arena scratch)
{
    Day best = DAY_NONE;
    for (int product = 0; product < schedule->products.count; product++) {
        Day day = last_safe_with(schedule, subject, history, assessed, product, as_of, scratch);
        if (day > best) best = day;
    }
    return best;
}
