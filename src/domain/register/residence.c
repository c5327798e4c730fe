// SPDX-License-Identifier: Apache-2.0
#include "residence.h"

#include "register_step.h"

bool resident_on(const ResidenceSpanRows *spans, Day day)
{
    VEC_EACH (ResidenceSpan, span, *spans) {
        bool begun = span->first == DAY_NONE || span->first <= day;
        bool not_over = span->last == DAY_NONE || day <= span->last;
        if (begun && not_over) return true;
    }
    return false;
}

// clang-format off
static const struct {
    int32_t status;
    ResidenceEnd end;
    int last_day;  // of residence, counted from the day that the register gives
} endings[] = {
    {STATUS_MOVED_OUT, RESIDENCE_MOVED_OUT, -1},  // moved out on the 10th: the 9th was the last
    {STATUS_DEAD,      RESIDENCE_DEAD,       0},  // died on the 10th: a resident on the 10th
    {STATUS_REMOVED,   RESIDENCE_REMOVED,   -1},
};
// clang-format on

PartialDate residence_left_on(const ResidenceSpan *span)
{
    if (span->last == DAY_NONE) return (PartialDate){0};
    Day last = span->last + (span->end != RESIDENCE_DEAD && span->last < DAY_MAX);
    CivilDate late = civil_of(last), early = civil_of(last - span->vague_days);
    bool month = late.year == early.year && late.month == early.month;
    return (PartialDate){(int16_t)late.year, month ? (int8_t)late.month : 0,
                         span->vague_days ? 0 : (int8_t)late.day};
}

static bool span_open(const ResidenceSpan *span)
{
    return span->end == RESIDENCE_OPEN || span->end == RESIDENCE_PLANNED;
}

static EventKind kind_of(const RegisterVersion *version)
{
    const ResidentEvent *event = resident_event(version->event_reason);
    return event ? event->kind : EVENT_DESCRIBES;
}

static void close_span(ResidenceSpan *span, const RegisterVersion *version)
{
    Day day = version->state.resident_until;
    bool told_again = day == DAY_NONE && kind_of(version) != EVENT_LEAVES && !span_open(span);
    if (told_again) return;  // a name corrected after the move does not move the move
    bool vague = day == DAY_NONE && version->vague_days;
    if (day == DAY_NONE) day = version->occurred_on + version->vague_days;
    if (version->reported_on != DAY_NONE && day > version->reported_on) day = version->reported_on;
    for (ptrdiff_t i = 0; i < countof(endings); i++) {
        if (endings[i].status != version->state.status) continue;
        span->last = day + endings[i].last_day;
        span->end = endings[i].end;
        span->vague_days = vague && day > version->occurred_on ? day - version->occurred_on : 0;
    }
}

static void open_span(ResidenceSpan *span, const RegisterVersion *version)
{
    EventKind kind = kind_of(version);
    Day leaves = version->state.resident_until;
    if (leaves == DAY_NONE && kind == EVENT_PLANS) leaves = version->occurred_on;
    bool stale = leaves != DAY_NONE && span->first != DAY_NONE && leaves <= span->first;
    if (stale) leaves = DAY_NONE;  // the day of an earlier move: nobody leaves before coming
    bool plan_stands = span->end == RESIDENCE_PLANNED && leaves == DAY_NONE &&
                       (kind == EVENT_STAYS || kind == EVENT_DESCRIBES);
    if (plan_stands) return;
    span->last = leaves != DAY_NONE ? leaves - 1 : DAY_NONE;
    span->end = leaves != DAY_NONE ? RESIDENCE_PLANNED : RESIDENCE_OPEN;
    span->vague_days = 0;
}

static Day said_first(const RegisterVersion *version)
{
    if (version->state.resident_from != DAY_NONE) return version->state.resident_from;
    return kind_of(version) == EVENT_ENTERS ? version->occurred_on : DAY_NONE;
}

// Does this version begin another residence than `last`, rather than describe it?
static bool begins_again(const ResidenceSpan *last, const RegisterVersion *version)
{
    Day first = said_first(version);
    if (!span_open(last)) return first != DAY_NONE && first > last->last;
    return kind_of(version) == EVENT_ENTERS && first > last->first;
}

static void take_version(ResidenceSpanRows *spans, const RegisterVersion *version, Arena *arena)
{
    ResidenceSpan *last = spans->count ? &spans->at[spans->count - 1] : NULL;
    if (!last || (version->state.status == STATUS_RESIDENT && begins_again(last, version))) {
        // Moved in while still open here: one residence ends where the next begins (F8).
        if (last && span_open(last))
            *last = (ResidenceSpan){last->first, said_first(version) - 1, RESIDENCE_REMOVED};
        last = residence_spans_push(spans, arena);
        last->first = said_first(version);
    } else if (said_first(version) != DAY_NONE && span_open(last)) {
        last->first = said_first(version);  // a corrected first day
    }
    if (version->state.status == STATUS_RESIDENT)
        open_span(last, version);
    else
        close_span(last, version);
}

// Moved in and out on one day, or out before in: no day of residence at all.
static ResidenceSpanRows with_days(const ResidenceSpanRows *spans, Arena *arena)
{
    ResidenceSpanRows kept = {0};
    VEC_EACH (const ResidenceSpan, span, *spans) {
        bool ends = span->first != DAY_NONE && span->last != DAY_NONE;
        if (!ends || span->first <= span->last) *residence_spans_push(&kept, arena) = *span;
    }
    return kept;
}

ResidenceSpanRows register_residence(const RegisterVersionRows *history, Arena *arena)
{
    ResidenceSpanRows spans = {0};
    if (register_non_resident(history)) return spans;
    VEC_EACH (RegisterVersion, version, *history) {
        bool never_was = !spans.count && version->event_reason == EVENT_CANCELLED &&
                         version->state.status == STATUS_REMOVED;
        if (!version->withdrawn_by && !never_was) take_version(&spans, version, arena);
    }
    return with_days(&spans, arena);
}
