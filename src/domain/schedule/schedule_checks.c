// Judging one dose: every check of the group is asked, each may object, none stops the others except
// where the rules let the first one speak alone.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "schedule_walk.h"

void verdict_object(const Walk *walk, DoseVerdict *verdict, int32_t code, int32_t note)
{
    assert(code >= 0);
    for (int i = 0; i < verdict->reason_count; i++)
        if (verdict->reasons[i].code == code) return;
    if (verdict->reason_count == VERDICT_REASONS_MAX) return;
    verdict->reasons[verdict->reason_count++] = (DoseReason){(int16_t)code, (int16_t)note};
    EXPLAIN(walk, EXPLAIN_REASON, note, walk->person->schedule->reasons.at[code].id, DAY_NONE,
            DAY_NONE, false);
}

typedef struct Objection {
    int32_t code, note;  // code -1: none
} Objection;

static const Objection fine = {-1, 0};

static Objection programme_asked(const Walk *walk)
{
    Day first = term_day(walk, walk->group->programme);
    if (first == DAY_NONE || walk->on >= first) return fine;
    return (Objection){walk->series->codes[CODE_programme], walk->group->programme_note};
}

static Objection target_asked(const Walk *walk)
{
    assert(walk->group->targets.first + walk->group->targets.count <=
           walk->person->schedule->target_rows.count);
    const TargetRow *rows = &walk->person->schedule->target_rows.at[walk->group->targets.first];
    for (int i = 0; i < walk->group->targets.count; i++) {
        if (!rows[i].judged || condition_holds(walk, rows[i].head.when)) continue;
        return (Objection){rows[i].code, rows[i].head.note};
    }
    return fine;
}

static Objection condition_asked(const Walk *walk, const DoseRule *dose, int32_t entry)
{
    const HistoryEntry *e = &walk->person->entries[entry];
    bool expired = e->lot_expires && e->given_on > e->lot_expires;
    if (!expired && !e->substandard) return fine;
    return (Objection){walk->series->codes[CODE_condition], dose->note};
}

static Objection inadvertent_asked(const Walk *walk, const DoseRule *dose)
{
    const ProductSet *set = &walk->person->schedule->sets.at[dose->inadvertent];
    if (!dose->inadvertent || !set_has(set, walk->product)) return fine;
    return (Objection){walk->series->codes[CODE_inadvertent], dose->note};
}

// A row may ask for one make: its trade name where the dose's is known, else its maker.
static bool make_meant(const ProductRow *row, const HistoryEntry *e)
{
    if (row->trade_name && e->trade_name) return row->trade_name == e->trade_name;
    if (row->maker) return row->maker == e->maker;
    return !row->trade_name;
}

// Any row of the product that is in force and holds its age will do. A product that the group lists
// without rows is not tested; a dose that lists products of its own takes no other.
static Objection product_asked(const Walk *walk, const DoseRule *dose, int32_t entry)
{
    const HistoryEntry *e = &walk->person->entries[entry];
    Range range = dose->own_products ? dose->products : walk->group->product_rows;
    const ProductRow *rows = &walk->person->schedule->product_rows.at[range.first];
    Objection miss =
        dose->own_products ? (Objection){walk->series->codes[CODE_product], dose->note} : fine;
    bool aged = false;
    for (int i = 0; i < range.count; i++) {
        const ProductRow *row = &rows[i];
        if (row->product != walk->product || !make_meant(row, e)) continue;
        bool in_force = row_applies(walk, &row->head);
        Day first = term_day(walk, row->first), last = term_day(walk, row->last);
        bool of_age = walk->on >= first && (last == DAY_NONE || walk->on <= last);
        EXPLAIN(walk, EXPLAIN_ROW, row->head.note, TEXT_NONE, first, last, in_force && of_age);
        if (in_force && of_age) return fine;
        if (in_force)
            miss = (Objection){row->age_code, row->head.note};
        else if (!aged)
            miss = (Objection){row->code, row->head.note};
        aged = aged || in_force;
    }
    return miss;
}

// Inside any row in force: fine. Before all of them, after one of them, or none in force.
static Objection window_asked(const Walk *walk, int32_t index)
{
    const Window *window = &walk->person->schedule->windows.at[index];
    const WindowRow *rows = &walk->person->schedule->window_rows.at[window->rows.first];
    bool none = true, before_all = true;
    int32_t note = window->rows.count ? rows[0].head.note : 0;
    if (!index) return fine;
    for (int i = 0; i < window->rows.count; i++) {
        if (!row_applies(walk, &rows[i].head)) continue;
        Day first = term_day(walk, rows[i].first), last = term_day(walk, rows[i].last);
        bool before = walk->on < first, after = last != DAY_NONE && walk->on > last;
        EXPLAIN(walk, EXPLAIN_ROW, rows[i].head.note, TEXT_NONE, first, last, !before && !after);
        if (!before && !after) return fine;
        none = false;
        before_all = before_all && before;
        note = rows[i].head.note;
    }
    bool opened = window->openings.count && walk->opening_count;
    if (opened && opening_holds(walk, walk->on, walk->product)) return fine;
    if ((none || before_all) && walk->placed_count && window->code_started >= 0)
        return (Objection){window->code_started, note};
    if ((none || before_all) && opened && opening_met_before(walk, walk->on))
        return (Objection){window->code_after, note};
    if (none) return (Objection){window->code_none, note};
    return (Objection){before_all ? window->code_before : window->code_after, note};
}

Day window_began(const Walk *walk)
{
    assert(walk->series->window >= 0 &&
           walk->series->window < walk->person->schedule->windows.count);
    const Window *window = &walk->person->schedule->windows.at[walk->series->window];
    const WindowRow *rows = &walk->person->schedule->window_rows.at[window->rows.first];
    Day began = DAY_NONE;
    for (int i = 0; i < window->rows.count; i++) {
        if (!row_applies(walk, &rows[i].head)) continue;
        Day first = term_day(walk, rows[i].first);
        if (first <= walk->on && first > began) began = first;
    }
    Day opened = walk->opening_count ? opening_began(walk) : DAY_NONE;
    return opened > began ? opened : began;
}

static Objection dose_asked(const Walk *walk, const DoseRule *dose)
{
    Day first = term_day(walk, dose->grace), last = term_day(walk, dose->last);
    if (dose->grace || dose->last)
        EXPLAIN(walk, EXPLAIN_ROW, dose->note, TEXT_NONE, first, last,
                walk->on >= first && (last == DAY_NONE || walk->on <= last));
    if (walk->on < first) return (Objection){walk->series->codes[CODE_dose_before], dose->note};
    if (last != DAY_NONE && walk->on > last)
        return (Objection){walk->series->codes[CODE_dose_after], dose->note};
    return fine;
}

static bool entry_accepted_or_foreign(const Walk *walk, int32_t entry)
{
    for (int i = 0; i < walk->verdict_count; i++)
        if (walk->verdicts[i].entry == entry)
            return walk->verdicts[i].status == STATUS_VALID ||
                   walk->verdicts[i].status == STATUS_COUNTED;
    return true;
}

static Objection conflict_with(const Walk *walk, int32_t entry)
{
    const Schedule *s = walk->person->schedule;
    const HistoryEntry *e = &walk->person->entries[entry];
    bool own = e->product == walk->product;  // all that is own to a group of components
    if (!own && !walk->group->serves.count)
        own = set_has(&s->sets.at[walk->group->products], e->product) && entry_belongs(walk, e);
    for (int i = 0; i < s->conflicts.count; i++) {
        const ConflictRow *row = &s->conflicts.at[i];
        if (!set_has(&s->sets.at[row->earlier], e->product)) continue;
        if (!set_has(&s->sets.at[row->later], walk->product)) continue;
        if (own && row->other_products_only) continue;
        if (!row_applies(walk, &row->head)) continue;
        bool graced = entry_accepted_or_foreign(walk, entry);
        Day free = e->given_on + (graced ? row->grace_days : row->days);
        EXPLAIN(walk, EXPLAIN_ROW, row->head.note, TEXT_NONE, free, DAY_NONE, walk->on >= free);
        if (walk->on >= free) continue;
        int32_t code = row->code >= 0 ? row->code : walk->series->codes[CODE_conflict];
        return (Objection){code, row->head.note};
    }
    return fine;
}

// Earlier doses of every product of the person, the latest first; the same day never conflicts.
static Objection conflict_asked(const Walk *walk, int32_t judged)
{
    assert(judged >= 0 && judged < walk->person->entry_count);
    const Person *p = walk->person;
    const ProductSet *hits = &p->schedule->conflict_judge[walk->product];
    for (int32_t i = judged - 1; i >= 0; i--) {
        const HistoryEntry *e = &p->entries[i];
        if (walk->on - e->given_on >= p->schedule->conflict_days_judge) break;
        if (e->given_on == walk->on || e->override == OVERRIDE_DOES_NOT_COUNT) continue;
        if (!set_has(hits, e->product)) continue;
        Objection objection = conflict_with(walk, i);
        if (objection.code >= 0) return objection;
    }
    return fine;
}

// The row that fails, or -1. A row without its reference holds.
static int32_t gap_row_failing(const Walk *walk, Range range)
{
    const GapRow *rows = &walk->person->schedule->gap_rows.at[range.first];
    for (int i = 0; i < range.count; i++) {
        if (!row_applies(walk, &rows[i].head)) continue;
        Day floor = term_day(walk, rows[i].grace);
        if (floor == DAY_NONE) continue;
        EXPLAIN(walk, EXPLAIN_ROW, rows[i].head.note, TEXT_NONE, floor, DAY_NONE,
                walk->on >= floor);
        if (walk->on < floor) return range.first + i;
    }
    return -1;
}

static bool gap_rescued(const Walk *walk, Range range)
{
    const GapRow *rows = &walk->person->schedule->gap_rows.at[range.first];
    bool any = false;
    for (int i = 0; i < range.count; i++) any = any || row_applies(walk, &rows[i].head);
    return any && gap_row_failing(walk, range) < 0;
}

static Objection gap_asked(const Walk *walk, const DoseRule *dose)
{
    int32_t row = gap_row_failing(walk, dose->gaps);
    if (row < 0 || gap_rescued(walk, dose->or_gaps)) return fine;
    return (Objection){walk->series->codes[CODE_gap],
                       walk->person->schedule->gap_rows.at[row].head.note};
}

static bool listed_before(const Walk *walk, int32_t set)
{
    const ProductSet *products = &walk->person->schedule->sets.at[set];
    for (int i = 0; i < walk->earlier; i++)
        if (set_has(products, walk->person->entries[walk->listed[i]].product)) return true;
    return false;
}

static Objection mix_row_asked(const Walk *walk)
{
    const Schedule *s = walk->person->schedule;
    const MixRow *rows = &s->mix_rows.at[walk->group->mixes.first];
    for (int i = 0; i < walk->group->mixes.count; i++) {
        if (!set_has(&s->sets.at[rows[i].products], walk->product)) continue;
        if (row_applies(walk, &rows[i].head) && listed_before(walk, rows[i].after))
            return (Objection){walk->series->codes[CODE_mix], rows[i].head.note};
    }
    return fine;
}

static Objection mix_asked(const Walk *walk)
{
    const SeriesRule *series = walk->series;
    const ProductSet *own = &walk->person->schedule->sets.at[series->products];
    bool other = series->products && !set_has(own, walk->product);
    if (walk->group->one_product && walk->earlier)
        other = other || walk->person->entries[walk->listed[0]].product != walk->product;
    if (other) return (Objection){series->codes[CODE_mix], series->note};
    return mix_row_asked(walk);
}

static Objection check_asked(const Walk *walk, const DoseRule *dose, Check check, int32_t entry)
{
    switch (check) {
    case CHECK_programme: return programme_asked(walk);
    case CHECK_target: return target_asked(walk);
    case CHECK_inadvertent: return inadvertent_asked(walk, dose);
    case CHECK_condition: return condition_asked(walk, dose, entry);
    case CHECK_product: return product_asked(walk, dose, entry);
    case CHECK_season: return window_asked(walk, walk->group->season);
    case CHECK_window: return window_asked(walk, walk->series->window);
    case CHECK_dose: return dose_asked(walk, dose);
    case CHECK_conflict: return conflict_asked(walk, entry);
    case CHECK_gap: return gap_asked(walk, dose);
    case CHECK_mix: return mix_asked(walk);
    case CHECK_COUNT: break;
    }
    return fine;
}

void dose_check(const Walk *walk, const DoseRule *dose, Range checks, DoseVerdict *verdict)
{
    assert(dose && checks.first >= 0 &&
           checks.first + checks.count <= walk->person->schedule->check_steps.count);
    assert(walk->product != PRODUCT_NONE);
    const CheckStep *steps = &walk->person->schedule->check_steps.at[checks.first];
    uint32_t spoken = 0;
    for (int i = 0; i < checks.count; i++) {
        uint32_t alone = steps[i].alone ? 1u << steps[i].alone : 0;
        if (spoken & alone) continue;
        Objection objection = check_asked(walk, dose, (Check)steps[i].check, verdict->entry);
        if (objection.code < 0) continue;
        spoken |= alone;
        verdict_object(walk, verdict, objection.code, objection.note);
        if (steps[i].stops) return;
    }
}
