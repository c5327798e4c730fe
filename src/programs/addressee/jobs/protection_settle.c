// SPDX-License-Identifier: Apache-2.0
#include "protection_settle.h"

#include "protected_rows.h"
#include "protection.h"

// Whoever was stored before persons had a household key gets one now.
static bool key_person(RegisterWriter *writer, PersonRow *person, Arena scratch, Error *err)
{
    RegisterVersionRows history;
    if (!person_history(writer->store, writer->keys, person->person_id, &scratch, &history, err))
        return false;
    const RegisterVersion *now = register_current(&history);
    if (!now) now = &history.at[history.count - 1];
    person->household_key = household_key(writer->keys, person->person_id, now->state.household_no);
    person->protection = now->state.protection;
    return register_write_person(writer, person, err);
}

static bool key_households(RegisterWriter *writer, Arena scratch, Error *err)
{
    PersonRows unkeyed;
    if (!households_unkeyed(writer->store, &scratch, &unkeyed, err)) return false;
    VEC_EACH (PersonRow, person, unkeyed)
        if (!key_person(writer, person, scratch, err)) return false;
    return true;
}

static bool settle_person(RegisterWriter *writer, Unsettled *who, Day known_on, int64_t *effects,
                          Arena scratch, Error *err)
{
    RegisterVersionRows history;
    if (!person_history(writer->store, writer->keys, who->person.person_id, &scratch, &history,
                        err))
        return false;
    if (!register_current(&history)) return true;  // nothing of this person stands
    RegisterStep step =
        register_household(&history, who->household_protected, known_on, &scratch);
    if (step.outcome != STEP_APPLIED) return true;
    for (RegisterEffect effect = 0; effect < EFFECT_COUNT; effect++)
        effects[effect] += effect_has(step.effects, effect);
    return register_write(writer, NULL, &who->person, &history, &step, scratch, err);
}

bool protection_settle(RegisterWriter *writer, Day known_on, int64_t *effects, Arena scratch,
                       Error *err)
{
    UnsettledRows unsettled;
    if (!key_households(writer, scratch, err)) return false;
    if (!protection_unsettled(writer->store, &scratch, &unsettled, err)) return false;
    VEC_EACH (Unsettled, who, unsettled)
        if (!settle_person(writer, who, known_on, effects, scratch, err)) return false;
    return clear_places_seal(writer->store, writer->keys, scratch, err);
}
