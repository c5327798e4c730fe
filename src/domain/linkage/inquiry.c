// SPDX-License-Identifier: Apache-2.0
#include "inquiry.h"

#include <assert.h>

static Instant wait_after(int tries)
{
    Instant wait = INQUIRY_FIRST_WAIT;
    for (int i = 1; i < tries && wait < INQUIRY_LONG_WAIT; i++) wait *= 2;
    return wait < INQUIRY_LONG_WAIT ? wait : INQUIRY_LONG_WAIT;
}

static bool under_way(InquiryState state)
{
    return state == INQUIRY_PERMITTING || state == INQUIRY_ASKING || state == INQUIRY_HELD;
}

// ---- the two ways on: another try, and the end

static void try_now(InquiryStep *step, InquiryState state, Instant now)
{
    Inquiry *next = &step->next;
    if (next->state != state) next->tries = 0;
    next->state = state;
    next->tries++;
    next->try_at = now + (state == INQUIRY_HELD ? INQUIRY_LONG_WAIT : wait_after(next->tries));
    step->effects |= state == INQUIRY_PERMITTING ? INQUIRY_ASK_CORE : INQUIRY_ASK_PROVIDER;
}

// The ledger hears one result, and from then on the key opens nothing any more.
static void tell(InquiryStep *step, LinkageResult result, Instant now)
{
    if (step->next.result != RESULT_NONE) return;
    step->next.result = result;
    step->next.told_at = now;
    step->effects |= INQUIRY_TELL | INQUIRY_WRITE_RECORD | INQUIRY_DESTROY_KEY;
}

static void end(InquiryStep *step, LinkageResult result, Instant provided_at, Instant now)
{
    tell(step, result, now);
    step->next.provided_at = provided_at;
    step->next.state = INQUIRY_ENDED;
    step->next.ended_at = now;
    step->effects |= INQUIRY_WRITE_RECORD;
}

// ---- events

static void begin(InquiryStep *step, const InquiryEvent *event)
{
    if (step->next.state != INQUIRY_NONE) return;  // asked for twice: it is the same inquiry
    assert(event->sight->stage == STAGE_ASKING);
    step->no = permit_objection(event->sight);
    if (step->no != PERMIT_YES) return;
    step->next =
        (Inquiry){.person = event->person, .permit = *event->sight->permit, .begun_at = event->now};
    try_now(step, INQUIRY_PERMITTING, event->now);
}

// What the inquirer thinks of a permit that the core has sent: whatever it is, the core will send no other.
static void permit_came(InquiryStep *step, const InquiryEvent *event)
{
    if (step->next.state != INQUIRY_PERMITTING) return;
    PermitSight sight = *event->sight;
    sight.asked = &step->next.permit;
    assert(sight.stage == STAGE_RECEIVING);
    step->no = permit_objection(&sight);
    if (step->no != PERMIT_YES && step->no != PERMIT_EXPIRED) {
        step->effects |= INQUIRY_ALARM;
        return;
    }
    step->next.permit = *sight.permit;
    if (step->no == PERMIT_EXPIRED || step->next.result != RESULT_NONE)
        end(step, RESULT_EXPIRED, 0, event->now);
    else
        try_now(step, INQUIRY_ASKING, event->now);
}

static void core_refused(InquiryStep *step, const InquiryEvent *event)
{
    if (step->next.state == INQUIRY_PERMITTING) end(step, RESULT_NOT_ALLOWED, 0, event->now);
}

static bool awaited(const Inquiry *inquiry, const Reply *reply)
{
    return (inquiry->state == INQUIRY_ASKING || inquiry->state == INQUIRY_HELD) &&
           permit_id_same(&inquiry->permit.id, &reply->permit);
}

static void replied(InquiryStep *step, const InquiryEvent *event)
{
    const Reply *reply = &event->reply;
    if (!awaited(&step->next, reply)) return;
    if (reply->kind == REPLY_REFUSED) {
        end(step, reply->refusal, 0, event->now);
    } else if (reply->kind == REPLY_HELD && step->next.state == INQUIRY_ASKING) {
        step->next.state = INQUIRY_HELD;
        step->next.tries = 1;
        step->next.try_at = event->now + INQUIRY_LONG_WAIT;
    }
}

// The identity of the request travels inside the sealed body: an answer to another question is none to this.
static bool for_this_inquiry(const Inquiry *inquiry, const AnswerBody *body)
{
    return permit_id_same(&inquiry->permit.id, &body->permit.id) &&
           permit_asks_the_same(&inquiry->permit, &body->permit);
}

static void answered(InquiryStep *step, const InquiryEvent *event)
{
    const Reply *reply = &event->reply;
    if (!awaited(&step->next, reply) || reply->kind != REPLY_ANSWERED) return;
    if (step->next.result != RESULT_NONE) {  // too late: recorded, not opened
        end(step, step->next.result, reply->at, event->now);
        return;
    }
    if (!event->body || !result_answered(event->body->result) ||
        !for_this_inquiry(&step->next, event->body)) {
        step->next.unreadable_seen =
            true;  // perhaps it was damaged on the way: it is asked for again
        step->effects |= INQUIRY_ALARM;
        return;
    }
    if (event->link_doubted) {  // perhaps it is about somebody else: recorded, not used
        end(step, RESULT_UNREADABLE, reply->at, event->now);
        step->effects |= INQUIRY_ALARM;
        return;
    }
    step->next.as_of = event->body->as_of;
    if (event->body->result == RESULT_GIVEN) step->effects |= INQUIRY_KEEP_DATA;
    end(step, event->body->result, reply->at, event->now);
}

static void cancel(InquiryStep *step, const InquiryEvent *event)
{
    if (under_way(step->next.state)) tell(step, RESULT_CANCELLED, event->now);
}

static bool patience_over(const Inquiry *inquiry, Instant now)
{
    if (inquiry->state == INQUIRY_HELD) return now >= inquiry->begun_at + INQUIRY_HELD_LIFE;
    return inquiry->tries >= INQUIRY_TRIES;
}

static void woken(InquiryStep *step, const InquiryEvent *event)
{
    Inquiry *next = &step->next;
    if (!under_way(next->state) || event->now < next->try_at) return;
    if (patience_over(next, event->now))
        tell(step, next->unreadable_seen ? RESULT_UNREADABLE : RESULT_SILENT, event->now);
    if (event->now < next->begun_at + INQUIRY_SETTLE) {
        try_now(step, next->state, event->now);
        return;
    }
    end(step, RESULT_SILENT, 0, event->now);
    step->effects |= INQUIRY_ALARM;
}

InquiryStep inquiry_step(const Inquiry *now, const InquiryEvent *event)
{
    static void (*const kinds[])(InquiryStep *, const InquiryEvent *) = {
        [INQUIRY_BEGIN] = begin,
        [INQUIRY_PERMIT] = permit_came,
        [INQUIRY_NO_PERMIT] = core_refused,
        [INQUIRY_REPLY] = replied,
        [INQUIRY_ANSWER] = answered,
        [INQUIRY_CANCEL] = cancel,
        [INQUIRY_WAKE] = woken,
    };
    _Static_assert(sizeof kinds / sizeof *kinds == INQUIRY_EVENT_COUNT, "a way for each");
    assert(event->kind < INQUIRY_EVENT_COUNT);
    assert(now->state < INQUIRY_STATE_COUNT);
    InquiryStep step = {.next = *now};
    kinds[event->kind](&step, event);
    return step;
}

const char *inquiry_status(const Inquiry *inquiry)
{
    static const char *const states[] = {
        [INQUIRY_NONE] = "01", [INQUIRY_PERMITTING] = "02", [INQUIRY_ASKING] = "03",
        [INQUIRY_HELD] = "04", [INQUIRY_ENDED] = "09",
    };
    switch (inquiry->result) {
    case RESULT_NONE: return states[inquiry->state];
    case RESULT_NOT_ALLOWED: return "13";
    case RESULT_SILENT:
    case RESULT_EXPIRED:
    case RESULT_UNREADABLE: return "14";
    case RESULT_CANCELLED: return "15";
    case RESULT_GIVEN:
    case RESULT_NO_DATA:
    case RESULT_NOBODY:
    case RESULT_REFUSED:
    case RESULT_COUNT: break;
    }
    return "09";
}
