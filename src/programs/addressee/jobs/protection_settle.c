// SPDX-License-Identifier: Apache-2.0
#include "protection_settle.h"

#include "people_rows.h"
#include "person_names.h"
#include "protected_rows.h"
#include "protection.h"

// Whoever was stored before persons had a household key gets one now.
static bool key_person(RegisterPlan *plan, PersonRow *person, Arena scratch, Error *err)
{
    RegisterVersionRows history;
    if (!person_history(plan->store, plan->keys, person->person_id, &scratch, &history, err))
        return false;
    const RegisterVersion *now = register_current(&history);
    if (!now) now = &history.at[history.count - 1];
    person->household_key = household_key(plan->keys, person->person_id, now->state.household_no);
    person->protection = now->state.protection;
    register_plan_person(plan, person);
    return true;
}

static bool key_households(RegisterPlan *plan, Arena scratch, Error *err)
{
    PersonRows unkeyed;
    if (!households_unkeyed(plan->store, &scratch, &unkeyed, err)) return false;
    VEC_EACH (PersonRow, person, unkeyed)
        if (!key_person(plan, person, scratch, err)) return false;
    return true;
}

typedef struct Settling {
    RegisterPlan *plan;
    Day known_on;
    int64_t ended_household;
    HiddenPlaces hidden;
    PersonNumbers asked;  // about whom an officer has been asked, in order
    int64_t *effects;
} Settling;

static bool asked_already(const PersonNumbers *asked, int64_t person_id)
{
    ptrdiff_t first = 0, end = asked->count;
    while (first < end) {
        ptrdiff_t middle = first + (end - first) / 2;
        if (asked->at[middle] == person_id) return true;
        if (asked->at[middle] < person_id)
            first = middle + 1;
        else
            end = middle;
    }
    return false;
}

// Covered without a household that has a measure: an officer is asked, once.
static void ask_officer(Settling *s, int64_t person_id)
{
    if (asked_already(&s->asked, person_id)) return;
    s->effects[EFFECT_STAYS_COVERED]++;
    register_plan_effects(s->plan, person_id, 0, (RegisterEffects)1 << EFFECT_STAYS_COVERED);
}

static bool came_to_hidden(const Settling *s, const Unsettled *who, const RegisterVersionRows *history,
                           Arena *scratch)
{
    return who->beside == BESIDE_COVERED && (register_came_to_hidden(history, &s->hidden.own, scratch) ||
                                             register_came_to_hidden(history, &s->hidden.covered, scratch));
}

static bool settle_person(Settling *s, Unsettled *who, const RegisterVersionRows *history, Arena scratch, Error *err)
{
    RegisterVersionRows made;
    RegisterPlan *plan = s->plan;
    int64_t person_id = who->person.person_id;
    if (!register_current(history)) return true;  // nothing of this person stands
    bool ended = who->person.household_key == s->ended_household;
    bool covers = who->beside == BESIDE_OWN || came_to_hidden(s, who, history, &scratch);
    bool was_covered = who->beside == BESIDE_NOBODY;
    if (was_covered && !ended && !register_moved_away(history, &s->hidden.own, &scratch)) {
        ask_officer(s, person_id);
        return true;
    }
    RegisterStep step = register_household(history, covers, s->known_on, &scratch);
    if (step.outcome != STEP_APPLIED) return true;
    for (RegisterEffect effect = 0; effect < EFFECT_COUNT; effect++)
        s->effects[effect] += effect_has(step.effects, effect);
    register_plan_end_settled(plan, person_id);
    return register_plan_step(plan, NULL, &who->person, history, &step, scratch, &made, err);
}

static bool settle_all(Settling *s, UnsettledRows *unsettled, Arena scratch, Error *err)
{
    RegisterPlan *plan = s->plan;
    if (!unsettled->count) return true;
    KnownPerson *people = NEW(&scratch, KnownPerson, unsettled->count);
    for (ptrdiff_t i = 0; i < unsettled->count; i++) people[i].row = unsettled->at[i].person;
    if (!people_histories(plan->store, plan->keys, people, unsettled->count, &scratch, err) ||
        !protection_ends_said(plan->store, unsettled, &scratch, &s->asked, err) ||
        !protected_places(plan->store, plan->keys, &scratch, &s->hidden, err))
        return false;
    for (ptrdiff_t i = 0; i < unsettled->count; i++)
        if (!settle_person(s, &unsettled->at[i], &people[i].history, scratch, err)) return false;
    return true;
}

bool protection_settle(RegisterPlan *plan, Day known_on, int64_t ended_household, int64_t *effects,
                       Arena scratch, Error *err)
{
    UnsettledRows unsettled;
    Settling s = {.plan = plan, .known_on = known_on, .ended_household = ended_household, .effects = effects};
    // What is planned is written before it is asked about.
    if (!key_households(plan, scratch, err) || !register_plan_write(plan, err) ||
        !people_named(plan->store, plan->keys, scratch, err))
        return false;
    if (!protection_unsettled(plan->store, &scratch, &unsettled, err)) return false;
    return settle_all(&s, &unsettled, scratch, err) && register_plan_write(plan, err) && clear_places_seal(plan->store, plan->keys, scratch, err);
}
