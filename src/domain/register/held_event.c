// SPDX-License-Identifier: Apache-2.0
#include "held_event.h"

static EventKind kind_of(int32_t reason)
{
    const ResidentEvent *event = resident_event(reason);
    return event ? event->kind : EVENT_DESCRIBES;
}

static bool happened(const RegisterVersionRows *history, const FeedRow *row)
{
    VEC_EACH (RegisterVersion, version, *history)
        if (!version->withdrawn_by && version->event_reason == row->event_reason &&
            version->occurred_on == row->occurred_on)
            return true;
    return false;
}

static bool same_day(const HeldEvent *held, const FeedRow *row)
{
    return held->occurred_on != DAY_NONE && held->occurred_on == row->occurred_on;
}

static bool same_reason(const HeldEvent *held, const FeedRow *row)
{
    return held->event_reason && held->event_reason == row->event_reason;
}

// The vendor may mend the reason too; but what was said of leaving is not answered by somebody who stays.
static bool same_in_other_words(const HeldEvent *held, const FeedRow *row)
{
    if (!same_day(held, row)) return false;
    EventKind said = kind_of(held->event_reason), says = kind_of(row->event_reason);
    return !held->event_reason || said == says || said != EVENT_LEAVES;
}

bool held_event_decided(const HeldEvent *held, const RegisterVersionRows *history, const FeedRow *row)
{
    if (row->state.status == STATUS_DEAD) return true;
    if (same_reason(held, row) && same_day(held, row)) return true;
    // An event of last year that is told again is no answer.
    if (happened(history, row)) return false;
    return same_reason(held, row) || same_in_other_words(held, row);
}

bool held_event_same(const HeldEvent *a, const HeldEvent *b)
{
    return a->event_reason == b->event_reason && a->occurred_on == b->occurred_on;
}
