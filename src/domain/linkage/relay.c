// SPDX-License-Identifier: Apache-2.0
#include "relay.h"

#include <assert.h>

static void first_asked(RelayStep *step, const RelayEvent *event)
{
    Relay *next = &step->next;
    next->permit = *event->sight->permit;
    next->refusal = permit_objection(event->sight);
    step->effects |= RELAY_WRITE_RECORD;
    if (next->refusal != PERMIT_YES) {
        next->state = RELAY_REFUSED;
        step->effects |= RELAY_REFUSE;
        return;
    }
    next->state = RELAY_ISSUED;
    next->permit.id = event->fresh;
    next->permit.list_version = event->sight->list->version;
    next->permit.issued_at = event->now;
    next->permit.expires_at = event->now + (event->bulk ? PERMIT_LIFE_BULK : PERMIT_LIFE_ONLINE);
    step->effects |= RELAY_ISSUE;
}

static void asked(RelayStep *step, const RelayEvent *event)
{
    const Relay *now = &step->next;
    assert(event->sight->stage == STAGE_ISSUING);
    if (now->state == RELAY_NONE) {
        first_asked(step, event);
    } else if (event->other_person || !permit_asks_the_same(&now->permit, event->sight->permit)) {
        step->number_taken = true;
        step->effects |= RELAY_REFUSE | RELAY_ALARM;
    } else {
        step->effects |= now->state == RELAY_REFUSED ? RELAY_REFUSE : RELAY_ISSUE;
    }
}

static bool issued(const Relay *relay)
{
    return relay->state == RELAY_ISSUED || relay->state == RELAY_ENDED;
}

static void inquired(RelayStep *step, const RelayEvent *event)
{
    const Permit *ours = &step->next.permit;
    bool right = issued(&step->next) && event->signature_valid &&
                 permit_id_same(&ours->id, &event->permit->id) &&
                 permit_asks_the_same(ours, event->permit) &&
                 permit_hash_same(&ours->key, &event->key);
    step->effects |= right ? RELAY_FORWARD : RELAY_ALARM;
}

static void replied(RelayStep *step, const RelayEvent *event)
{
    Relay *next = &step->next;
    if (!issued(next) || !permit_id_same(&next->permit.id, &event->reply.permit) ||
        !organisation_same(&next->permit.question.provider, event->from)) {
        step->effects |= RELAY_ALARM;
    } else if (next->state == RELAY_ENDED) {
        // A provider says one thing. What was held before it decided may still be under way.
        if (reply_same(&next->reply, &event->reply))
            step->effects |= RELAY_RETURN;
        else if (event->reply.kind != REPLY_HELD)
            step->effects |= RELAY_ALARM;
    } else {
        step->effects |= RELAY_RETURN;
        if (event->reply.kind == REPLY_HELD) return;
        next->state = RELAY_ENDED;
        next->reply = event->reply;
        step->effects |= RELAY_WRITE_RECORD;
    }
}

RelayStep relay_step(const Relay *now, const RelayEvent *event)
{
    static void (*const kinds[])(RelayStep *, const RelayEvent *) = {
        [RELAY_ASK] = asked, [RELAY_INQUIRY] = inquired, [RELAY_REPLY] = replied};
    _Static_assert(sizeof kinds / sizeof *kinds == RELAY_EVENT_COUNT, "a way for each");
    assert(event->kind < RELAY_EVENT_COUNT);
    assert(now->state < RELAY_STATE_COUNT);
    RelayStep step = {.next = *now};
    kinds[event->kind](&step, event);
    return step;
}
