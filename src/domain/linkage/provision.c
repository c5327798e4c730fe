// SPDX-License-Identifier: Apache-2.0
#include "provision.h"

#include <assert.h>

static bool known(const UnifiedNo *person)
{
    return person->digits[0] != '\0';
}

// ---- ends

static void end(ProvisionStep *step, LinkageResult result, Instant now)
{
    Provision *next = &step->next;
    bool given = result_answered(result);
    next->state = PROVISION_ENDED;
    next->result = result;
    next->reply = (Reply){.permit = next->permit.id,
                          .kind = given ? REPLY_ANSWERED : REPLY_REFUSED,
                          .refusal = given ? RESULT_NONE : result,
                          .at = now};
    step->effects |= PROVISION_WRITE_RECORD | PROVISION_REPLY | (given ? PROVISION_SEAL : 0);
}

static void answer(ProvisionStep *step, const ProvisionFacts *facts, Instant now)
{
    step->next.person = facts->person;
    LinkageResult result = !known(&facts->person) ? RESULT_NOBODY
                           : facts->any_data      ? RESULT_GIVEN
                                                  : RESULT_NO_DATA;
    end(step, result, now);
}

// Copies that a clock dated ahead would look young for as long as it had been ahead.
static bool copies_fresh(const ProvisionFacts *facts, Instant now)
{
    return facts->copies_as_of <= now + CLOCKS_APART && now < facts->copies_as_of + COPIES_LIFE;
}

// ---- asked

static void hold(ProvisionStep *step)
{
    step->next.state = PROVISION_HELD;
    step->next.reply = (Reply){.permit = step->next.permit.id, .kind = REPLY_HELD};
    step->effects |= PROVISION_QUEUE | PROVISION_REPLY;
}

// What each objection means here. Nothing is said to whoever forges, and nothing yet where we are behind ourselves.
static void object(ProvisionStep *step, Instant now)
{
    switch (step->no) {
    case PERMIT_FORGED:
    case PERMIT_WRONG_RECIPIENT:
    case PERMIT_OTHER_KEY: step->effects |= PROVISION_ALARM; break;
    case PERMIT_LIST_STALE:
    case PERMIT_LIST_BEHIND: step->effects |= PROVISION_FETCH_LIST; break;
    case PERMIT_EXPIRED: end(step, RESULT_EXPIRED, now); break;
    case PERMIT_LIST_OLDER: end(step, RESULT_NOT_ALLOWED, now); break;
    case PERMIT_NOT_ALLOWED:
    case PERMIT_NOT_OURS:  // the core allowed it and we do not
        end(step, RESULT_NOT_ALLOWED, now);
        step->effects |= PROVISION_ALARM;
        break;
    case PERMIT_YES:
    case PERMIT_NOT_YET:
    case PERMIT_USED:
    case PERMIT_OTHER_QUESTION:
    case PERMIT_NO_CODE:
    case PERMIT_SUSPENDED:
    case PERMIT_NO_COUNT: break;
    }
}

static void asked(ProvisionStep *step, const ProvisionEvent *event)
{
    PermitSight sight = *event->sight;
    const ProvisionFacts *facts = &event->facts;
    assert(sight.stage == STAGE_ANSWERING);
    sight.used = step->next.state != PROVISION_NONE;
    assert(!sight.used || permit_id_same(&step->next.permit.id, &sight.permit->id));
    step->no = permit_objection(&sight);
    if (step->no == PERMIT_USED) {
        step->effects |= PROVISION_REPLY;  // the same again
        return;
    }
    if (sight.used) {
        step->effects |= PROVISION_ALARM;
        return;
    }
    ProvisionStep fresh = *step;
    fresh.next =
        (Provision){.permit = *sight.permit, .person = facts->person, .asked_at = event->now};
    if (step->no != PERMIT_YES) {
        object(&fresh, event->now);
    } else if (!copies_fresh(facts, event->now)) {
        fresh.effects |= PROVISION_ALARM;
    } else if (facts->doubted || (known(&facts->person) && facts->look_first)) {
        hold(&fresh);
    } else {
        answer(&fresh, facts, event->now);
    }
    if (fresh.next.state == PROVISION_NONE)
        fresh.next = step->next;  // nothing was said: it never lay before us
    *step = fresh;
}

// ---- decided by two people

static bool proposed(const Provision *p)
{
    return approval_open(p->approval.state);
}

static bool too_late(const Provision *p, Instant now)
{
    return now >= p->asked_at + PROVISION_HELD_LIFE;
}

static bool releases(const Provision *p, const ProvisionEvent *event)
{
    return event->act.kind == APPROVAL_GRANT && p->choice == CHOICE_RELEASE;
}

// What was true when it was asked may not be any more. By what is old nobody decides; what is not allowed any more ends.
static bool may_release(ProvisionStep *step, const ProvisionEvent *event)
{
    if (!copies_fresh(&event->facts, event->now)) return false;
    if (!allow_list_fresh(event->list, event->now)) {
        step->effects |= PROVISION_FETCH_LIST;
        return false;
    }
    if (allow_list_allows(event->list, &step->next.permit.question,
                          instant_day_in_japan(event->now)))
        return true;
    end(step, RESULT_NOT_ALLOWED, event->now);
    return false;
}

static void carried_out(ProvisionStep *step, const ProvisionEvent *event)
{
    Provision *next = &step->next;
    ApprovalEvent done = event->act;
    done.kind = APPROVAL_DO;
    ApprovalStep act = approval_step(&next->approval, &done);
    assert(act.no == APPROVAL_YES);
    next->approval = act.next;
    if (next->choice == CHOICE_RELEASE)
        answer(step, &event->facts, event->now);
    else
        end(step, RESULT_REFUSED, event->now);
}

static void decided(ProvisionStep *step, const ProvisionEvent *event)
{
    Provision *next = &step->next;
    step->refused = APPROVAL_NOT_NOW;
    if (next->state != PROVISION_HELD || too_late(next, event->now)) return;
    if (releases(next, event) && !may_release(step, event)) return;
    if (event->act.kind == APPROVAL_ASK && !proposed(next))
        next->approval = (Approval){0};  // another proposal
    ApprovalStep act = approval_step(&next->approval, &event->act);
    step->refused = act.no;
    next->approval = act.next;
    if (act.no != APPROVAL_YES) return;
    if (event->act.kind == APPROVAL_ASK) next->choice = event->choice;
    if (event->act.kind == APPROVAL_GRANT) carried_out(step, event);
}

static void woken(ProvisionStep *step, const ProvisionEvent *event)
{
    if (step->next.state == PROVISION_HELD && too_late(&step->next, event->now))
        end(step, RESULT_EXPIRED, event->now);
}

ProvisionStep provision_step(const Provision *now, const ProvisionEvent *event)
{
    static void (*const kinds[])(ProvisionStep *, const ProvisionEvent *) = {
        [PROVISION_ASK] = asked, [PROVISION_DECIDE] = decided, [PROVISION_WAKE] = woken};
    _Static_assert(sizeof kinds / sizeof *kinds == PROVISION_EVENT_COUNT, "a way for each");
    assert(event->kind < PROVISION_EVENT_COUNT);
    assert(now->state < PROVISION_STATE_COUNT);
    ProvisionStep step = {.next = *now};
    kinds[event->kind](&step, event);
    return step;
}
