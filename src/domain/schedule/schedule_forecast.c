// From the verdicts to what comes next: the status of the group, and the next dose with its days.
// SPDX-License-Identifier: Apache-2.0
#include "schedule_walk.h"

#include <assert.h>

// The row that holds the day, else the next one to open, else the last.
static WindowDays window_rows_days(const Walk *walk, int32_t index)
{
    assert(index > 0 && index < walk->person->schedule->windows.count);
    const Window *window = &walk->person->schedule->windows.at[index];
    const WindowRow *rows = &walk->person->schedule->window_rows.at[window->rows.first];
    WindowDays best = {.missing = true, .first = DAY_NONE, .last = DAY_NONE};
    bool holds = false, opens = false;
    Day latest = DAY_MIN;
    for (int i = 0; i < window->rows.count && !holds; i++) {
        if (!row_applies(walk, &rows[i].head)) continue;
        WindowDays row = {.first = term_day(walk, rows[i].first),
                          .last = term_day(walk, rows[i].last)};
        walk_turns_span(walk, row.first, row.last);
        holds = walk->on >= row.first && (row.last == DAY_NONE || walk->on <= row.last);
        bool sooner = row.first > walk->on && (!opens || row.first < best.first);
        if (holds || sooner || !opens) best = row;
        opens = opens || sooner;
    }
    if (!window->last_is_latest) return best;
    for (int i = 0; i < window->rows.count; i++) {
        if (!row_applies(walk, &rows[i].head)) continue;
        Day last = term_day(walk, rows[i].last);
        if (last == DAY_NONE) return best;
        if (last > latest) latest = last;
    }
    best.last = latest;
    return best;
}

static WindowDays window_days(const Walk *walk, int32_t index)
{
    if (!index) return (WindowDays){.first = DAY_NONE, .last = DAY_NONE};
    return window_rows_days(walk, index);
}

// ---- What is on offer ---------------------------------------------------------------------------

static const OfferRow *offer_row(const Walk *walk)
{
    Range range = walk->series->offers;
    const OfferRow *rows = &walk->person->schedule->offer_rows.at[range.first];
    for (int i = 0; i < range.count; i++)
        if (row_applies(walk, &rows[i].head)) return &rows[i];
    return NULL;
}

// What the next dose may be: the products that the dose wishes for, else those on offer, else all of
// the series.
static ProductSet offered(const Walk *walk, const DoseRule *dose, const NextDose *next)
{
    const SeriesRule *series = walk->series;
    if (dose->preferred) return walk->person->schedule->sets.at[dose->preferred];
    if (!next->offer_count)
        return walk->person->schedule->sets
            .at[series->products ? series->products : walk->group->products];
    ProductSet set = {0};
    for (int i = 0; i < next->offer_count; i++)
        set.words[next->offer[i] >> 6] |= (uint64_t)1 << (next->offer[i] & 63);
    return set;
}

// The first day on which a product is free of every other dose given.
static Day conflict_floor_of(const Walk *walk, int32_t product)
{
    const Person *p = walk->person;
    const Schedule *s = p->schedule;
    const ProductSet *hits = &s->conflict_forecast[product];
    const ProductSet *own = &s->sets.at[walk->group->products];
    Day floor = DAY_NONE;
    for (int i = p->entry_count - 1; i >= 0; i--) {
        const HistoryEntry *e = &p->entries[i];
        if (e->given_on + s->conflict_days_forecast <= floor) break;
        if (e->override == OVERRIDE_DOES_NOT_COUNT || !set_has(hits, e->product)) continue;
        for (int c = 0; c < s->conflicts.count; c++) {
            const ConflictRow *row = &s->conflicts.at[c];
            if (!set_has(&s->sets.at[row->earlier], e->product)) continue;
            if (!set_has(&s->sets.at[row->later], product)) continue;
            // Of components a dose that serves them all is the group's own, one of them another's.
            if (row->other_products_only && set_has(own, e->product) &&
                serves_all(walk, e->product))
                continue;
            if (!row_applies(walk, &row->head)) continue;
            floor = later_of(floor, e->given_on + row->days);
        }
    }
    return floor;
}

static Day conflict_floor(const Walk *walk, const DoseRule *dose, const NextDose *next)
{
    const Schedule *s = walk->person->schedule;
    if (!sets_meet(&s->conflict_earlier, &walk->person->given)) return DAY_NONE;
    ProductSet set = offered(walk, dose, next);
    Day soonest = DAY_NONE, latest = DAY_NONE;
    for (ptrdiff_t w = 0; w < countof(set.words); w++)
        for (uint64_t bits = set.words[w]; bits; bits &= bits - 1) {
            int32_t product = (int32_t)w * 64 + __builtin_ctzll(bits);
            bool hit = sets_meet(&s->conflict_forecast[product], &walk->person->given);
            Day floor = hit ? conflict_floor_of(walk, product) : DAY_NONE;
            latest = later_of(latest, floor);
            if (floor == DAY_NONE && !walk->group->conflict_floor_any) return DAY_NONE;
            soonest = sooner_of(soonest, floor);
        }
    return walk->group->conflict_floor_any ? latest : soonest;
}

// ---- The days of the next dose ------------------------------------------------------------------

static Day early_floor(const Walk *walk, Day opens)
{
    Day floor = DAY_NONE;
    if (!walk->group->early_dose_gap) return DAY_NONE;
    for (int i = 0; i < walk->listed_count; i++) {
        Day given_on = walk->person->entries[walk->listed[i]].given_on;
        if (given_on < opens) floor = later_of(floor, given_on + walk->group->early_dose_gap);
    }
    return floor;
}

static Day entries_floor(const Walk *walk)
{
    int32_t which = walk->group->not_before_entries;
    Day floor = DAY_NONE;
    for (int i = 0; which && i < walk->verdict_count; i++) {
        const DoseVerdict *v = &walk->verdicts[i];
        bool judged = v->status == STATUS_VALID || v->status == STATUS_INVALID;
        if ((which & BEFORE_JUDGED && judged) ||
            (which & BEFORE_BLOCKING && verdict_effect(walk, v).blocks))
            floor = later_of(floor, walk->person->entries[v->entry].given_on);
    }
    return floor;
}

// What the gap rows in force say together: the latest of each day.
typedef struct Gaps {
    Day floor, standard_from, standard_to;
    bool priority;  // there are some, and all go before the dates of other groups
} Gaps;

static Gaps gaps_of(const Walk *walk, const DoseRule *dose)
{
    const GapRow *rows = &walk->person->schedule->gap_rows.at[dose->gaps.first];
    Gaps gaps = {DAY_NONE, DAY_NONE, DAY_NONE, false};
    int applying = 0, priority = 0;
    for (int i = 0; i < dose->gaps.count; i++) {
        if (!row_applies(walk, &rows[i].head)) continue;
        Day day = term_day(walk, rows[i].term);
        EXPLAIN(walk, EXPLAIN_FLOOR, rows[i].head.note, TEXT_NONE, day, DAY_NONE, true);
        gaps.floor = later_of(gaps.floor, day);
        gaps.standard_from = later_of(gaps.standard_from, term_day(walk, rows[i].standard_from));
        gaps.standard_to = later_of(gaps.standard_to, term_day(walk, rows[i].standard_to));
        applying++;
        priority += rows[i].priority;
    }
    gaps.priority = applying && applying == priority;
    return gaps;
}

static Day next_earliest(const Walk *walk, const DoseRule *dose, const Gaps *gaps,
                         const NextDose *next)
{
    const Schedule *s = walk->person->schedule;
    bool binds = !s->windows.at[walk->series->window].binds_first_dose || !walk->placed_count ||
                 walk->window.opened;
    Day earliest = binds ? walk->window.first : DAY_NONE;
    earliest = later_of(earliest, walk->season.first);
    earliest = later_of(earliest, term_day(walk, dose->first));
    earliest = later_of(earliest, gaps->floor);
    earliest = later_of(earliest, term_day(walk, dose->not_before));
    earliest = later_of(earliest, term_day(walk, dose->season_first));
    earliest = later_of(earliest, walk->lapse_floor);
    earliest = later_of(earliest, conflict_floor(walk, dose, next));
    earliest = later_of(earliest, early_floor(walk, walk->window.first));
    earliest = later_of(earliest, entries_floor(walk));
    bool undated = earliest == DAY_NONE && !walk->group->stays_undated;
    return undated ? walk->person->subject->birth : earliest;
}

// The days on which a product may be used at the latest; DAY_NONE when nothing ends it.
static Day product_end(const Walk *walk, int32_t product)
{
    Range range = walk->group->product_rows;
    const ProductRow *rows = &walk->person->schedule->product_rows.at[range.first];
    for (int i = 0; i < range.count; i++)
        if (rows[i].product == product && row_applies(walk, &rows[i].head))
            return term_day(walk, rows[i].last);
    return DAY_NONE;
}

static Day products_end(const Walk *walk, const DoseRule *dose, const NextDose *next)
{
    if (!walk->group->product_last_binds) return DAY_NONE;
    ProductSet set = offered(walk, dose, next);
    Day latest = DAY_NONE;
    for (ptrdiff_t w = 0; w < countof(set.words); w++)
        for (uint64_t bits = set.words[w]; bits; bits &= bits - 1) {
            Day end = product_end(walk, (int32_t)w * 64 + __builtin_ctzll(bits));
            if (end == DAY_NONE) return DAY_NONE;
            latest = later_of(latest, end);
        }
    return latest;
}

static Day next_last(const Walk *walk, const DoseRule *dose, const NextDose *next)
{
    Day last = sooner_of(walk->window.last, walk->season.last);
    last = sooner_of(last, term_day(walk, dose->last));
    return sooner_of(last, products_end(walk, dose, next));
}

// The days as the rules write them: the dose's own, else the latest of its gap rows.
static void next_standard(const Walk *walk, const DoseRule *dose, const Gaps *gaps, NextDose *next)
{
    next->standard_from = term_day(walk, dose->standard_from);
    next->standard_to = term_day(walk, dose->standard_to);
    if (!(dose->standard_written & STANDARD_FROM))
        next->standard_from = later_of(next->standard_from, gaps->standard_from);
    if (!(dose->standard_written & STANDARD_TO))
        next->standard_to = later_of(next->standard_to, gaps->standard_to);
}

// Products ruled out by what is known of the person.
static ProductSet barred(const Walk *walk, int32_t *row)
{
    const Schedule *s = walk->person->schedule;
    const BarredRow *rows = &s->barred_rows.at[walk->group->barred.first];
    ProductSet out = {0};
    for (int i = 0; i < walk->group->barred.count; i++) {
        if (!row_applies(walk, &rows[i].head)) continue;
        *row = rows[i].head.note;
        for (ptrdiff_t w = 0; w < countof(out.words); w++)
            out.words[w] |= s->sets.at[rows[i].products].words[w];
    }
    return out;
}

// Nothing that the dose wishes for may be given to this person.
static bool all_barred(const Walk *walk, const DoseRule *dose, int32_t *row)
{
    const ProductSet *wished = &walk->person->schedule->sets.at[dose->preferred];
    int32_t decisive = 0;
    if (!dose->preferred || !walk->group->barred.count) return false;
    if (!facts_wanted(walk->person, walk->group->barred_wants)) return false;
    ProductSet out = barred(walk, &decisive);
    for (ptrdiff_t w = 0; w < countof(out.words); w++)
        if (wished->words[w] & ~out.words[w]) return false;
    *row = decisive;
    return true;
}

// Among the products wished for those to name: of age on the earliest or the standard day, not barred.
void group_offer(const Walk *walk, NextDose *next)
{
    const DoseRule *dose = walk_dose(walk);
    if (!dose || !dose->preferred) return;
    const ProductRow *rows = &walk->person->schedule->product_rows.at[dose->products.first];
    int32_t row = 0, *offer = ROOM(walk->person->arena, int32_t, dose->offered_rows);
    bool wanted =
        walk->group->barred.count && facts_wanted(walk->person, walk->group->barred_wants);
    ProductSet out = wanted ? barred(walk, &row) : (ProductSet){0};
    Day wish = later_of(next->earliest, next->standard_from);
    for (int i = 0; i < dose->offered_rows; i++) {
        if (!rows[i].offered || set_has(&out, rows[i].product)) continue;
        if (!row_applies(walk, &rows[i].head)) continue;
        Day first = term_day(walk, rows[i].first), last = term_day(walk, rows[i].last);
        bool soon = next->earliest >= first && (last == DAY_NONE || next->earliest <= last);
        if (soon || (wish >= first && (last == DAY_NONE || wish <= last)))
            offer[next->offer_count++] = rows[i].product;
    }
    next->offer = offer;
}

static void next_shown(const Walk *walk, const DoseRule *dose, NextDose *next)
{
    const ShowRow *rows = &walk->person->schedule->show_rows.at[dose->shows.first];
    if (!dose->shows.count) return;
    Shown *shown = ROOM(walk->person->arena, Shown, dose->shows.count);
    for (int i = 0; i < dose->shows.count; i++) {
        shown[i] = (Shown){rows[i].name, rows[i].text, DAY_NONE};
        if (rows[i].term) shown[i].day = term_day(walk, rows[i].term);
    }
    next->shown = shown;
    next->shown_count = dose->shows.count;
}

// One more than the target doses satisfied; of a seasonal one only what its season has seen counts.
static int next_number(const Walk *walk)
{
    const Schedule *s = walk->person->schedule;
    int number = 1;
    for (int i = 0; i < walk->placed_count; i++) {
        const PlacedDose *placed = &walk->placed[i];
        if (!placed->accepted || placed->target < 0) continue;
        const DoseRule *dose = &s->doses.at[walk->series->doses.first + placed->target];
        number += placed->given_on >= term_day(walk, dose->season_first);
    }
    return number;
}

static void next_find(const Walk *walk, const DoseRule *dose, NextDose *next)
{
    assert(dose && walk->use == USE_FORECAST);
    const OfferRow *offer = offer_row(walk);
    const Gaps gaps = gaps_of(walk, dose);
    *next = (NextDose){
        .position = position_of(walk, dose),
        .number = next_number(walk),
        .row = dose->note,
        .priority = gaps.priority,
    };
    if (offer) {
        next->offer = &walk->person->schedule->numbers.at[offer->products.first];
        next->offer_count = offer->products.count;
    }
    next->earliest = next_earliest(walk, dose, &gaps, next);
    next->last = next_last(walk, dose, next);
    next_standard(walk, dose, &gaps, next);
    next_shown(walk, dose, next);
    EXPLAIN(walk, EXPLAIN_FLOOR, dose->note, next->position, next->earliest, DAY_NONE, true);
    EXPLAIN(walk, EXPLAIN_CEILING, dose->note, next->position, DAY_NONE, next->last, true);
}

static const DoseRule *dose_asked_next(const Walk *walk)
{
    const DoseRule *dose = walk_dose(walk);
    return dose ? dose : walk_further(walk);
}

// A dose that would be passed over on its own earliest day gives way to the one after it. Without
// such a day nothing can be asked of it.
static const DoseRule *next_derived(Walk *walk, NextDose *next)
{
    for (;;) {
        const DoseRule *dose = dose_asked_next(walk);
        if (!dose) return NULL;
        next_find(walk, dose, next);
        if (next->earliest == DAY_NONE) return dose;
        int target = walk->target;
        Day on = walk->on;
        walk->on = next->earliest;
        walk_pass_over(walk);
        walk->on = on;
        if (walk->target == target) return dose;
    }
}

// ---- The status ---------------------------------------------------------------------------------

Status group_ended(const Walk *walk, int32_t *row)
{
    Range range = walk->group->ends;
    const EndRow *rows = &walk->person->schedule->end_rows.at[range.first];
    bool wanted = facts_wanted(walk->person, walk->group->ends_want);
    if (!wanted && !walk->group->ends_always) return STATUS_NONE;
    for (int i = 0; i < range.count; i++)
        if ((wanted || !rows[i].wants) && row_applies(walk, &rows[i].head)) {
            *row = rows[i].head.note;
            return (Status)rows[i].status;
        }
    return STATUS_NONE;
}

static Status ends_status(const Walk *walk, int32_t *row)
{
    if (!walk->ends_known) return group_ended(walk, row);
    if (walk->ended) *row = walk->ended_row;
    return walk->ended;
}

static bool target_fails(const Walk *walk, int32_t *row)
{
    Range range = walk->group->targets;
    const TargetRow *rows = &walk->person->schedule->target_rows.at[range.first];
    for (int i = 0; i < range.count; i++)
        if (!condition_holds(walk, rows[i].head.when)) {
            *row = rows[i].head.note;
            return true;
        }
    return false;
}

static Status full_status(const Walk *walk)
{
    if (!walk_full(walk)) return STATUS_NONE;
    return walk_complete(walk) ? STATUS_COMPLETE : (Status)walk->group->full_not_finished;
}

static Status word_status(const Walk *walk, DecideWord word, int32_t *row)
{
    switch (word) {
    case DECIDE_ends: return ends_status(walk, row);
    case DECIDE_review:
        return walk_has_code(walk, walk->group->review) ? STATUS_REVIEW : STATUS_NONE;
    case DECIDE_complete: return walk_complete(walk) ? STATUS_COMPLETE : STATUS_NONE;
    case DECIDE_closing:  // a dose that came too late closes nothing that is still to be opened
        return !walk->opening_ahead && walk_has_code(walk, walk->group->closing) ? STATUS_CLOSED
                                                                                 : STATUS_NONE;
    case DECIDE_not_target: return target_fails(walk, row) ? STATUS_NOT_TARGET : STATUS_NONE;
    case DECIDE_full: return full_status(walk);
    case DECIDE_COUNT: break;
    }
    return STATUS_NONE;
}

// Some day of it is open, before or after the day asked about.
static bool days_open(const Walk *walk)
{
    Day first = later_of(walk->window.first, walk->season.first);
    Day last = sooner_of(walk->window.last, walk->season.last);
    return !walk->window.missing && !walk->season.missing && (last == DAY_NONE || first <= last);
}

static Status decided_status(const Walk *walk, int32_t *row)
{
    const int32_t *words = &walk->person->schedule->numbers.at[walk->group->decide.first];
    for (int i = 0; i < walk->group->decide.count; i++) {
        Status status = word_status(walk, (DecideWord)words[i], row);
        if (status) return status;
    }
    if (days_open(walk)) return STATUS_NONE;
    return walk->placed_count ? STATUS_CLOSED : STATUS_NOT_TARGET;
}

static Status ending(const Person *person, const NextDose *next)
{
    Day as_of = person->as_of;
    person_turns(person, next->earliest);
    if (next->standard_to != DAY_NONE) person_turns(person, next->standard_to + 1);
    if (next->last != DAY_NONE) person_turns(person, next->last + 1);
    if (next->last != DAY_NONE && (next->earliest > next->last || as_of > next->last))
        return STATUS_CLOSED;
    if (as_of < next->earliest) return STATUS_NOT_YET;
    return next->standard_to != DAY_NONE && as_of > next->standard_to ? STATUS_LATE : STATUS_DUE;
}

// Either a status that needs no next dose, or the next dose of this series.
static inline Status window_answer(Walk *walk, NextDose *next, int32_t *row)
{
    Status status = decided_status(walk, row);
    if (status) return status;
    const DoseRule *dose = next_derived(walk, next);
    if (!dose)
        return walk_complete(walk) ? STATUS_COMPLETE : (Status)walk->group->full_not_finished;
    if (all_barred(walk, dose, row)) return STATUS_CONTRAINDICATED;
    Day season_last = term_day(walk, dose->season_last);
    if (season_last != DAY_NONE) person_turns(walk->person, season_last + 1);
    if (season_last != DAY_NONE && walk->person->as_of > season_last) return STATUS_NOT_TARGET;
    return STATUS_NONE;
}

// The dose is asked for in the first span of days in which it can still be given. An opening that is over
// is part of the span as well: it may have begun what the window goes on with.
__attribute__((noinline)) static Status opened_answer(Walk *walk, NextDose *next, int32_t *row)
{
    WindowDays *spans = ROOM(walk->person->arena, WindowDays, openings_most(walk));
    int count = openings_joined(walk, walk->window, spans);
    Walk before = *walk;
    Status status = STATUS_NONE;
    for (int i = 0; i < count; i++) {
        *walk = before;
        walk->window = spans[i];
        status = window_answer(walk, next, row);
        if (status || ending(walk->person, next) != STATUS_CLOSED) break;
    }
    return status;
}

static Status series_answer(Walk *walk, NextDose *next, int32_t *row)
{
    assert(walk->series && walk->on == walk->person->as_of);
    walk_pass_over(walk);
    walk->window = window_days(walk, walk->series->window);
    walk->season = window_days(walk, walk->group->season);
    walk->opening_ahead = walk->opening_count && opening_ends_from(walk, walk->person->as_of);
    bool joined = walk->opening_count && (walk->opening_ahead || days_open(walk));
    return joined ? opened_answer(walk, next, row) : window_answer(walk, next, row);
}

// ---- Several series still open ------------------------------------------------------------------

typedef struct OpenSeries {
    NextDose next;
    int count;
    ProductDay *ends;
    int end_count;
} OpenSeries;

static void add_product_ends(const Walk *walk, OpenSeries *open)
{
    if (!walk->group->product_last_binds || !walk->series->products) return;
    const ProductSet *set = &walk->person->schedule->sets.at[walk->series->products];
    int32_t count = (int32_t)walk->group->product_rows.count;
    if (!open->ends) open->ends = NEW(walk->person->arena, ProductDay, count);
    const ProductRow *rows =
        &walk->person->schedule->product_rows.at[walk->group->product_rows.first];
    for (int32_t i = 0; i < count && open->end_count < count; i++) {
        Day end = set_has(set, rows[i].product) ? product_end(walk, rows[i].product) : DAY_NONE;
        if (end == DAY_NONE) continue;
        open->ends[open->end_count++] = (ProductDay){rows[i].product, end};
    }
}

// The answer is the first one's, with the earliest first day and the latest last day of all.
static void open_add(OpenSeries *open, const Walk *walk, const NextDose *next)
{
    add_product_ends(walk, open);
    if (!open->count++) {
        open->next = *next;
        return;
    }
    if (next->earliest < open->next.earliest) open->next.earliest = next->earliest;
    if (next->last == DAY_NONE || open->next.last == DAY_NONE)
        open->next.last = DAY_NONE;
    else
        open->next.last = later_of(open->next.last, next->last);
}

static Status undecided_answer(const Walk *walk, GroupAssessment *out)
{
    assert(!walk->series && !walk->listed_count);
    Range range = walk->group->series;
    OpenSeries open = {0};
    Status status = STATUS_NONE;
    bool only_undecided = false;
    for (int i = range.first; i < range.first + range.count; i++) {
        NextDose next;
        const SeriesRule *series = &walk->person->schedule->series.at[i];
        if ((only_undecided && !series->undecided) || !series_open(walk, i, walk->on)) continue;
        Walk try = *walk;
        if (!only_undecided) out->series = i;
        walk_take_series(&try, i);
        Status answer = series_answer(&try, &next, &out->row);
        if (!answer)
            open_add(&open, &try, &next);
        else if (!status)
            status = answer;
        only_undecided = series->undecided;
        if (!only_undecided) break;
    }
    if (!open.count) return status ? status : STATUS_NOT_TARGET;
    out->next = open.next;
    if (open.count > 1) {
        out->next.last_by_product = open.ends;
        out->next.last_by_product_count = open.end_count;
    }
    return STATUS_NONE;
}

// The row by which the office does not write about the next dose by itself.
static int32_t no_letter_row(const Walk *walk)
{
    const PlainRow *rows = &walk->person->schedule->plain_rows.at[walk->group->no_letter.first];
    for (int i = 0; i < walk->group->no_letter.count; i++)
        if (row_applies(walk, &rows[i].head)) return rows[i].head.note;
    return ROW_NONE;
}

void group_reached(Walk *walk, GroupAssessment *out)
{
    walk->use = USE_FORECAST;
    walk->on = walk->person->as_of;
    walk->product = PRODUCT_NONE;
    *out = (GroupAssessment){
        .group = walk->group_index,
        .series = walk->series_index,
        .dose_count = walk->verdict_count,
        .doses = walk->verdicts,
    };
    out->row = walk->outside_row;
    if (walk->outside)
        out->status = STATUS_NOT_TARGET;
    else if (walk->series)
        out->status = series_answer(walk, &out->next, &out->row);
    else if (walk->listed_count)
        out->status = STATUS_NOT_TARGET;
    else
        out->status = undecided_answer(walk, out);
    if (!out->status) {
        out->status = ending(walk->person, &out->next);
        out->has_next = out->status != STATUS_CLOSED;
        out->no_letter = no_letter_row(walk);
    }
    EXPLAIN(walk, EXPLAIN_STATUS, out->row, walk->person->schedule->statuses.at[out->status].id,
            DAY_NONE, DAY_NONE, true);
}

void group_forecast(Walk *walk, GroupAssessment *out)
{
    group_reached(walk, out);
    if (out->has_next) return;
    out->next = (NextDose){0};
    if (!walk->series) out->series = SERIES_NONE;
}
