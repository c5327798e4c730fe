// From a person's doses to a verdict on each: which belong to the group, which series they follow,
// and which place each one takes.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "schedule_walk.h"

static bool is_accepted(Status status)
{
    return status == STATUS_VALID || status == STATUS_COUNTED;
}

// ---- The target doses ---------------------------------------------------------------------------

const DoseRule *dose_case(const Walk *walk, const DoseRule *dose)
{
    assert(dose->cases.first >= 0 &&
           dose->cases.first + dose->cases.count <= walk->person->schedule->case_rows.count);
    const Schedule *s = walk->person->schedule;
    const CaseRow *rows = &s->case_rows.at[dose->cases.first];
    for (int i = 0; i < dose->cases.count; i++)
        if (row_applies(walk, &rows[i].head)) return &s->doses.at[rows[i].dose];
    return dose;
}

const DoseRule *walk_further(const Walk *walk)
{
    return walk->series->further < 0 ? NULL : dose_with_case(walk, walk->series->further);
}

static bool dose_skips(const Walk *walk, const DoseRule *dose)
{
    const PlainRow *rows = &walk->person->schedule->plain_rows.at[dose->skips.first];
    for (int i = 0; i < dose->skips.count; i++) {
        if (!products_wanted(walk->person, rows[i].wants) || !row_applies(walk, &rows[i].head))
            continue;
        EXPLAIN(walk, EXPLAIN_SKIP, rows[i].head.note, position_of(walk, dose), walk->on, walk->on,
                true);
        return true;
    }
    return false;
}

static bool dose_lapses(Walk *walk, const DoseRule *dose)
{
    if (!dose->lapses) return false;
    Day last = term_day(walk, dose->last);
    if (last != DAY_NONE) walk_turns(walk, last + 1);
    if (last == DAY_NONE || walk->on <= last) return false;
    EXPLAIN(walk, EXPLAIN_LAPSE, dose->note, position_of(walk, dose), last + 1, DAY_NONE, true);
    walk->lapsed = true;
    if (last + 1 > walk->lapse_floor) walk->lapse_floor = last + 1;
    return true;
}

void walk_go_on(Walk *walk)
{
    for (const DoseRule *dose; (dose = walk_dose(walk)) != NULL; walk->target++)
        if (!dose_skips(walk, dose) && !dose_lapses(walk, dose)) return;
}

bool walk_complete(const Walk *walk)
{
    assert(walk->series && walk->target <= walk->series->doses.count);
    const SeriesRule *series = walk->series;
    if (series->complete_when == COMPLETE_CONDITION)
        return condition_holds(walk, series->complete_condition);
    if (walk->target < series->doses.count) return false;
    int doses = 0, accepted = 0;
    bool last = false;
    for (int i = 0; i < walk->placed_count; i++) {
        if (walk->placed[i].excess) continue;
        doses++;
        last = walk->placed[i].accepted;
        accepted += last;
    }
    if (series->complete_when == COMPLETE_ALL) return doses && accepted == doses;
    return series->complete_when == COMPLETE_ANY ? accepted > 0 : last;
}

bool walk_has_code(const Walk *walk, const uint32_t codes[2])
{
    for (int i = 0; i < walk->verdict_count; i++)
        for (int r = 0; r < walk->verdicts[i].reason_count; r++) {
            int code = walk->verdicts[i].reasons[r].code;
            if (codes[code >> 5] >> (code & 31) & 1) return true;
        }
    return false;
}

// ---- Which doses belong here --------------------------------------------------------------------

static DoseVerdict *verdict_new(Walk *walk, int32_t entry)
{
    assert(entry >= 0 && entry < walk->person->entry_count);
    DoseVerdict *verdict = &walk->verdicts[walk->verdict_count++];
    verdict->entry = entry;
    verdict->position = TEXT_NONE;
    verdict->status = STATUS_NONE;
    verdict->window_first = DAY_NONE;
    verdict->reason_count = 0;
    return verdict;
}

// Doses of another season or pregnancy are set aside: seen, not judged.
static bool set_aside(Walk *walk, int32_t entry)
{
    const GroupRule *group = walk->group;
    if (!group->occasion) return false;
    walk->on = walk->person->entries[entry].given_on;
    Day first = term_day(walk, group->occasion_first), last = term_day(walk, group->occasion_last);
    if (walk->on >= first && (last == DAY_NONE || walk->on <= last)) return false;
    verdict_new(walk, entry)->status = (Status)group->occasion_status;
    return true;
}

static int listed_after(const Walk *walk)
{
    const GroupRule *group = walk->group;
    if (!group->listed_after) return 0;
    const Subject *subject = walk->person->subject;
    for (int i = 0; i < subject->fact_count; i++)
        if (subject->facts[i].fact == group->listed_after_fact) return (int)subject->facts[i].value;
    return group->listed_after_default;
}

// A product that two groups share by age belongs to one of them on any day.
bool entry_belongs(const Walk *walk, const HistoryEntry *e)
{
    Range range = walk->group->listed_ages;
    const ProductRow *rows = &walk->person->schedule->product_rows.at[range.first];
    for (int i = 0; i < range.count; i++) {
        if (rows[i].product != e->product) continue;
        Day first = term_day(walk, rows[i].first), last = term_day(walk, rows[i].last);
        return e->given_on >= first && (last == DAY_NONE || e->given_on <= last);
    }
    return true;
}

// A look by bit before the closer one: most entries belong to other groups.
static bool may_belong(const Person *person, int group, const HistoryEntry *e)
{
    return (person->schedule->product_groups[e->product] | e->accepted_for) >> group & 1 &&
           e->override != OVERRIDE_DOES_NOT_COUNT;
}

static bool accepted_here(const Walk *walk, const HistoryEntry *e)
{
    return e->accepted_for >> walk->group_index & 1;
}

int entries_of_group(const Person *person, int group)
{
    assert(group >= 0 && group < person->schedule->groups.count);
    int count = 0;
    for (int i = 0; i < person->entry_count; i++)
        count += may_belong(person, group, &person->entries[i]);
    return count;
}

static int32_t *walk_room(Walk *walk)
{
    const Person *p = walk->person;
    int most = entries_of_group(p, walk->group_index);
    if (walk->group->scored) return ROOM(p->arena, int32_t, most);  // each series has its own room
    walk->verdicts = ROOM(p->arena, DoseVerdict, most);
    walk->placed = ROOM(p->arena, PlacedDose, most);
    return ROOM(p->arena, int32_t, most);
}

static void walk_list(Walk *walk)
{
    const Person *p = walk->person;
    const GroupRule *group = walk->group;
    int32_t *listed = walk_room(walk);
    Day from = term_day(walk, group->listed_from);
    int skip = listed_after(walk);
    if (skip > p->prior_most) skip = p->prior_most;
    int most = group->listed_at_most ? group->listed_at_most : INT32_MAX;
    walk->listed = listed;
    for (int i = 0; i < p->entry_count && most; i++) {
        const HistoryEntry *e = &p->entries[i];
        if (!may_belong(p, walk->group_index, e)) continue;
        bool accepted = accepted_here(walk, e);
        if (!accepted && (e->given_on < from || !entry_belongs(walk, e))) continue;
        if (skip > 0 && !accepted) {
            skip--;
            walk->prior = e->given_on;
            continue;
        }
        most--;
        if (!set_aside(walk, i)) listed[walk->listed_count++] = i;
    }
}

// The first target row that fails and that nobody judges.
static const TargetRow *target_missed(Walk *walk)
{
    Range range = walk->group->targets;
    const TargetRow *rows = &walk->person->schedule->target_rows.at[range.first];
    walk->on = walk->person->as_of;
    for (int i = 0; i < range.count; i++)
        if (!rows[i].judged && !condition_holds(walk, rows[i].head.when)) return &rows[i];
    return NULL;
}

static void judge_outside(Walk *walk, const TargetRow *missed)
{
    walk->outside = true;
    walk->outside_row = missed->head.note;
    for (int i = 0; i < walk->listed_count; i++) {
        DoseVerdict *verdict = verdict_new(walk, walk->listed[i]);
        verdict->status = missed->code < 0 ? STATUS_NOT_TARGET : STATUS_INVALID;
        if (missed->code >= 0) verdict_object(walk, verdict, missed->code, missed->head.note);
    }
}

// ---- Which series they follow -------------------------------------------------------------------

bool series_open(const Walk *walk, int series, Day first_day)
{
    const SeriesRule *s = &walk->person->schedule->series.at[series];
    Day start_by = term_day(walk, s->start_by);
    if (start_by != DAY_NONE) walk_turns(walk, start_by + 1);
    if (start_by != DAY_NONE && first_day > start_by) return false;
    return condition_holds(walk, s->entry);
}

void walk_take_series(Walk *walk, int series)
{
    assert(series >= 0 && series < walk->person->schedule->series.count);
    walk->series_index = series;
    walk->series = &walk->person->schedule->series.at[series];
    if (walk->listed_count) {
        walk->targets = ROOM(walk->person->arena, Day, walk->series->doses.count);
        for (int i = 0; i < walk->series->doses.count; i++) walk->targets[i] = DAY_NONE;
    }
    if (walk->person->subject->span_count) openings_find(walk);
    EXPLAIN(walk, EXPLAIN_SERIES, walk->series->note, walk->series->id, DAY_NONE, DAY_NONE, true);
}

static void choose_series(Walk *walk)
{
    assert(walk->listed_count > 0 && walk->series == NULL);
    Range range = walk->group->series;
    walk->on = walk->person->entries[walk->listed[0]].given_on;
    for (int i = range.first; i < range.first + range.count; i++)
        if (series_open(walk, i, walk->on)) {
            walk_take_series(walk, i);
            return;
        }
}

// ---- Components ---------------------------------------------------------------------------------

static uint64_t components_asked(const Walk *walk)
{
    Range range = walk->group->serves;
    const ServeRow *rows = &walk->person->schedule->serve_rows.at[range.first];
    uint64_t asked = 0;
    for (int i = 0; i < range.count; i++) asked |= (uint64_t)1 << rows[i].component;
    return asked;
}

uint64_t product_serves(const Walk *walk, int32_t product)
{
    assert(product >= 0 && product < walk->person->schedule->products.count);
    if (!walk->group->serves.count) return 0;
    uint64_t asked = components_asked(walk);
    uint64_t held = asked & product_components(walk->person->schedule, product);
    return held ? held : asked;
}

bool serves_all(const Walk *walk, int32_t product)
{
    return product_serves(walk, product) == components_asked(walk);
}

uint64_t walk_owed(const Walk *walk)
{
    Range range = walk->group->serves;
    const ServeRow *rows = &walk->person->schedule->serve_rows.at[range.first];
    uint64_t owed = 0;
    for (int i = 0; i < range.count; i++) {
        uint64_t bit = (uint64_t)1 << rows[i].component;
        bool past = rows[i].not_owed && condition_holds(walk, rows[i].not_owed);
        if (!(walk->served & bit) && !past) owed |= bit;
    }
    return owed;
}

static bool adds_nothing(const Walk *walk)
{
    return walk->group->serves.count && !(product_serves(walk, walk->product) & ~walk->served);
}

// ---- One dose -----------------------------------------------------------------------------------

static bool entry_counted(const Walk *walk, const HistoryEntry *e, bool full)
{
    Range range = walk->group->counted;
    const CountedRow *rows = &walk->person->schedule->counted_rows.at[range.first];
    if (e->override == OVERRIDE_COUNTS || accepted_here(walk, e)) return true;
    // A series that is full but not complete still asks for a further dose: there is room.
    bool room = !full || (range.count && walk_further(walk) && !walk_complete(walk));
    for (int i = 0; i < range.count; i++) {
        const CountedRow *row = &rows[i];
        const ProductSet *products = &walk->person->schedule->sets.at[row->products];
        if (!(row->funding >> e->funding & 1) || (!room && !row->when_full)) continue;
        if (row->products && !set_has(products, e->product)) continue;
        if (row_applies(walk, &row->head)) return true;
    }
    return false;
}

// When reasons lead to several statuses the group's order decides, else the first reason.
static Status status_of(const Walk *walk, const DoseVerdict *verdict)
{
    const Schedule *s = walk->person->schedule;
    if (!verdict->reason_count) return STATUS_VALID;
    const Effect *effects = &s->effects.at[walk->group->effects];
    Range order = walk->group->status_order;
    for (int i = 0; i < order.count; i++)
        for (int r = 0; r < verdict->reason_count; r++)
            if (effects[verdict->reasons[r].code].status == s->numbers.at[order.first + i])
                return (Status)s->numbers.at[order.first + i];
    return (Status)effects[verdict->reasons[0].code].status;
}

Effect verdict_effect(const Walk *walk, const DoseVerdict *verdict)
{
    assert(verdict->reason_count >= 0 && verdict->reason_count <= VERDICT_REASONS_MAX);
    const Effect *effects = &walk->person->schedule->effects.at[walk->group->effects];
    Effect sum = {0};
    for (int r = 0; r < verdict->reason_count; r++) {
        sum.no_place |= effects[verdict->reasons[r].code].no_place;
        sum.no_previous |= effects[verdict->reasons[r].code].no_previous;
        sum.blocks |= effects[verdict->reasons[r].code].blocks;
    }
    return sum;
}

static void take_place(Walk *walk, const DoseVerdict *verdict, bool excess)
{
    assert(excess || walk->target < walk->series->doses.count);
    assert(walk->placed_count == 0 || walk->placed[walk->placed_count - 1].given_on <= walk->on);
    walk->placed[walk->placed_count++] = (PlacedDose){
        .entry = verdict->entry,
        .product = walk->person->entries[verdict->entry].product,
        .given_on = walk->on,
        .target = excess ? -1 : walk->target,
        .accepted = is_accepted(verdict->status),
        .excess = excess,
    };
}

static void remember(Walk *walk, const DoseVerdict *verdict, bool placed, bool no_previous)
{
    uint32_t statuses = (uint32_t)walk->group->previous_statuses;
    bool counts = statuses ? statuses >> verdict->status & 1 : placed;
    if (counts && !no_previous) walk->previous = walk->on;
    walk->last_entry = walk->on;
}

// A dose that the series asks for: its place follows from what the checks said.
static void settle_dose(Walk *walk, const DoseRule *dose, DoseVerdict *verdict, bool excess)
{
    assert(dose && verdict->status != STATUS_NONE);
    assert(excess || walk->target < walk->series->doses.count);
    bool accepted = is_accepted(verdict->status);
    Effect effect = verdict_effect(walk, verdict);
    bool placed = !effect.no_place && (accepted || !walk->group->asked_again);
    verdict->position = effect.no_place ? TEXT_NONE : position_of(walk, dose);
    if (placed) take_place(walk, verdict, excess);
    if (placed && accepted) walk->served |= product_serves(walk, walk->product);
    if (placed && !excess) {
        if (accepted) walk->targets[walk->target] = walk->on;
        if (!(accepted && (dose->repeats || walk_owed(walk)))) walk->target++;
    }
    remember(walk, verdict, placed, effect.no_previous);
}

static void excess_placed(Walk *walk, DoseVerdict *verdict)
{
    assert(verdict->status != STATUS_NONE);
    const GroupRule *group = walk->group;
    bool number = group->excess_position == EXCESS_NUMBER;
    if (group->excess_position == EXCESS_TEXT) verdict->position = group->excess_text;
    if (number) verdict->position = number_text(walk->placed_count + 1);
    if (number) take_place(walk, verdict, true);
    remember(walk, verdict, number, false);
}

static void judge_excess(Walk *walk, DoseVerdict *verdict)
{
    const GroupRule *group = walk->group;
    int32_t code = walk->series->codes[CODE_excess];
    const DoseRule *further = walk_further(walk);
    bool judged = further && (group->excess_added || !walk_complete(walk));
    if (judged) dose_check(walk, further, group->checks, verdict);
    if (!judged || group->excess_added) verdict_object(walk, verdict, code, group->excess_note);
    verdict->status = status_of(walk, verdict);
    if (!judged && group->excess_status) verdict->status = (Status)group->excess_status;
    if (judged)
        settle_dose(walk, further, verdict, true);
    else
        excess_placed(walk, verdict);
}

static void judge_counted(Walk *walk, const DoseRule *dose, DoseVerdict *verdict)
{
    verdict->status = STATUS_COUNTED;
    if (dose)
        settle_dose(walk, dose, verdict, false);
    else if (walk_further(walk))
        settle_dose(walk, walk_further(walk), verdict, true);
    else
        excess_placed(walk, verdict);
}

// Of another period that has no group of its own: it neither takes a place nor opens or ends one.
static void judge_beside(Walk *walk, const HistoryEntry *e, DoseVerdict *verdict)
{
    const GroupRule *group = walk->group;
    const DoseRule *dose = dose_with_case(walk, walk->series->doses.first);
    bool counts = e->override == OVERRIDE_COUNTS || accepted_here(walk, e);
    verdict->position = group->beside_position;
    if (walk->beside_taken)
        verdict_object(walk, verdict, walk->series->codes[CODE_excess], group->beside_note);
    else if (!counts)
        dose_check(walk, dose, group->beside_checks, verdict);
    verdict->status = counts && !walk->beside_taken ? STATUS_COUNTED : status_of(walk, verdict);
    walk->beside_taken = walk->beside_taken || is_accepted(verdict->status);
}

static void judge_entry(Walk *walk, int nth)
{
    assert(nth >= 0 && nth < walk->listed_count);
    assert(nth == 0 || walk->listed[nth - 1] < walk->listed[nth]);
    const HistoryEntry *e = &walk->person->entries[walk->listed[nth]];
    DoseVerdict *verdict = verdict_new(walk, walk->listed[nth]);
    walk->earlier = nth;
    walk->on = e->given_on;
    walk_pass_over(walk);
    bool full = walk_full(walk);
    walk->product = e->product;
    full = full || adds_nothing(walk);
    const DoseRule *dose = walk_dose(walk);
    verdict->window_first = window_began(walk);
    EXPLAIN(walk, EXPLAIN_DOSE, dose ? dose->note : walk->group->excess_note,
            dose ? position_of(walk, dose) : TEXT_NONE, walk->on, walk->on, true);
    if (walk->group->beside_when && condition_holds(walk, walk->group->beside_when)) {
        judge_beside(walk, e, verdict);
    } else if (entry_counted(walk, e, full)) {
        judge_counted(walk, dose, verdict);
    } else if (full) {
        judge_excess(walk, verdict);
    } else {
        dose_check(walk, dose, walk->group->checks, verdict);
        verdict->status = status_of(walk, verdict);
        settle_dose(walk, dose, verdict, false);
    }
}

// Doses set aside were noted first: back into the order of the history.
static void verdicts_order(Walk *walk)
{
    for (int i = 1; i < walk->verdict_count; i++)
        for (int k = i; k && walk->verdicts[k].entry < walk->verdicts[k - 1].entry; k--) {
            DoseVerdict later = walk->verdicts[k - 1];
            walk->verdicts[k - 1] = walk->verdicts[k];
            walk->verdicts[k] = later;
        }
}

void walk_list_doses(Walk *walk, const Person *person, int group)
{
    assert(group >= 0 && group < person->schedule->groups.count);
    *walk = (Walk){
        .person = person,
        .group = &person->schedule->groups.at[group],
        .group_index = group,
        .series_index = SERIES_NONE,
        .use = USE_JUDGE,
        .product = PRODUCT_NONE,
        .previous = DAY_NONE,
        .prior = DAY_NONE,
        .last_entry = DAY_NONE,
        .lapse_floor = DAY_NONE,
    };
    if (person->given_groups >> group & 1) walk_list(walk);
}

void walk_follow(Walk *walk, int series)
{
    assert(walk->group->scored);
    if (walk->listed_count) {
        walk->verdicts = ROOM(walk->person->arena, DoseVerdict, walk->listed_count);
        walk->placed = ROOM(walk->person->arena, PlacedDose, walk->listed_count);
    }
    walk_take_series(walk, series);
    for (int i = 0; i < walk->listed_count; i++) judge_entry(walk, i);
    walk->earlier = walk->listed_count;
}

void walk_judge(Walk *walk, const Person *person, int group)
{
    walk_list_doses(walk, person, group);
    const TargetRow *missed = walk->group->targets.count ? target_missed(walk) : NULL;
    if (missed) judge_outside(walk, missed);
    if (missed || !walk->listed_count) return;
    choose_series(walk);
    for (int i = 0; i < walk->listed_count; i++) {
        if (walk->series)
            judge_entry(walk, i);
        else
            verdict_new(walk, walk->listed[i])->status = STATUS_NOT_TARGET;
    }
    walk->earlier = walk->listed_count;
    verdicts_order(walk);
}
