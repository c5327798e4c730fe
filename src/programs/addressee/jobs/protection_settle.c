// SPDX-License-Identifier: Apache-2.0
#include "protection_settle.h"

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
    int64_t *effects;
} Settling;

// Covered without a household that has a measure: an officer is asked, once.
static bool ask_officer(Settling *s, const Unsettled *who, Arena scratch, Error *err)
{
    EndSaid said;
    Store *store = s->plan->store;
    if (!protection_end_said(store, who->person.person_id, &scratch, &said, err)) return false;
    if (said.file_no) return true;
    s->effects[EFFECT_STAYS_COVERED]++;
    register_plan_effects(s->plan, who->person.person_id, 0, (RegisterEffects)1 << EFFECT_STAYS_COVERED);
    return true;
}

static bool came_to_hidden(const Settling *s, const Unsettled *who, const RegisterVersionRows *history,
                           Arena *scratch)
{
    return who->beside == BESIDE_COVERED && (register_came_to_hidden(history, &s->hidden.own, scratch) ||
                                             register_came_to_hidden(history, &s->hidden.covered, scratch));
}

static bool settle_person(Settling *s, Unsettled *who, Arena scratch, Error *err)
{
    RegisterVersionRows history;
    RegisterVersionRows made;
    RegisterPlan *plan = s->plan;
    int64_t person_id = who->person.person_id;
    if (!person_history(plan->store, plan->keys, person_id, &scratch, &history, err))
        return false;
    if (!register_current(&history)) return true;  // nothing of this person stands
    bool ended = who->person.household_key == s->ended_household;
    bool covers = who->beside == BESIDE_OWN || came_to_hidden(s, who, &history, &scratch);
    bool was_covered = who->beside == BESIDE_NOBODY;
    if (was_covered && !ended && !register_moved_away(&history, &s->hidden.own, &scratch))
        return ask_officer(s, who, scratch, err);
    RegisterStep step = register_household(&history, covers, s->known_on, &scratch);
    if (step.outcome != STEP_APPLIED) return true;
    for (RegisterEffect effect = 0; effect < EFFECT_COUNT; effect++)
        s->effects[effect] += effect_has(step.effects, effect);
    register_plan_end_settled(plan, person_id);
    return register_plan_step(plan, NULL, &who->person, &history, &step, scratch, &made, err);
}

bool protection_settle(RegisterPlan *plan, Day known_on, int64_t ended_household, int64_t *effects,
                       Arena scratch, Error *err)
{
    UnsettledRows unsettled;
    Settling s = {.plan = plan, .known_on = known_on, .ended_household = ended_household, .effects = effects};
    // What is planned is written before it is asked about.
    if (!key_households(plan, scratch, err) || !register_plan_write(plan, err)) return false;
    if (!protection_unsettled(plan->store, &scratch, &unsettled, err)) return false;
    if (unsettled.count && !protected_places(plan->store, plan->keys, &scratch, &s.hidden, err))
        return false;
    VEC_EACH (Unsettled, who, unsettled)
        if (!settle_person(&s, who, scratch, err)) return false;
    return register_plan_write(plan, err) && clear_places_seal(plan->store, plan->keys, scratch, err);
}
