// The last safe date: by trying, not by an inverse formula, so that every bracket and path is right.
// What a try misses says how many days can be left out, so a date costs some twenty tries.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <string.h>

#include "schedule_walk.h"

typedef struct Trial {
    const Schedule *schedule;
    Person person;        // as known today; each try knows more doses
    History known;        // what was given
    Day given_last;       // the last dose of the group itself; DAY_NONE: none
    HistoryEntry *tried;  // room for the history with the doses that are tried, in order of day
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

// How a try ended. `days` is how many too late: 0 when the series completes; UNKNOWN when it ends for
// another reason. `path` tells tries apart that took different doses.
typedef struct Outcome {
    int32_t days;
    int gaps;  // between the dose that was tried and the one that came too late
    uint32_t path;
} Outcome;

enum { UNKNOWN = 1 };

static uint32_t path_step(uint32_t path, int32_t row)
{
    return path * 31 + (uint32_t)row + 1;
}

// Other doses may have been given since: the one that is tried takes its place among them.
static History history_with(const Trial *trial, int given, Day day, int32_t product)
{
    int at = trial->known.count + given;
    for (; at && trial->tried[at - 1].given_on > day; at--) trial->tried[at] = trial->tried[at - 1];
    trial->tried[at] = (HistoryEntry){.given_on = day, .product = product};
    return (History){trial->tried, trial->known.count + given + 1};
}

static void dose_given(const Trial *trial, int given, Day day, int32_t product, Arena *arena,
                       GroupAssessment *answer)
{
    Person person = trial->person;
    Walk walk;
    person.arena = arena;
    person_known(&person, history_with(trial, given, day, product), day);
    walk_judge(&walk, &person, trial->group);
    group_reached(&walk, answer);
}

// Gives the dose on `day` and each later one on its own first day, at least a day apart.
static Outcome tried(const Trial *trial, Day day, int32_t product)
{
    uint32_t path = 0;
    size_t known = (size_t)trial->known.count;
    if (known) memcpy(trial->tried, trial->known.at, known * sizeof *trial->tried);
    for (int given = 0; given < DOSES_MAX; given++) {
        Arena arena = trial->arena;
        GroupAssessment answer;
        dose_given(trial, given, day, product, &arena, &answer);
        const NextDose *next = &answer.next;
        path = path_step(path_step(path, answer.series), answer.status == STATUS_COMPLETE);
        if (answer.status == STATUS_COMPLETE) return (Outcome){0, given, path};
        if (!next->position) return (Outcome){UNKNOWN, 1, path};
        path = path_step(path, next->row);
        Day soonest = next->earliest > day ? next->earliest : day + 1;
        if (next->last != DAY_NONE && soonest > next->last)
            return (Outcome){soonest - next->last, given + 1, path};
        if (!answer.has_next) return (Outcome){UNKNOWN, 1, path};
        product = product_on_offer(trial, next, product);
        day = soonest;
    }
    return (Outcome){UNKNOWN, 1, path};
}

static Trial trial_begin(const Schedule *schedule, const Subject *subject, History history,
                         const GroupAssessment *assessed, Day as_of, Arena *scratch)
{
    Trial trial = {.schedule = schedule, .group = assessed->group, .given_last = DAY_NONE};
    person_begin(&trial.person, schedule, subject, history, as_of, scratch);
    trial.known = (History){history.at, trial.person.entry_count};
    // A dose that is tried is meant for this group, never for the one before it.
    trial.person.prior_most = entries_of_group(&trial.person, assessed->group);
    for (int i = 0; i < assessed->dose_count; i++)
        trial.given_last = history.at[assessed->doses[i].entry].given_on;
    trial.tried = NEW(scratch, HistoryEntry, trial.known.count + DOSES_MAX);
    trial.arena = *scratch;
    return trial;
}

static Day last_for_product(const NextDose *next, int product)
{
    for (int i = 0; i < next->last_by_product_count; i++)
        if (next->last_by_product[i].product == product) return next->last_by_product[i].day;
    return next->last;
}

// Month ends and half months let a gap stretch or shrink by up to five days when its first day moves.
enum { SLACK_DAYS = 5 };

// Searched down from the last day. A try that ends many days too late cannot be mended by moving fewer
// days than that, less the slack of each gap: those days are left out, provided that the day where we
// land takes the same doses. Where it does not, a bracket lies between and every day is tried.
static Day last_safe_of(const Trial *trial, const NextDose *next, int product)
{
    Day floor = next->earliest;  // and never on the day of the dose before
    if (trial->given_last >= floor) floor = trial->given_last + 1;
    Day day = last_for_product(next, product);
    while (day >= floor) {
        Outcome outcome = tried(trial, day, product);
        if (!outcome.days) return day;
        Day landing = day - (outcome.days - SLACK_DAYS * outcome.gaps);
        if (landing < floor) landing = floor;
        bool far = landing < day - 1 && tried(trial, landing, product).path == outcome.path;
        day = far ? landing : day - 1;
    }
    return DAY_NONE;
}

static bool on_offer(const NextDose *next, int product)
{
    for (int i = 0; i < next->offer_count; i++)
        if (next->offer[i] == product) return true;
    return !next->offer_count;
}

// Without a dose a product may only begin a series that is open without one.
static bool may_begin(const Schedule *schedule, const GroupAssessment *assessed, int product)
{
    Range range = schedule->groups.at[assessed->group].series;
    if (assessed->dose_count || !schedule->series.at[assessed->series].undecided) return true;
    for (int i = range.first; i < range.first + range.count; i++) {
        const SeriesRule *series = &schedule->series.at[i];
        const ProductSet *products = &schedule->sets.at[series->products];
        if (series->undecided && (!series->products || set_has(products, product))) return true;
    }
    return false;
}

static bool may_be_tried(const Schedule *schedule, const GroupAssessment *assessed, int product)
{
    const GroupRule *group = &schedule->groups.at[assessed->group];
    return set_has(&schedule->sets.at[group->products], product) &&
           on_offer(&assessed->next, product) && may_begin(schedule, assessed, product);
}

static bool has_last_safe(const Schedule *schedule, const GroupAssessment *assessed)
{
    return assessed->has_next && assessed->next.last != DAY_NONE &&
           !schedule->groups.at[assessed->group].scored;
}

Day last_safe_with(const Schedule *schedule, const Subject *subject, History history,
                   const GroupAssessment *assessed, int product, Day as_of, Arena scratch)
{
    if (!has_last_safe(schedule, assessed) || !may_be_tried(schedule, assessed, product))
        return DAY_NONE;
    Trial trial = trial_begin(schedule, subject, history, assessed, as_of, &scratch);
    return last_safe_of(&trial, &assessed->next, product);
}

// Each further product is tried only on days after the best so far, the newest product first: one that
// is no longer in use would else be tried on every day of a window of years.
Day last_safe(const Schedule *schedule, const Subject *subject, History history,
              const GroupAssessment *assessed, Day as_of, Arena scratch)
{
    if (!has_last_safe(schedule, assessed)) return DAY_NONE;
    Trial trial = trial_begin(schedule, subject, history, assessed, as_of, &scratch);
    NextDose beyond = assessed->next;
    Day best = DAY_NONE;
    for (int product = (int)schedule->products.count - 1; product >= 0; product--) {
        if (!may_be_tried(schedule, assessed, product)) continue;
        Day day = last_safe_of(&trial, &beyond, product);
        if (day == DAY_NONE) continue;
        best = day;
        beyond.earliest = best + 1;
    }
    return best;
}
