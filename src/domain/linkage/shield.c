// SPDX-License-Identifier: Apache-2.0
#include "shield.h"

#include <assert.h>
#include <string.h>

ShieldStep shield_step(const Shield *now, const ShieldEvent *event)
{
    assert(event->kind < SHIELD_EVENT_COUNT);
    ShieldStep step = {.next = *now};
    switch (event->kind) {
    case SHIELD_PROTECTION_BEGINS: step.next = (Shield){SHIELD_ALL, true}; break;
    case SHIELD_PROTECTION_ENDS:
        step.looked = now->is_protected && now->hides;
        step.next.is_protected = false;
        break;
    case SHIELD_SET: step.next.hides |= event->hides; break;
    case SHIELD_RELEASE:
        step.refused = now->is_protected;
        if (!step.refused) step.next.hides = 0;
        break;
    case SHIELD_EVENT_COUNT: break;
    }
    return step;
}

bool shield_hides_record(const ShieldSaid *said, const Question *question)
{
    bool concerns = organisation_same(&said->whose, &question->inquirer) || organisation_same(&said->whose, &question->provider);
    bool covers = !said->procedure.at[0] || !strcmp(said->procedure.at, question->procedure.at);
    return concerns && covers && said->hides & SHIELD_RECORDS;
}
