// SPDX-License-Identifier: Apache-2.0
#include "protection.h"

#include <assert.h>

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
    version->state.protection = next;
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

RegisterStep register_released(const RegisterVersionRows *history, Day known_on, Arena *arena)
{
    const RegisterVersion *now = register_current(history);
    assert(now);
    bool has_one = now->state.protection == PROTECTION_OWN;
    Protection next = has_one ? PROTECTION_ENDED : (Protection)now->state.protection;
    return becomes(history, next, 0, known_on, arena);
}
