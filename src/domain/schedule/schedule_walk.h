// Inside the engine: one person, and the walk of one group along a series.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "schedule_model.h"

VEC(ExplainSteps, ExplainStep, explain_steps);

// What all groups of one person share. Slots hold the terms of birth and facts once worked out.
typedef struct Person {
    const Schedule *schedule;
    const Subject *subject;
    const HistoryEntry *entries;
    int entry_count;  // to the assessment day
    Day as_of;
    CivilDate birth;
    ProductSet given;       // products of the entries that count
    uint64_t given_groups;  // groups that have an entry of their own
    FactSet known;          // facts of which something is known
    int32_t prior_most;     // of the first entries, so many at most are left to a group before
    Day *slots;
    DaySpan *years;  // by calendar: the year last asked for; most days lie in the same one
    Day next_entry;  // the first dose after the assessment day; DAY_MAX: none
    Day *turn;  // of the group in hand: the first day on which something that was asked turns over
    Arena *arena;
    Explanation *explanation;  // NULL on the fast path
} Person;

typedef struct PlacedDose {
    int32_t entry, product;
    Day given_on;
    int target;  // the target dose it took; of an excess dose none
    bool accepted;
    bool excess;  // beyond the last target dose
} PlacedDose;

typedef struct WindowDays {
    bool missing;     // rows exist, none is in force
    bool opened;      // its first day is that of an opening: it binds every dose
    Day first, last;  // of the row that matters; DAY_NONE: no bound
} WindowDays;

// A span of this group that is over and met a target day.
typedef struct Opening {
    const SubjectSpan *span;
    Day met;  // the last target day that it met
} Opening;

// The state of one group while doses are judged one by one; the forecast goes on from its end.
typedef struct Walk {
    const Person *person;
    const GroupRule *group;
    const SeriesRule *series;  // NULL: none fits
    int group_index, series_index;
    int use;                // USE_JUDGE or USE_FORECAST
    Day on;                 // the day asked about
    int product;            // of the dose being judged, else PRODUCT_NONE
    const int32_t *listed;  // entries that belong here, in order
    int listed_count;
    int earlier;  // how many of them lie before the dose being judged
    PlacedDose *placed;
    int placed_count;
    DoseVerdict *verdicts;
    int verdict_count;
    Day *targets;  // by target dose: the day that satisfied it; NULL where no dose is listed
    Day previous, prior, last_entry;
    uint64_t served;    // components of the accepted doses that took a place
    bool beside_taken;  // an accepted dose stands beside the series
    int target;         // index into the doses of the series; their count: beyond the last
    bool lapsed;        // a target dose was passed over because its last day had gone by
    Day lapse_floor;    // the day after the last of them
    bool outside;       // a target row that nobody judges failed
    int32_t outside_row;
    WindowDays window, season;  // in the forecast: on the assessment day
    const Opening *openings;    // of the window of the series
    int opening_count;
    const SubjectSpan *span;  // whose beginning and end a term may ask for
    bool opening_ahead;       // in the forecast: one of them has not ended yet
    uint32_t ranks_complete;  // of the competing series walked before
    bool ends_known;          // worked out before for all series of the group
    Status ended;
    int32_t ended_row;
} Walk;

// Of two days, where one may be absent.
static inline Day sooner_of(Day a, Day b)
{
    if (a == DAY_NONE) return b;
    return b == DAY_NONE || a < b ? a : b;
}

static inline Day later_of(Day a, Day b)
{
    return a > b ? a : b;
}

// ---- until when an answer holds: schedule_assess.c takes it down
// Something that was asked about the assessment day is answered otherwise from `day` on.
static inline void person_turns(const Person *person, Day day)
{
    if (day > person->as_of && day < *person->turn) *person->turn = day;
}

// The same of the day asked about: outside of judging that is the assessment day.
static inline void walk_turns(const Walk *walk, Day day)
{
    if (walk->on == walk->person->as_of) person_turns(walk->person, day);
}

// Being inside a span turns over where it begins and after it has ended; DAY_NONE: no such end.
static inline void walk_turns_span(const Walk *walk, Day first, Day last)
{
    walk_turns(walk, first);
    if (last != DAY_NONE) walk_turns(walk, last + 1);
}

// ---- schedule_terms.c
Day term_worked_out(const Walk *walk, const Term *term);
Day term_moving(const Walk *walk, const Term *term);  // the day asked about or of assessment itself
Day term_after(const Term *term, Day from);  // the span of an anchored term, from another day
bool condition_written(const Walk *walk, int32_t condition);
bool row_in_force(const Walk *walk, const RowHead *head);  // whose bounds are terms

#define SLOT_EMPTY (DAY_NONE + 1)

// Most terms, bounds, conditions and wants are absent or known: they are answered here, without a call.
static inline Day term_day(const Walk *walk, int32_t term)  // DAY_NONE when absent
{
    if (!term) return DAY_NONE;
    const Term *t = &walk->person->schedule->terms.at[term];
    if (t->slot >= 0) {
        Day *slot = &walk->person->slots[t->slot];
        if (*slot == SLOT_EMPTY) *slot = term_worked_out(walk, t);
        return *slot;
    }
    return t->slot == SLOT_NONE ? term_worked_out(walk, t) : term_moving(walk, t);
}

static inline bool condition_holds(const Walk *walk, int32_t condition)
{
    return !condition || condition_written(walk, condition);
}

static inline bool row_applies(const Walk *walk, const RowHead *head)
{
    if (!(head->uses & walk->use)) return false;
    bool in_force = head->uses & (HEAD_FROM_TERM | HEAD_TO_TERM)
                        ? row_in_force(walk, head)
                        : walk->on >= head->from && walk->on <= head->to;
    return in_force && condition_holds(walk, head->when);
}

// One fact of the set is known, or there is no set.
static inline bool facts_wanted(const Person *person, int32_t wants)
{
    return !wants || (person->subject->fact_count &&
                      facts_meet(&person->schedule->fact_sets.at[wants], &person->known));
}

// One product of the set was given, or there is no set.
static inline bool products_wanted(const Person *person, int32_t wants)
{
    return !wants || sets_meet(&person->schedule->sets.at[wants], &person->given);
}

void person_begin(Person *person, const Schedule *schedule, const Subject *subject, History history,
                  Day as_of, Arena *arena);
// The same in three steps, for one room that serves many: its tables; whose terms of birth and facts
// they hold from now on; the doses known on a day, which leaves those terms worked out.
void person_room(Person *person, const Schedule *schedule, Arena *arena);
void person_meet(Person *person, const Subject *subject);
void person_known(Person *person, History history, Day as_of);

// ---- schedule_openings.c
void openings_find(Walk *walk);  // those of the series just taken
bool span_met(const Walk *walk, int32_t fact);
bool opening_holds(const Walk *walk, Day day, int32_t product);
Day opening_began(const Walk *walk);  // the latest of them up to the day asked about; DAY_NONE
bool opening_ends_from(const Walk *walk, Day day);
bool opening_met_before(const Walk *walk, Day day);
// What a dose of any product may be given in: the window `own` on the assessment day and the openings,
// in order of day, joined where they touch. Room for one more than there are rows and openings.
int openings_joined(const Walk *walk, WindowDays own, WindowDays *spans);
int openings_most(const Walk *walk);

// ---- schedule_walk.c
int entries_of_group(const Person *person, int group);  // of its products, that count
// Lists, chooses a series and judges every dose; the walk then stands before the next one.
void walk_judge(Walk *walk, const Person *person, int group);
// The same in two steps, for series that compete: each follows the one list with verdicts of its own.
void walk_list_doses(Walk *walk, const Person *person, int group);
void walk_follow(Walk *walk, int series);
// The dose with the first of its cases that applies laid over it.
const DoseRule *dose_case(const Walk *walk, const DoseRule *dose);
// Components of the group that no accepted dose and no past disease has served; 0: none, or no such group.
uint64_t walk_owed(const Walk *walk);
// Of a product that groups share by age or day: the entry is of this group.
bool entry_belongs(const Walk *walk, const HistoryEntry *e);
// What a dose serves of the group's components; a product that holds none of them serves all.
uint64_t product_serves(const Walk *walk, int32_t product);
bool serves_all(const Walk *walk, int32_t product);
const DoseRule *walk_further(const Walk *walk);  // what is asked of a dose beyond the last; or NULL

static inline const DoseRule *dose_with_case(const Walk *walk, int32_t index)
{
    const DoseRule *dose = &walk->person->schedule->doses.at[index];
    return dose->cases.count ? dose_case(walk, dose) : dose;
}

static inline const DoseRule *walk_dose(const Walk *walk)  // the target dose; NULL beyond the last
{
    if (walk->target >= walk->series->doses.count) return NULL;
    return dose_with_case(walk, walk->series->doses.first + walk->target);
}

static inline int32_t number_text(int number)
{
    return TEXT_NUMBER_0 + (number < NUMBERS_MAX ? number : NUMBERS_MAX);
}

static inline int32_t position_of(const Walk *walk, const DoseRule *dose)
{
    return dose->position ? dose->position : number_text(walk->placed_count + 1);
}

static inline bool walk_full(const Walk *walk)
{
    const SeriesRule *series = walk->series;
    return walk->target >= series->doses.count ||
           (series->complete_when == COMPLETE_CONDITION &&
            condition_holds(walk, series->complete_condition));
}

void walk_go_on(Walk *walk);
// Passes over the target doses that skip or lapse on the walk's day; most of them never do.
static inline void walk_pass_over(Walk *walk)
{
    walk->product = PRODUCT_NONE;  // a skip does not know which product will come
    const DoseRule *dose = walk_dose(walk);
    if (dose && (dose->skips.count || dose->lapses)) walk_go_on(walk);
}
bool walk_complete(const Walk *walk);
bool walk_has_code(const Walk *walk, const uint32_t codes[2]);
void walk_take_series(Walk *walk, int series);
bool series_open(const Walk *walk, int series, Day first_day);

// ---- schedule_checks.c
// The latest first day, up to the day asked about, of the window's rows in force and openings; DAY_NONE: none.
Day window_began(const Walk *walk);
// Adds what these checks object to; `dose` is what the entry is asked to be.
void dose_check(const Walk *walk, const DoseRule *dose, Range checks, DoseVerdict *verdict);
void verdict_object(const Walk *walk, DoseVerdict *verdict, int32_t code, int32_t note);
Effect verdict_effect(const Walk *walk, const DoseVerdict *verdict);  // all its reasons together

// ---- schedule_forecast.c
// Goes on from the last verdict, to the dose that is forecast.
void group_forecast(Walk *walk, GroupAssessment *out);
// Names the products of a next dose that wishes for some of those it accepts.
void group_offer(const Walk *walk, NextDose *next);
Status group_ended(const Walk *walk, int32_t *row);  // STATUS_NONE: nothing ends it
// The same, and what is closed because its days no longer fit still shows them in `next`.
void group_reached(Walk *walk, GroupAssessment *out);

// ---- schedule_score.c
// Walks every series of a group whose series compete, and keeps the best ones.
void group_scored(const Person *person, int group, GroupAssessment *out);

// ---- schedule_merge.c
void groups_merge(const Person *person, Assessment *assessment);

// ---- schedule_assess.c
void group_answered(const Person *person, int group, GroupAssessment *out);

// ---- schedule_names.c
bool brand_is_dated(
    const BrandRule *brand);  // it means its product at some ages or on some days only
DaySpan brand_days(const Walk *walk, const BrandRule *brand);

// ---- schedule_explain.c
void explain_row(const Walk *walk, ExplainKind kind, int32_t row, int32_t text, Day first, Day last,
                 bool holds);
void explain_rival(const Walk *walk, ExplainKind kind, int32_t number, Day first, bool holds);
#define EXPLAIN_RIVAL(walk, ...) \
    ((walk)->person->explanation ? explain_rival((walk), __VA_ARGS__) : (void)0)
#define EXPLAIN(walk, ...) \
    ((walk)->person->explanation ? explain_row((walk), __VA_ARGS__) : (void)0)
