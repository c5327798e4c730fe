// SPDX-License-Identifier: Apache-2.0
#include "dose_judged.h"

#include <assert.h>

#include "intake_codes.h"

static Str reasons_text(const Schedule *schedule, const DoseVerdict *verdict, Arena *arena)
{
    Text text = {0};
    for (int i = 0; i < verdict->reason_count; i++) {
        if (i) text_add_byte(&text, arena, ' ');
        text_add(&text, arena, reason_text(schedule, verdict->reasons[i].code));
    }
    return text.len ? text_str(&text) : (Str){0};
}

static DoseStatus status_of(const DoseVerdict *verdict)
{
    if (verdict->status == STATUS_VALID) return DOSE_VALID;
    if (verdict->status == STATUS_COUNTED) return DOSE_COUNTED;
    return DOSE_INVALID;
}

// ---- a birth date that is not known to the day

static bool same_verdict(const DoseHome *a, const DoseHome *b)
{
    if (!a->verdict || !b->verdict) return a->verdict == b->verdict;
    if (a->group->group != b->group->group || a->verdict->position != b->verdict->position ||
        a->verdict->status != b->verdict->status ||
        a->verdict->reason_count != b->verdict->reason_count)
        return false;
    for (int i = 0; i < a->verdict->reason_count; i++)
        if (a->verdict->reasons[i].code != b->verdict->reasons[i].code) return false;
    return true;
}

static void add_reading(Text *text, const Schedule *schedule, Day born, const DoseHome *home,
                        Arena *arena)
{
    char day[DAY_TEXT_SIZE];
    Str word = home->verdict ? dose_status_text(status_of(home->verdict)) : (Str){0};
    text_addf(text, arena, " %s:%.*s", day_text(born, day), STR(word));
    if (!home->verdict) return;
    for (int i = 0; i < home->verdict->reason_count; i++)
        text_addf(text, arena, "%s%.*s", i ? "," : "/",
                  STR(reason_text(schedule, home->verdict->reasons[i].code)));
}

// Born on the first or on the last day meant: another verdict? A year alone is no birth date to judge by.
// `both` says what each reading gives.
static bool birth_tips(const Case *c, ptrdiff_t place, uint64_t series, Day day, Str *both,
                       Arena *arena)
{
    DaySpan born;
    DoseHome homes[2];
    Text text = {0};
    *both = S("DATE_PARTIAL");
    if (partial_date_whole(c->birth)) return false;
    if (!c->birth.month || !partial_date_span(c->birth, &born)) return true;
    const Day days[2] = {born.first, born.last < day ? born.last : day};
    text_add(&text, arena, *both);
    for (int side = 0; side < 2; side++) {
        Case one = case_if_born(c, days[side]);
        Assessment assessed = case_assess_some(&one, series, day, arena);
        homes[side] = dose_home(&assessed, case_entry(&one, place));
        add_reading(&text, c->schedule, days[side], &homes[side], arena);
    }
    *both = text_str(&text);
    return !same_verdict(&homes[0], &homes[1]);
}

// ---- the verdict

// What the law does not take for a routine dose was none, whoever asked to be paid for it.
static bool was_no_routine_dose(const Schedule *schedule, const DoseVerdict *verdict)
{
    for (int i = 0; i < verdict->reason_count; i++)
        if (reason_claim(schedule, verdict->reasons[i].code) == REASON_RETURNS) return true;
    return false;
}

// Without a verdict: of no series of this person, or of one whose day is still missing (分娩予定日).
static LegalClass class_of(const Schedule *schedule, const ProductView *view, const DoseRow *dose,
                           const DoseJudged *judged)
{
    if (dose->funding == FUNDING_INSURANCE) return LEGAL_INSURANCE;
    if (dose->funding == FUNDING_VOLUNTARY) return LEGAL_VOLUNTARY;
    if (view->is_foreign || judged->date_partial) return view->legal_class;
    if (!judged->verdict)
        return judged->routine || view->wants != FACT_NONE ? view->legal_class : LEGAL_VOLUNTARY;
    bool voluntary = judged->kept.status == DOSE_INVALID &&
                     was_no_routine_dose(schedule, judged->verdict);
    return voluntary ? LEGAL_VOLUNTARY : legal_class_of(schedule, judged->group);
}

static DoseJudgement kept_of(const Schedule *schedule, const DoseHome *home, Arena *arena)
{
    Str position = schedule_text(schedule, home->verdict->position);
    return (DoseJudgement){.status = status_of(home->verdict),
                           .series = group_id(schedule, home->group->group),
                           .position = position.len ? position : (Str){0},
                           .reasons = reasons_text(schedule, home->verdict, arena)};
}

static void judge_whole(DoseJudged *judged, const Case *c, ptrdiff_t place, uint64_t series, Day day,
                        Arena *arena)
{
    Assessment assessed = case_assess_some(c, series, day, arena);
    int32_t entry = case_entry(c, place);
    DoseHome home = dose_home(&assessed, entry);
    judged->routine = dose_is_routine(&assessed, entry);
    if (!home.verdict) return;
    judged->verdict = home.verdict;
    judged->group = home.group->group;
    judged->ordinal = home.ordinal;
    judged->kept = kept_of(c->schedule, &home, arena);
}

DoseJudged dose_judged(const Judge *judge, const Case *c, const DoseRow *dose, ptrdiff_t place,
                       Day day, Arena *arena)
{
    assert(dose->product_no > 0 && dose->product_no < judge->products->count);
    assert(place >= 0);
    assert(day != DAY_NONE);
    Str both;
    const ProductView *view = &judge->views[dose->product_no];
    uint64_t series = view->series | case_accepted_for(c, place);
    DoseJudged judged = {.group = GROUP_NONE};
    judged.date_partial = series && birth_tips(c, place, series, day, &both, arena);
    if (judged.date_partial) {
        judged.routine = true;  // nobody can say yet that it is not
        judged.kept.reasons = both;
    } else {
        judge_whole(&judged, c, place, series, day, arena);
    }
    judged.kept.legal_class = class_of(judge->schedule, view, dose, &judged);
    return judged;
}
