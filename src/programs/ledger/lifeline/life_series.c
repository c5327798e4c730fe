// SPDX-License-Identifier: Apache-2.0
#include "life_series.h"

#include "calendar.h"

#include <assert.h>
#include <stdlib.h>

Day life_birth(const PersonShown *shown)
{
    DaySpan span;
    if (!shown->person->birth.month || !partial_date_span(shown->person->birth, &span))
        return DAY_NONE;
    return span.first;
}

static const GroupAssessment *group_of(const PersonShown *shown, int group)
{
    for (int g = 0; g < shown->assessed->group_count; g++)
        if (shown->assessed->groups[g].group == group) return &shown->assessed->groups[g];
    return NULL;
}

// ---- names

static Str name_before_blank(Str name)
{
    return str_cut(name, ' ').head;
}

static Str period_of(const Schedule *schedule, int group)
{
    return str_cut(group_name(schedule, group), ' ').tail;
}

// The rules write positions "1", "P2", "B": what ends in a digit is that dose, the rest is the booster.
static Str digit_of(Str position)
{
    ptrdiff_t at = position.len;
    while (at > 0 && position.at[at - 1] >= '0' && position.at[at - 1] <= '9') at--;
    return str_from(position, at);
}

static Str label_of(const PersonShown *shown, int group, int32_t position, Arena *arena)
{
    int period = group_period(shown->schedule, group);
    Str text = schedule_text(shown->schedule, position), digit = digit_of(text);
    bool named = period_of(shown->schedule, group).len > 0;  // 第2期: its one dose is the second
    if (named && period > 1 && group_asks_once(shown->schedule, group))
        return str_format(arena, "%d", period);
    if (digit.len) return digit;
    return text.len ? S("追") : (Str){0};
}

Str life_position_words(const Schedule *schedule, int group, int32_t position, Arena *arena)
{
    assert(group >= 0 && group < group_count(schedule));
    Str period = period_of(schedule, group), text = schedule_text(schedule, position);
    Str digit = digit_of(text);
    bool once = group_asks_once(schedule, group);
    Str dose = digit.len  ? str_format(arena, "%.*s回目", STR(digit))
               : text.len ? S("追加")
                          : (Str){0};
    if (period.len && (once || !dose.len)) return period;
    if (period.len) return str_format(arena, "%.*s %.*s", STR(period), STR(dose));
    return dose;
}

Str life_dose_words(const Schedule *schedule, int group, int32_t position, Arena *arena)
{
    assert(group >= 0 && group < group_count(schedule));
    Str vaccine = name_before_blank(group_name(schedule, group));
    Str dose = life_position_words(schedule, group, position, arena);
    return dose.len ? str_format(arena, "%.*s %.*s", STR(vaccine), STR(dose)) : vaccine;
}

// ---- windows

DaySpan life_standard(const NextDose *next)
{
    DaySpan standard = {next->standard_from, next->standard_to};
    if (next->last == DAY_NONE || standard.last == DAY_NONE || standard.last <= next->last) return standard;
    if (standard.first > next->last) return (DaySpan){DAY_NONE, DAY_NONE};
    return (DaySpan){standard.first, next->last};
}

static void window_add(LifeWindows *windows, int group, Day first, Day last, Arena *arena)
{
    if (first == DAY_NONE || last == DAY_NONE || last < first) return;
    VEC_EACH (LifeWindow, w, *windows) {
        if (w->group != group || first > w->days.last + 1 || last < w->days.first - 1) continue;
        if (first < w->days.first) w->days.first = first;
        if (last > w->days.last) w->days.last = last;
        return;
    }
    *life_windows_push(windows, arena) = (LifeWindow){{first, last}, group};
}

static void windows_on(const PersonShown *shown, LifeSeries *series, int group, Day day,
                       Arena *arena)
{
    Arena kept = *arena;
    Assessment then = case_assess_some(shown->c, (uint64_t)1 << group, day, &kept);
    if (!then.group_count || !then.groups[0].has_next) return;
    NextDose next = then.groups[0].next;
    window_add(&series->legal, group, next.earliest, next.last, arena);
    DaySpan standard = life_standard(&next);
    window_add(&series->standard, group, standard.first, standard.last, arena);
}

static void windows_add(const PersonShown *shown, LifeSeries *series, int group, Day birth,
                        Arena *arena)
{
    const GroupAssessment *judged = group_of(shown, group);
    windows_on(shown, series, group, birth, arena);
    for (int i = 0; judged && i < judged->dose_count; i++) {
        DaySpan given;
        ptrdiff_t dose = case_dose(shown->c, &judged->doses[i]);
        PartialDate date = shown->records->at[dose].dose.given_on;
        if (partial_date_span(date, &given) && given.first >= birth && given.last <= shown->as_of)
            windows_on(shown, series, group, given.last, arena);
    }
    windows_on(shown, series, group, shown->as_of, arena);
}

// ---- what belongs to a row

static LifeSeries *series_named(LifeSeriesRows *rows, Str name, Arena *arena)
{
    VEC_EACH (LifeSeries, s, *rows)
        if (str_equal(s->name, name)) return s;
    LifeSeries *made = life_series_push(rows, arena);
    *made = (LifeSeries){.name = name};
    return made;
}

static void dose_add(const PersonShown *shown, LifeSeriesRows *rows, ptrdiff_t i, Arena *arena)
{
    const DoseRecord *record = &shown->records->at[i];
    DoseHome home = dose_home(shown->assessed, case_entry(shown->c, i));
    LifeDose dose = {
        .record = record, .verdict = home.verdict, .group = home.group, .no = (int)i + 1};
    int32_t rule = shown->products->rule_of[record->dose.product_no];
    Str name = rule == PRODUCT_NONE ? shown->products->code_of[record->dose.product_no]
                                    : product_label(shown->schedule, rule);
    if (home.group) {
        name = name_before_blank(group_name(shown->schedule, home.group->group));
        dose.label = label_of(shown, home.group->group, home.verdict->position, arena);
        dose.position = life_position_words(shown->schedule, home.group->group, home.verdict->position, arena);
    }
    LifeSeries *series = series_named(rows, name, arena);
    series->voluntary = !home.group;
    *life_doses_push(&series->doses, arena) = dose;
}

static void next_add(const PersonShown *shown, LifeSeries *series, const GroupAssessment *group,
                     Arena *arena)
{
    LifeNext next = {.group = group, .safe = DAY_NONE};
    if (!group->has_next && group->status != STATUS_REVIEW) return;
    if (group->has_next) {
        next.label = label_of(shown, group->group, group->next.position, arena);
        next.position = life_position_words(shown->schedule, group->group, group->next.position, arena);
        next.safe = case_last_safe(shown->c, group, shown->as_of, *arena);
    } else {
        next.position = period_of(shown->schedule, group->group);
    }
    *life_nexts_push(&series->nexts, arena) = next;
}

static bool ahead(const LifeSeries *series, int group, Day birth, Day as_of)
{
    Day limit = month_add(as_of, 12 * LIFE_YEARS_AHEAD, MONTHS_CLIP);
    VEC_EACH (const LifeWindow, w, series->legal)
        if (w->group == group && w->days.last >= birth && w->days.first <= limit) return true;
    return false;
}

static void group_add(const PersonShown *shown, LifeSeriesRows *rows, int group, Day birth,
                      Arena *arena)
{
    LifeSeries probe = {0};
    const GroupAssessment *judged = group_of(shown, group);
    Str name = name_before_blank(group_name(shown->schedule, group));
    if (birth != DAY_NONE) windows_add(shown, &probe, group, birth, arena);
    bool asked = judged && (judged->status == STATUS_DUE || judged->status == STATUS_LATE ||
                            judged->status == STATUS_REVIEW);
    if (!asked && !ahead(&probe, group, birth, shown->as_of)) return;
    LifeSeries *series = series_named(rows, name, arena);
    if (series->group_count == LIFE_GROUPS_MOST) return;
    series->groups[series->group_count++] = group;
    VEC_EACH (const LifeWindow, w, probe.legal) *life_windows_push(&series->legal, arena) = *w;
    VEC_EACH (const LifeWindow, w, probe.standard)
        *life_windows_push(&series->standard, arena) = *w;
    if (judged) next_add(shown, series, judged, arena);
}

// ---- the order

static Day earliest(const LifeWindows *windows)
{
    Day first = DAY_MAX;
    VEC_EACH (const LifeWindow, w, *windows)
        if (w->days.first < first) first = w->days.first;
    return first;
}

static Day order_of(const LifeSeries *series)
{
    Day standard = earliest(&series->standard), legal = earliest(&series->legal);
    if (series->voluntary) return DAY_MAX;
    return standard != DAY_MAX ? standard : legal;
}

static int series_order(const void *a, const void *b)
{
    const LifeSeries *one = a, *other = b;
    if (one->order != other->order) return one->order < other->order ? -1 : 1;
    return str_order(one->name, other->name);
}

LifeSeriesRows life_series_of(const PersonShown *shown, Arena *arena)
{
    LifeSeriesRows rows = {0};
    Day birth = life_birth(shown);
    bool resident = birth != DAY_NONE && birth <= shown->as_of;
    for (int g = 0; g < group_count(shown->schedule); g++)
        group_add(shown, &rows, g, resident ? birth : DAY_NONE, arena);
    for (ptrdiff_t i = 0; i < shown->records->count; i++) dose_add(shown, &rows, i, arena);
    VEC_EACH (LifeSeries, s, rows) s->order = order_of(s);
    if (rows.count) qsort(rows.at, (size_t)rows.count, sizeof *rows.at, series_order);
    return rows;
}
