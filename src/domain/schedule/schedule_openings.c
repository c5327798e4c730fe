// Windows that open again: who was hindered while a target is one again once the hindrance is over.
// What hinders is a span (SubjectSpan); the rows that say for how long stand in the window.
// SPDX-License-Identifier: Apache-2.0
#include "schedule_walk.h"

#include <assert.h>

static const Window *window_of(const Walk *walk)
{
    assert(walk->series && walk->series->window < walk->person->schedule->windows.count);
    return &walk->person->schedule->windows.at[walk->series->window];
}

// ---- Target days --------------------------------------------------------------------------------

enum { LIFE_DAYS_MOST = 130 * 366 };  // no window is open to anybody beyond

// Of birth, sex and facts; what was given so far makes nobody a target.
static bool targets_hold(const Walk *walk)
{
    Range range = walk->group->targets;
    const TargetRow *rows = &walk->person->schedule->target_rows.at[range.first];
    for (int i = 0; i < range.count; i++)
        if (!rows[i].by_doses && !condition_holds(walk, rows[i].head.when)) return false;
    return true;
}

static bool ordinary_window_holds(const Walk *walk)
{
    Range range = window_of(walk)->rows;
    const WindowRow *rows = &walk->person->schedule->window_rows.at[range.first];
    for (int i = 0; i < range.count; i++) {
        if (rows[i].extraordinary || !row_applies(walk, &rows[i].head)) continue;
        Day last = term_day(walk, rows[i].last);
        if (walk->on >= term_day(walk, rows[i].first) && (last == DAY_NONE || walk->on <= last))
            return true;
    }
    return false;
}

// The days of a span on which the person lived, the group existed and a span may meet the window.
static DaySpan days_searched(const Walk *walk, DaySpan within)
{
    assert(within.first <= within.last || within.last == DAY_NONE);
    const Window *window = window_of(walk);
    Day met_from = term_day(walk, window->met_from), met_to = term_day(walk, window->met_to);
    Day birth = walk->person->subject->birth;
    const Day firsts[] = {birth, walk->group->from, met_from};
    const Day lasts[] = {birth + LIFE_DAYS_MOST, walk->group->to, met_to};
    for (ptrdiff_t i = 0; i < countof(firsts); i++) {
        if (firsts[i] > within.first) within.first = firsts[i];
        if (lasts[i] != DAY_NONE && lasts[i] < within.last) within.last = lasts[i];
    }
    return within;
}

// Day by day, as the law of each day says: some windows are those of the year in which the day lies.
static Day target_day_found(const Walk *walk, DaySpan within, bool latest)
{
    DaySpan days = days_searched(walk, within);
    Walk looking = *walk;
    looking.use = USE_JUDGE;
    looking.product = PRODUCT_NONE;
    looking.on = latest ? days.last : days.first;
    for (Day left = days.last - days.first; left >= 0; left--, looking.on += latest ? -1 : 1)
        if (ordinary_window_holds(&looking) && targets_hold(&looking)) return looking.on;
    return DAY_NONE;
}

static bool speaks_here(const Walk *walk, const SubjectSpan *span, int32_t fact)
{
    return span->fact == fact && span->group == walk->group_index;
}

// A span that still holds has no end: which day asks bears on nothing.
bool span_met(const Walk *walk, int32_t fact)
{
    const Subject *subject = walk->person->subject;
    for (int i = 0; walk->series && i < subject->span_count; i++) {
        const SubjectSpan *span = &subject->spans[i];
        DaySpan held = {span->began, span->ended == DAY_NONE ? DAY_MAX : span->ended};
        if (!speaks_here(walk, span, fact)) continue;
        if (target_day_found(walk, held, false) != DAY_NONE) return true;
    }
    return false;
}

// ---- Openings -----------------------------------------------------------------------------------

void openings_find(Walk *walk)
{
    assert(walk->person->subject->span_count > 0);
    const Subject *subject = walk->person->subject;
    const Window *window = window_of(walk);
    walk->openings = NULL;
    walk->opening_count = 0;
    if (!window->openings.count) return;
    Opening *openings = ROOM(walk->person->arena, Opening, subject->span_count);
    for (int i = 0; i < subject->span_count; i++) {
        const SubjectSpan *span = &subject->spans[i];
        if (span->ended == DAY_NONE || !speaks_here(walk, span, window->opened_by)) continue;
        Day met = target_day_found(walk, (DaySpan){span->began, span->ended}, true);
        if (met != DAY_NONE) openings[walk->opening_count++] = (Opening){span, met};
    }
    walk->openings = openings;
}

// Asked with the day of the walk; what it opens for a dose of this product, or of any.
static bool row_opens(const Walk *walk, const OpeningRow *row, const SubjectSpan *span,
                      int32_t product, DaySpan *opens)
{
    const ProductSet *products = &walk->person->schedule->sets.at[row->products];
    if (row->products && product != PRODUCT_NONE && !set_has(products, product)) return false;
    Walk looking = *walk;
    looking.span = span;
    if (!row_applies(&looking, &row->head)) return false;
    opens->first = term_day(&looking, row->first);
    opens->last = term_day(&looking, row->last);
    return opens->first <= opens->last;
}

// The spans of days that all openings give, one after the other; false past the last.
typedef struct Opens {
    int opening, row;
    DaySpan days;
    int32_t note;
} Opens;

static bool opens_next(const Walk *walk, int32_t product, Opens *opens)
{
    assert(walk->opening_count <= walk->person->subject->span_count);
    if (!walk->opening_count) return false;
    Range range = window_of(walk)->openings;
    for (; opens->opening < walk->opening_count; opens->opening++, opens->row = 0)
        while (opens->row < range.count) {
            const OpeningRow *row =
                &walk->person->schedule->opening_rows.at[range.first + opens->row++];
            if (!row_opens(walk, row, walk->openings[opens->opening].span, product, &opens->days))
                continue;
            opens->note = row->head.note;
            return true;
        }
    return false;
}

bool opening_holds(const Walk *walk, Day day, int32_t product)
{
    for (Opens opens = {0}; opens_next(walk, product, &opens);) {
        bool holds = opens.days.first <= day && day <= opens.days.last;
        EXPLAIN(walk, EXPLAIN_ROW, opens.note, TEXT_NONE, opens.days.first, opens.days.last, holds);
        person_turns(walk->person, opens.days.first);
        person_turns(walk->person, opens.days.last + 1);
        if (holds) return true;
    }
    return false;
}

Day opening_began(const Walk *walk)
{
    Day began = DAY_NONE;
    for (Opens opens = {0}; opens_next(walk, walk->product, &opens);)
        if (opens.days.first <= walk->on && opens.days.first > began) began = opens.days.first;
    return began;
}

bool opening_ends_from(const Walk *walk, Day day)
{
    for (Opens opens = {0}; opens_next(walk, PRODUCT_NONE, &opens);) {
        person_turns(walk->person, opens.days.last + 1);
        if (day <= opens.days.last) return true;
    }
    return false;
}

bool opening_met_before(const Walk *walk, Day day)
{
    for (int i = 0; i < walk->opening_count; i++)
        if (walk->openings[i].met < day) return true;
    return false;
}

// ---- The forecast -------------------------------------------------------------------------------

int openings_most(const Walk *walk)
{
    return 1 + walk->opening_count * window_of(walk)->openings.count;
}

static void span_add(WindowDays *spans, int *count, WindowDays days)
{
    assert(*count >= 0);
    int at = (*count)++;
    for (; at && spans[at - 1].first > days.first; at--) spans[at] = spans[at - 1];
    spans[at] = days;
}

int openings_joined(const Walk *walk, WindowDays own, WindowDays *spans)
{
    int count = 0, joined = 0;
    if (own.last == DAY_NONE) own.last = DAY_MAX;
    if (!own.missing && own.first <= own.last) span_add(spans, &count, own);
    for (Opens opens = {0}; opens_next(walk, PRODUCT_NONE, &opens);)
        span_add(spans, &count,
                 (WindowDays){.opened = true, .first = opens.days.first, .last = opens.days.last});
    for (int i = 0; i < count; i++) {
        WindowDays *last = joined ? &spans[joined - 1] : NULL;
        if (!last || spans[i].first > last->last + 1)
            spans[joined++] = spans[i];
        else if (spans[i].last > last->last)
            last->last = spans[i].last;
    }
    return joined;
}

// ---- For others ---------------------------------------------------------------------------------

// The walk of the series that the doses follow, or without a dose of the first that is open.
static bool walk_settled(Walk *walk, const Person *person, int group)
{
    walk_judge(walk, person, group);
    Range range = walk->group->series;
    walk->on = person->as_of;
    for (int i = range.first; !walk->series && i < range.first + range.count; i++)
        if (series_open(walk, i, walk->on)) walk_take_series(walk, i);
    return walk->series != NULL;
}

Day last_target_day(const Schedule *schedule, int group, const Subject *subject, History history,
                    DaySpan within, Arena scratch)
{
    assert(group >= 0 && group < schedule->groups.count);
    Person person;
    Walk walk;
    person_begin(&person, schedule, subject, history, within.last, &scratch);
    return walk_settled(&walk, &person, group) ? target_day_found(&walk, within, true) : DAY_NONE;
}

bool span_opens(const Schedule *schedule, const Subject *subject, History history,
                const SubjectSpan *span, int product, Day as_of, DaySpan *opens, Arena scratch)
{
    assert(span->group >= 0 && span->group < schedule->groups.count);
    assert(span->fact >= 0 && span->fact < schedule->facts.count);
    Subject alone = *subject;
    Person person;
    Walk walk;
    alone.spans = span;
    alone.span_count = 1;
    person_begin(&person, schedule, &alone, history, as_of, &scratch);
    if (!walk_settled(&walk, &person, span->group)) return false;
    walk.use = USE_FORECAST;
    walk.on = as_of;
    DaySpan sum = {DAY_MAX, DAY_MIN};
    for (Opens each = {0}; opens_next(&walk, product, &each);) {
        if (each.days.first < sum.first) sum.first = each.days.first;
        if (each.days.last > sum.last) sum.last = each.days.last;
    }
    if (sum.first > sum.last) return false;
    *opens = sum;
    return true;
}

static bool measure_among(const Walk *walk, Range range, DaySpan within, Measure *measure)
{
    const Schedule *schedule = walk->person->schedule;
    const WindowRow *rows = &schedule->window_rows.at[range.first];
    for (int i = 0; i < range.count; i++) {
        if (!rows[i].extraordinary || !row_applies(walk, &rows[i].head)) continue;
        Day last = term_day(walk, rows[i].last);
        DaySpan days = {term_day(walk, rows[i].first), last == DAY_NONE ? DAY_MAX : last};
        if (days.first > within.last || days.last < within.first) continue;
        *measure = (Measure){row_text(schedule, rows[i].head.note), days};
        return true;
    }
    return false;
}

bool measure_holds(const Schedule *schedule, int group, const Subject *subject, History history,
                   DaySpan within, Day as_of, Measure *measure, Arena scratch)
{
    assert(group >= 0 && group < schedule->groups.count);
    Person person;
    Walk walk;
    person_begin(&person, schedule, subject, history, as_of, &scratch);
    if (!walk_settled(&walk, &person, group)) return false;
    walk.use = USE_FORECAST;
    walk.on = as_of;
    const Window *window = window_of(&walk);
    return measure_among(&walk, window->rows, within, measure) ||
           measure_among(&walk, window->measures, within, measure);
}

int group_span_fact(const Schedule *schedule, int group)
{
    assert(group >= 0 && group < schedule->groups.count);
    Range range = schedule->groups.at[group].series;
    for (int i = range.first; i < range.first + range.count; i++) {
        const Window *window = &schedule->windows.at[schedule->series.at[i].window];
        if (window->opened_by != FACT_NONE) return window->opened_by;
    }
    return FACT_NONE;
}
