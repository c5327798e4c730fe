// SPDX-License-Identifier: Apache-2.0
#include "protection.h"

#include <assert.h>

#include "address.h"

bool protects_household(int32_t protection, int32_t status)
{
    return protection == PROTECTION_OWN && status != STATUS_MOVED_OUT;
}

Protection protection_with_household(Protection now, bool household_protected)
{
    if (now == PROTECTION_OWN) return PROTECTION_OWN;
    if (household_protected) return PROTECTION_HOUSEHOLD;
    return now == PROTECTION_HOUSEHOLD ? PROTECTION_ENDED : now;
}

static RegisterStep becomes(const RegisterVersionRows *history, Protection next,
                            RegisterEffects effects, Day known_on, Arena *arena)
{
    const RegisterVersion *now = register_current(history);
    assert(now);
    if ((Protection)now->state.protection == next)
        return (RegisterStep){.outcome = STEP_UNCHANGED};
    RegisterStep step = {.effects = effects};
    RegisterVersion *version = register_versions_push(&step.versions, arena);
    *version = (RegisterVersion){.version_no = history->at[history->count - 1].version_no + 1,
                                 .event_reason = EVENT_PROTECTION,
                                 .occurred_on = known_on,
                                 .reported_on = DAY_NONE,
                                 .state = now->state};
    version->state.protection = (int32_t)next;
    return step;
}

RegisterStep register_household(const RegisterVersionRows *history, bool household_protected,
                                Day known_on, Arena *arena)
{
    const RegisterVersion *now = register_current(history);
    assert(now);
    Protection next =
        protection_with_household((Protection)now->state.protection, household_protected);
    RegisterEffect effect =
        next == PROTECTION_HOUSEHOLD ? EFFECT_HOUSEHOLD_MASK : EFFECT_HOUSEHOLD_UNMASK;
    return becomes(history, next, (RegisterEffects)1 << effect, known_on, arena);
}

// ---- where somebody is

// The printed text may be written in many ways; the register's own parts of it decide first.
static bool may_be_one_place(const PersonState *one, const PersonState *other, Arena scratch)
{
    static const AddressPlaces anywhere = {0};
    if (one->town.len && one->lot.len && str_equal(one->town, other->town) && str_equal(one->lot, other->lot))
        return true;
    Address a = address_parse(one->address, one->building, &anywhere, &scratch),
            b = address_parse(other->address, other->building, &anywhere, &scratch);
    return address_fit_either(&a, &b) != ADDRESS_DIFFERS;
}

static bool covered(const RegisterVersion *version)
{
    return !version->withdrawn_by && person_protected(version->state.protection);
}

// What counts is where the person was while of the other household, or of this one that nobody left but others.
static bool left_household(const RegisterVersionRows *history, const RegisterVersion *now)
{
    VEC_EACH (RegisterVersion, v, *history)
        if (covered(v) && !str_equal(v->state.household_no, now->state.household_no)) return true;
    return false;
}

static bool among(const PersonStates *places, const PersonState *place, Arena *arena)
{
    VEC_EACH (PersonState, other, *places)
        if (may_be_one_place(other, place, *arena)) return true;
    return false;
}

bool register_moved_away(const RegisterVersionRows *history, const PersonStates *hidden, Arena *arena)
{
    const RegisterVersion *now = register_current(history);
    assert(now);
    bool left = left_household(history, now);
    VEC_EACH (RegisterVersion, v, *history) {
        bool here = str_equal(v->state.household_no, now->state.household_no);
        if (v != now && covered(v) && !(left && here) && may_be_one_place(&v->state, &now->state, *arena))
            return false;
    }
    return !among(hidden, &now->state, arena);
}

// Where the person was when protection ended last; NULL: it never did.
static const PersonState *uncovered_at(const RegisterVersionRows *history)
{
    for (ptrdiff_t i = history->count - 1; i >= 0; i--) {
        const RegisterVersion *v = &history->at[i];
        if (!v->withdrawn_by && v->event_reason == EVENT_PROTECTION && v->state.protection == PROTECTION_ENDED)
            return &v->state;
    }
    return NULL;
}

bool register_came_to_hidden(const RegisterVersionRows *history, const PersonStates *hidden, Arena *arena)
{
    const RegisterVersion *now = register_current(history);
    assert(now);
    const PersonState *ended = uncovered_at(history);
    if (ended && may_be_one_place(ended, &now->state, *arena)) return false;
    return among(hidden, &now->state, arena);
}

RegisterStep register_released(const RegisterVersionRows *history, Day known_on, Arena *arena)
{
    const RegisterVersion *now = register_current(history);
    assert(now);
    Protection next = person_protected(now->state.protection) ? PROTECTION_ENDED : (Protection)now->state.protection;
    return becomes(history, next, 0, known_on, arena);
}

RegisterStep register_protected(const RegisterVersionRows *history, Day known_on, Arena *arena)
{
    return becomes(history, PROTECTION_OWN, (RegisterEffects)1 << EFFECT_MASK, known_on, arena);
}
